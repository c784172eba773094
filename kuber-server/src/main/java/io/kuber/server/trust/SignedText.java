package io.kuber.server.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * A JSON Web Token (RFC 7519) in its compact form, before anybody has believed it.
 *
 * <p>What a stranger sends is looked at strictly and in this order: length, form, header,
 * signature. What it claims is not handed out before the signature holds, and the header has no say
 * in how it is checked.
 */
public final class SignedText {
  /**
   * Longer tokens are not looked at; those of service accounts have about a thousand characters.
   */
  static final int MAX_LENGTH = 16 * 1024;

  private final Tree header;
  private final String said;
  private final String claims;
  private final byte[] signature;

  private SignedText(Tree header, String said, String claims, byte[] signature) {
    this.header = header;
    this.said = said;
    this.claims = claims;
    this.signature = signature;
  }

  /** Reads a token; empty for what is none, or wants something that nobody here knows ("crit"). */
  public static Optional<SignedText> parse(String token) {
    int header = token.indexOf('.');
    int claims = token.indexOf('.', header + 1);
    if (token.length() > MAX_LENGTH
        || header < 0
        || claims < 0
        || token.indexOf('.', claims + 1) >= 0) {
      return Optional.empty();
    }
    try {
      Tree head = Json.parse(decoded(token.substring(0, header)));
      byte[] signature = decoded(token.substring(claims + 1));
      return head.has("crit")
          ? Optional.empty()
          : Optional.of(
              new SignedText(
                  head,
                  token.substring(0, claims),
                  token.substring(header + 1, claims),
                  signature));
    } catch (MalformedException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** The algorithm that its author says to have signed with; checked against what is allowed. */
  public String algorithm() {
    return header.text("alg");
  }

  /** Which key its author says to have signed with; empty for any. */
  public String keyId() {
    return header.text("kid");
  }

  /**
   * Who its author says to be. Nothing to go by but the choice of whom to ask for keys.
   *
   * @return empty when it does not say
   */
  public String unverifiedIssuer() {
    return parsed().map(all -> all.text("iss")).orElse("");
  }

  /**
   * What it claims, if it was signed with the key.
   *
   * @param algorithm as the JDK names it; a key for another one has signed nothing
   */
  public Optional<Tree> claims(PublicKey key, String algorithm) {
    try {
      Signature check = Signature.getInstance(algorithm);
      check.initVerify(key);
      check.update(said.getBytes(US_ASCII));
      return check.verify(signature) ? parsed() : Optional.empty();
    } catch (GeneralSecurityException unlikeASignature) {
      return Optional.empty();
    }
  }

  private Optional<Tree> parsed() {
    try {
      return Optional.of(Json.parse(decoded(claims)));
    } catch (MalformedException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Bytes have one spelling; another one, with padding or loose bits, is an illegal argument. */
  private static byte[] decoded(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (!encoded(bytes).equals(text)) {
      throw new IllegalArgumentException("not the one spelling");
    }
    return bytes;
  }
}
