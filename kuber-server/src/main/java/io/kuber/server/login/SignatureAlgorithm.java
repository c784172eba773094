package io.kuber.server.login;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How tokens are signed (RFC 7518); all with the open half of a key, none with a shared secret. */
enum SignatureAlgorithm {
  RS256("SHA256withRSA", "RSA"),
  RS384("SHA384withRSA", "RSA"),
  RS512("SHA512withRSA", "RSA"),
  ES256("SHA256withECDSAinP1363Format", "EC"),
  ES384("SHA384withECDSAinP1363Format", "EC"),
  ES512("SHA512withECDSAinP1363Format", "EC");

  private final String jdkName;
  private final String keyType;

  SignatureAlgorithm(String jdkName, String keyType) {
    this.jdkName = jdkName;
    this.keyType = keyType;
  }

  static Optional<SignatureAlgorithm> named(String name) {
    return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
  }

  static String names() {
    return String.join(", ", all());
  }

  /** The names of all. */
  static List<String> all() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }

  String jdkName() {
    return jdkName;
  }

  /** The type of its keys, as the JDK names it and RFC 7517 does. */
  String keyType() {
    return keyType;
  }
}
