package io.kuber.server.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.store.Key;
import io.kuber.store.Sealing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals and opens for a store, with the keys of two files: the cluster's own, which kuber makes,
 * and the one that the owner of the server names, which then decides what is sealed. The cluster's
 * own keys open in any case.
 *
 * <p>May be called from any thread; {@link #look} from one at a time.
 */
public final class Vault implements Sealing {
  private static final Logger LOG = LoggerFactory.getLogger(Vault.class);

  private final SecureRandom random = new SecureRandom();
  private final Path own;
  private final Optional<Path> given;
  private volatile Keyring keyring = Keyring.EMPTY;
  private byte[] seen = new byte[0];

  private Vault(Path own, Optional<Path> given) {
    this.own = own;
    this.given = given;
  }

  /**
   * Reads the files.
   *
   * @param own the cluster's own
   * @param given an {@code EncryptionConfiguration} that decides in its place
   * @throws IOException when one cannot be read or is wrong; the message names file and field
   */
  public static Vault open(Path own, Optional<Path> given) throws IOException {
    Vault vault = new Vault(own, given);
    vault.look();
    return vault;
  }

  /**
   * The text of a new file for the cluster's own keys.
   *
   * @param seed a secret that the servers of the cluster share already, of which they all make the
   *     same key; without one it is a key that nobody has seen
   */
  public static String newFile(Optional<byte[]> seed) {
    try {
      byte[] secret = new byte[Algorithm.NEW_KEY_BYTES];
      new SecureRandom().nextBytes(secret);
      if (seed.isPresent()) {
        secret = Algorithm.hmac(seed.get(), "kuber encryption at rest".getBytes(UTF_8));
      }
      byte[] name = Algorithm.hmac(secret, "name".getBytes(UTF_8));
      return EncryptionConfig.text("key-%08x".formatted(ByteBuffer.wrap(name).getInt()), secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks HMAC-SHA256", e);
    }
  }

  /**
   * Reads the files again if they have changed. Throws as {@link #open} does, and keeps the keys
   * that it had.
   */
  public void look() throws IOException {
    byte[] ownText = Files.readAllBytes(own);
    byte[] givenText = given.isPresent() ? Files.readAllBytes(given.get()) : new byte[0];
    byte[] all = Arrays.copyOf(ownText, ownText.length + givenText.length);
    System.arraycopy(givenText, 0, all, ownText.length, givenText.length);
    if (Arrays.equals(all, seen)) {
      return;
    }
    Keyring found = read(own, ownText);
    keyring = given.isPresent() ? read(given.get(), givenText).opening(found) : found;
    seen = all;
    LOG.info("encryption at rest has {} keys", keyring.openers().size());
  }

  private static Keyring read(Path file, byte[] text) throws IOException {
    try {
      return EncryptionConfig.read(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public byte[] seal(Key key, byte[] value) {
    Optional<SealKey> writer = keyring.writer(key);
    if (writer.isEmpty()) {
      return value;
    }
    try {
      return writer.get().seal(key, value, random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal " + key + " with the " + writer.get(), e);
    }
  }

  @Override
  public byte[] open(Key key, byte[] sealed) {
    String why = "which is in none of this server's files";
    for (SealKey opener : keyring.openers()) {
      if (opener.fits(sealed)) {
        try {
          return opener.open(key, sealed);
        } catch (GeneralSecurityException e) {
          why =
              "but the key of that name does not open it: it is another one, or bytes are damaged";
        }
      }
    }
    LOG.error(
        "{} cannot be read: it is encrypted with the key {}, {}", key, SealKey.nameIn(sealed), why);
    return sealed;
  }
}
