/**
 * Whom the cluster trusts: its certificate authority, the certificates that it issues, the
 * kubeconfig that hands them to a user, and the tokens of service accounts.
 *
 * <p>Keys and certificates are made at the first start and kept under the data directory; they are
 * read at every other start, before anything listens. Tokens are kept nowhere: {@link
 * io.kuber.server.trust.ServiceAccountTokens} signs and checks them on the thread of whoever asks.
 * No owner thread. Start at {@link io.kuber.server.trust.ClusterTrust}.
 *
 * <p><b>Invariant:</b> private keys are readable by their owner only, from the moment the file
 * exists; nothing that a token says counts before its signature is checked.
 */
@NullMarked
package io.kuber.server.trust;

import org.jspecify.annotations.NullMarked;
