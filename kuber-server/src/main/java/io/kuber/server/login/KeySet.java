package io.kuber.server.login;

import io.kuber.object.Tree;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open keys of an issuer (JSON Web Key Set, RFC 7517); those that cannot be read, or are for
 * other things than signatures, are left out.
 *
 * @param keys in the order of the set
 */
record KeySet(List<Key> keys) {
  /** No keys. */
  static final KeySet EMPTY = new KeySet(List.of());

  private static final int MAX_KEYS = 100;
  private static final int LEAST_RSA_BITS = 2048;

  private static final Map<String, String> CURVES =
      Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

  /** One key; {@code id} is empty where it has none. */
  record Key(String id, PublicKey open) {}

  /** Copies the list. */
  KeySet {
    keys = List.copyOf(keys);
  }

  static KeySet of(Tree set) {
    List<Key> keys = new ArrayList<>();
    for (Tree key : set.items("keys").trees()) {
      boolean signs = key.text("use").isEmpty() || key.text("use").equals("sig");
      if (signs && keys.size() < MAX_KEYS) {
        read(key).ifPresent(open -> keys.add(new Key(key.text("kid"), open)));
      }
    }
    return new KeySet(keys);
  }

  /** The keys that may have signed a token which names one, or none. */
  List<PublicKey> of(String id, SignatureAlgorithm algorithm) {
    return keys.stream()
        .filter(key -> id.isEmpty() || key.id().equals(id))
        .map(Key::open)
        .filter(open -> open.getAlgorithm().equals(algorithm.keyType()))
        .toList();
  }

  private static Optional<PublicKey> read(Tree key) {
    try {
      return switch (key.text("kty")) {
        case "RSA" -> rsa(number(key, "n"), number(key, "e"));
        case "EC" -> Optional.of(curve(key));
        default -> Optional.empty();
      };
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> rsa(BigInteger modulus, BigInteger exponent)
      throws GeneralSecurityException {
    return modulus.bitLength() < LEAST_RSA_BITS
        ? Optional.empty()
        : Optional.of(
            KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
  }

  private static PublicKey curve(Tree key) throws GeneralSecurityException {
    String curve = CURVES.get(key.text("crv"));
    if (curve == null) {
      throw new GeneralSecurityException("a curve that nobody knows");
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve));
    ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(Tree key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.text(name)));
  }
}
