package io.kuber.server.trust;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** A certificate and the private key that belongs to it. */
public record Identity(X509Certificate certificate, PrivateKey key) {
  private static final int LEFT = 3;

  /** The certificate as PEM. */
  public String certificatePem() {
    return Pem.of(certificate);
  }

  /** Whether the certificate is good for a server of all those names and addresses. */
  boolean covers(Collection<String> reached) throws CertificateParsingException {
    var names = certificate.getSubjectAlternativeNames();
    return names != null && names.stream().map(name -> name.get(1)).toList().containsAll(reached);
  }

  /**
   * Whether it is time for a new certificate: when less than a third of its life is left, which is
   * four months for most.
   */
  public boolean isToBeRenewed(Instant now) {
    return !now.isBefore(due(certificate));
  }

  static Instant due(X509Certificate certificate) {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    return end.minus(Duration.between(begin, end).dividedBy(LEFT));
  }

  /** Whether the key is the one of the certificate, seen by a signature made with it. */
  boolean isWhole() {
    try {
      byte[] probe = certificate.getEncoded();
      String algorithm =
          certificate.getPublicKey().getAlgorithm().equals("RSA")
              ? "SHA256withRSA"
              : "SHA256withECDSA";
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(probe);
      byte[] signature = signing.sign();
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(certificate.getPublicKey());
      checking.update(probe);
      return checking.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The private key as PEM (PKCS #8). */
  public String keyPem() {
    return Pem.of(key);
  }
}
