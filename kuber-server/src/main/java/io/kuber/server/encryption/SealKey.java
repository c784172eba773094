package io.kuber.server.encryption;

import io.kuber.store.Key;
import io.kuber.store.Sealing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * A key with its name. What it seals begins with {@link Sealing#MARK}, the number of the algorithm
 * and the name; that and the key of the object are authenticated with it, so that a sealed value
 * cannot be put in the place of another one.
 *
 * @param name up to 255 bytes; stands in clear before what it seals
 */
record SealKey(Algorithm algorithm, String name, byte[] secret) {
  private static final int MAX_NAME_BYTES = 255;
  private static final int NAME_AT = 3;

  /** Checks the name. */
  SealKey {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("a key's name has from 1 to 255 bytes");
    }
    secret = secret.clone();
  }

  byte[] seal(Key key, byte[] plain, SecureRandom random) throws GeneralSecurityException {
    byte[] header = header();
    byte[] text = algorithm.seal(secret, bound(header, key), plain, random);
    return ByteBuffer.allocate(header.length + text.length).put(header).put(text).array();
  }

  /** Whether something was sealed with a key of this name and algorithm. */
  boolean fits(byte[] sealed) {
    return ByteBuffer.wrap(sealed).mismatch(ByteBuffer.wrap(header())) >= header().length;
  }

  byte[] open(Key key, byte[] sealed) throws GeneralSecurityException {
    byte[] header = header();
    byte[] text = new byte[sealed.length - header.length];
    System.arraycopy(sealed, header.length, text, 0, text.length);
    return algorithm.open(secret, bound(header, key), text);
  }

  /** The name of the key in what was sealed, for errors. */
  static String nameIn(byte[] sealed) {
    int length = sealed.length < NAME_AT ? 0 : sealed[NAME_AT - 1] & 0xff;
    return sealed.length < NAME_AT + length
        ? "?"
        : new String(sealed, NAME_AT, length, StandardCharsets.UTF_8);
  }

  private byte[] header() {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(NAME_AT + text.length)
        .put(Sealing.MARK)
        .put((byte) algorithm.number())
        .put((byte) text.length)
        .put(text)
        .array();
  }

  private static byte[] bound(byte[] header, Key key) {
    String place = key.resource() + '\0' + key.namespace() + '\0' + key.name();
    byte[] text = place.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(header.length + text.length).put(header).put(text).array();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return algorithm.provider() + " key " + name;
  }
}
