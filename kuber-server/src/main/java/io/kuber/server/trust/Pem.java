package io.kuber.server.trust;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** PEM text (RFC 7468) of certificates and of private keys (PKCS #8). */
final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN [A-Z ]+-----([^-]*)-----END [A-Z ]+-----");

  private Pem() {}

  static String of(X509Certificate certificate) {
    try {
      return text(CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was parsed has no encoding", e);
    }
  }

  static String of(PrivateKey key) {
    return text(PRIVATE_KEY, key.getEncoded());
  }

  /** Of a request (PKCS #10). */
  static String ofRequest(byte[] encoded) {
    return text("CERTIFICATE REQUEST", encoded);
  }

  static X509Certificate certificate(String pem) throws GeneralSecurityException {
    byte[] encoded = pem.getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  static PrivateKey key(String pem) throws GeneralSecurityException {
    byte[] encoded = encoded(pem);
    ASN1ObjectIdentifier algorithm =
        PrivateKeyInfo.getInstance(encoded).getPrivateKeyAlgorithm().getAlgorithm();
    return KeyFactory.getInstance(
            algorithm.equals(PKCSObjectIdentifiers.rsaEncryption) ? "RSA" : "EC")
        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** What the first block of a text holds; nothing of what stands before and after it. */
  static byte[] encoded(String pem) {
    Matcher block = BLOCK.matcher(pem);
    return Base64.getMimeDecoder().decode(block.find() ? block.group(1) : "");
  }

  static String of(PublicKey key) {
    return text("PUBLIC KEY", key.getEncoded());
  }

  /** What each block of a text holds. */
  static List<byte[]> blocks(String pem) {
    return BLOCK
        .matcher(pem)
        .results()
        .map(block -> Base64.getMimeDecoder().decode(block.group(1)))
        .toList();
  }

  private static String text(String label, byte[] encoded) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
