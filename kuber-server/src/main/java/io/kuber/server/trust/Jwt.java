package io.kuber.server.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Optional;

/**
 * Claims under a signature: JSON Web Tokens (RFC 7519) as this cluster makes them, with one
 * algorithm.
 */
final class Jwt {
  /** RSA with PKCS #1 v1.5 and SHA-256, as RFC 7518 names it. */
  static final String ALGORITHM = "RS256";

  /** Longer tokens are not looked at. */
  static final int MAX_LENGTH = SignedText.MAX_LENGTH;

  private static final String JDK_ALGORITHM = "SHA256withRSA";

  private Jwt() {}

  /** The claims as a token. */
  static String signed(Tree claims, SigningKey key) {
    Tree header = Tree.of("alg", ALGORITHM, "kid", key.id());
    String said =
        SignedText.encoded(Json.print(header)) + "." + SignedText.encoded(Json.print(claims));
    try {
      Signature signature = Signature.getInstance(JDK_ALGORITHM);
      signature.initSign(key.secret());
      signature.update(said.getBytes(US_ASCII));
      return said + "." + SignedText.encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was checked signs nothing", e);
    }
  }

  /** The claims of a token that was signed with the key or one before it; empty for all else. */
  static Optional<Tree> verified(String token, SigningKey key) {
    return SignedText.parse(token)
        .filter(text -> text.algorithm().equals(ALGORITHM))
        .flatMap(text -> key.open(text.keyId()).flatMap(open -> text.claims(open, JDK_ALGORITHM)));
  }
}
