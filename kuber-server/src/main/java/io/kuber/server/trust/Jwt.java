package io.kuber.server.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * Claims under a signature: JSON Web Tokens (RFC 7519) in their compact form, with one algorithm.
 *
 * <p>What a stranger sends is looked at strictly and in this order: length, form, header,
 * signature. Claims are not even parsed before the signature holds, and the header has no say in
 * how it is checked.
 */
final class Jwt {
  /** RSA with PKCS #1 v1.5 and SHA-256, as RFC 7518 names it. */
  static final String ALGORITHM = "RS256";

  /** Longer tokens are not looked at; those issued here have about a thousand characters. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final String JDK_ALGORITHM = "SHA256withRSA";

  private Jwt() {}

  /** The claims as a token. */
  static String signed(Tree claims, SigningKey key) {
    Tree header = Tree.of("alg", ALGORITHM, "kid", key.id());
    String said = encoded(Json.print(header)) + "." + encoded(Json.print(claims));
    try {
      Signature signature = Signature.getInstance(JDK_ALGORITHM);
      signature.initSign(key.secret());
      signature.update(said.getBytes(US_ASCII));
      return said + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was checked signs nothing", e);
    }
  }

  /** The claims of a token that was signed with the key; empty for all else. */
  static Optional<Tree> verified(String token, SigningKey key) {
    if (token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int header = token.indexOf('.');
    int claims = token.indexOf('.', header + 1);
    if (header < 0 || claims < 0 || token.indexOf('.', claims + 1) >= 0) {
      return Optional.empty();
    }
    try {
      Tree head = Json.parse(decoded(token.substring(0, header)));
      byte[] signature = decoded(token.substring(claims + 1));
      return isKnown(head, key) && isSigned(token.substring(0, claims), signature, key)
          ? Optional.of(Json.parse(decoded(token.substring(header + 1, claims))))
          : Optional.empty();
    } catch (MalformedException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether nothing is wanted but what is done anyway; extensions ("crit") are unknown here. */
  private static boolean isKnown(Tree header, SigningKey key) {
    return header.text("alg").equals(ALGORITHM)
        && header.text("kid").equals(key.id())
        && !header.has("crit");
  }

  private static boolean isSigned(String said, byte[] signature, SigningKey key) {
    try {
      Signature check = Signature.getInstance(JDK_ALGORITHM);
      check.initVerify(key.open());
      check.update(said.getBytes(US_ASCII));
      return check.verify(signature);
    } catch (GeneralSecurityException unlikeASignature) {
      return false;
    }
  }

  private static String encoded(byte[] bytes) {
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
