package io.kuber.schema.openapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A document ready to be sent. */
public final class Document {
  private final byte[] bytes;
  private final String hash;
  private volatile byte @Nullable [] compressed;

  Document(byte[] bytes, String hash) {
    this.bytes = bytes;
    this.hash = hash;
  }

  /** A document of these bytes, which are not to be changed. */
  public static Document of(byte[] bytes) {
    return new Document(bytes, hashOf(bytes));
  }

  /** The bytes; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** The bytes compressed, which is done once; not to be changed. */
  public byte[] compressed(UnaryOperator<byte[]> compress) {
    byte[] done = compressed;
    if (done == null) {
      done = compress.apply(bytes);
      compressed = done;
    }
    return done;
  }

  /** What the {@code ETag} says between its quotes: SHA-512 in upper-case hexadecimal digits. */
  public String hash() {
    return hash;
  }

  static String hashOf(String text) {
    return hashOf(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hashOf(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(bytes);
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-512", e);
    }
  }
}
