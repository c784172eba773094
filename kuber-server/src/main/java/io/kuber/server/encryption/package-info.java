/**
 * Encryption at rest: which resources are sealed on the disk, with which keys.
 *
 * <p>{@link io.kuber.server.encryption.EncryptionConfig} reads a file, {@link
 * io.kuber.server.encryption.Keyring} is what it comes to, and {@link
 * io.kuber.server.encryption.Vault} is the one that the store asks, which may be given another
 * keyring at any time. Start at {@code Vault}; the why is in {@code docs/adr/0017}.
 *
 * <p>Owner thread: none; keyrings are immutable, and the vault holds the one of the moment.
 *
 * <p><b>Invariants:</b> what is sealed is authenticated together with the key of its object; no
 * text of an error holds a key.
 */
@NullMarked
package io.kuber.server.encryption;

import org.jspecify.annotations.NullMarked;
