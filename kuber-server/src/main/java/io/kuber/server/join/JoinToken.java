package io.kuber.server.join;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is pasted on a new machine: a token, and a pin of the authority of the cluster that it is
 * for, {@code abcdef.0123456789abcdef@sha256:1f3a...}.
 *
 * @param pin the SHA-256 of the authority's public key (subjectPublicKeyInfo), in hexadecimal: the
 *     number that kubeadm calls discovery-token-ca-cert-hash
 */
public record JoinToken(BootstrapToken token, String pin) {
  private static final String MARK = "@sha256:";
  private static final Pattern PIN = Pattern.compile("[0-9a-f]{64}");

  /** Checks the pin. */
  public JoinToken {
    if (!PIN.matcher(pin).matches()) {
      throw new IllegalArgumentException("the part behind " + MARK + " has 64 hexadecimal digits");
    }
  }

  /** A token of the cluster with that authority. */
  public static JoinToken of(BootstrapToken token, X509Certificate authority) {
    return new JoinToken(token, pinOf(authority));
  }

  /**
   * Reads {@link #text}; throws {@link IllegalArgumentException} that does not repeat the input.
   */
  public static JoinToken parse(String text) {
    int mark = text.indexOf(MARK);
    if (mark < 0) {
      throw new IllegalArgumentException(
          "the token has no " + MARK + "...; paste it whole, as kuber token create printed it");
    }
    return new JoinToken(
        BootstrapToken.parse(text.substring(0, mark)), text.substring(mark + MARK.length()));
  }

  static String pinOf(X509Certificate authority) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(authority.getPublicKey().getEncoded());
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** The line to paste. */
  public String text() {
    return token.text() + MARK + pin;
  }

  /** The id alone, which may stand in a log. */
  @Override
  public String toString() {
    return token.toString();
  }
}
