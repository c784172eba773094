package io.kuber.raft;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** Certificates of tests, for 127.0.0.1: those of members, and those of another authority. */
final class TestTrust {
  private TestTrust() {}

  static PeerTrust members() {
    return of("member");
  }

  static PeerTrust strangers() {
    return of("stranger");
  }

  private static PeerTrust of(String name) {
    try {
      return PeerTrust.of(
          key(name + ".key"),
          List.of(certificate(name + ".crt")),
          certificate(name + "-authority.crt"));
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static X509Certificate certificate(String file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = open(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey key(String file) throws GeneralSecurityException, IOException {
    try (InputStream in = open(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      byte[] bytes = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(TestTrust.class.getResourceAsStream(file), file);
  }
}
