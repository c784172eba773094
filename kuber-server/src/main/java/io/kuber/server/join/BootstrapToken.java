package io.kuber.server.join;

import io.kuber.loop.Entropy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token as kubeadm makes it (cluster-bootstrap, token/util): {@code abcdef.0123456789abcdef}.
 *
 * @param id may be shown to anybody; the Secret is named after it
 * @param secret is known to those who may join
 */
public record BootstrapToken(String id, String secret) {
  static final int ID_LENGTH = 6;
  static final int SECRET_LENGTH = 16;
  private static final Pattern FORM = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

  /** Checks the form. */
  public BootstrapToken {
    if (!FORM.matcher(id + "." + secret).matches()) {
      throw new IllegalArgumentException(
          "a token has six small letters or digits, a dot, and sixteen more");
    }
  }

  /** A new token. */
  public static BootstrapToken create(Entropy entropy) {
    return new BootstrapToken(drawn(entropy, ID_LENGTH), drawn(entropy, SECRET_LENGTH));
  }

  private static String drawn(Entropy entropy, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(entropy.below(ALPHABET.length())));
    }
    return text.toString();
  }

  /**
   * Reads {@link #text}; throws {@link IllegalArgumentException} that does not repeat the input.
   */
  public static BootstrapToken parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? new BootstrapToken(matcher.group(1), matcher.group(2))
        : new BootstrapToken("", "");
  }

  /** Id and secret, as they are pasted. */
  public String text() {
    return id + "." + secret;
  }

  /** Whether the secret is that one; takes the same time wherever they differ. */
  boolean hasSecret(String other) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** The id alone, which may stand in a log. */
  @Override
  public String toString() {
    return "token " + id;
  }
}
