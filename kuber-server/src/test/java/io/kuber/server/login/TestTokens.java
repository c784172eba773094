package io.kuber.server.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** Tokens and keys as OpenID providers make them. */
final class TestTokens {
  private TestTokens() {}

  static KeyPair keys(String kind, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] fixed(byte[] number, int length) {
    byte[] all = new byte[length];
    int skip = Math.max(0, number.length - length);
    System.arraycopy(number, skip, all, length - number.length + skip, number.length - skip);
    return all;
  }

  static Tree jwk(String id, KeyPair pair) {
    Tree named = Tree.of("kid", id, "use", "sig");
    if (pair.getPublic() instanceof RSAPublicKey rsa) {
      return named
          .with("kty", "RSA")
          .with("n", base64(rsa.getModulus().toByteArray()))
          .with("e", base64(rsa.getPublicExponent().toByteArray()));
    }
    ECPublicKey curve = (ECPublicKey) pair.getPublic();
    return named
        .with("kty", "EC")
        .with("crv", "P-256")
        .with("x", base64(fixed(curve.getW().getAffineX().toByteArray(), 32)))
        .with("y", base64(fixed(curve.getW().getAffineY().toByteArray(), 32)));
  }

  static Tree keySet(Tree... keys) {
    return Tree.of("keys", Items.copyOf(Arrays.asList(keys)));
  }

  static String signed(String algorithm, String id, KeyPair pair, Tree claims) throws Exception {
    String said =
        base64(Json.print(Tree.of("alg", algorithm, "kid", id))) + "." + base64(Json.print(claims));
    Signature signature =
        Signature.getInstance(
            pair.getPrivate().getAlgorithm().equals("EC")
                ? "SHA256withECDSAinP1363Format"
                : "SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(said.getBytes(US_ASCII));
    return said + "." + base64(signature.sign());
  }
}
