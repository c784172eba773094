package io.kuber.node.image.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What content is called by: {@code sha256:...} (image-spec descriptor.md, Digests).
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex in lower case
 */
public record Digest(String algorithm, String hex) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SHA512 = Pattern.compile("[0-9a-f]{128}");

  /** Checks that the digest is as long as its algorithm makes it. */
  public Digest {
    boolean valid =
        switch (algorithm) {
          case "sha256" -> SHA256.matcher(hex).matches();
          case "sha512" -> SHA512.matcher(hex).matches();
          default -> false;
        };
    if (!valid) {
      throw new IllegalArgumentException("\"" + algorithm + ":" + hex + "\" is no digest");
    }
  }

  /**
   * Reads {@code algorithm:hex}.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Digest("", text)
        : new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  /** The SHA-256 of bytes. */
  public static Digest sha256(byte[] bytes) {
    MessageDigest hasher = hasher("SHA-256");
    return new Digest("sha256", HexFormat.of().formatHex(hasher.digest(bytes)));
  }

  /** Computes digests of this algorithm. */
  public MessageDigest hasher() {
    return hasher(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
  }

  private static MessageDigest hasher(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }

  /** Whether the bytes are those that this digest names. */
  public boolean isOf(byte[] bytes) {
    return hex.equals(HexFormat.of().formatHex(hasher().digest(bytes)));
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
