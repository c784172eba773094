package io.kuber.server.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * What a Secret of type {@code kubernetes.io/tls} holds.
 *
 * @param chain the certificate of the server, then those behind it
 */
public record TlsSecret(List<X509Certificate> chain, PrivateKey key) {
  /** Copies the list. */
  public TlsSecret {
    chain = List.copyOf(chain);
  }

  /**
   * Reads PEM; keys may be of PKCS #8 or in the older forms that openssl writes.
   *
   * @throws GeneralSecurityException when it is none, or when key and certificate do not belong to
   *     each other; the message names the entry
   */
  public static TlsSecret parse(byte[] certificates, String key) throws GeneralSecurityException {
    List<X509Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(certificates))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("tls.crt has no certificate");
    }
    TlsSecret secret = new TlsSecret(chain, keyOf(key));
    if (!new Identity(chain.get(0), secret.key).isWhole()) {
      throw new GeneralSecurityException("tls.key is not the key of the certificate in tls.crt");
    }
    return secret;
  }

  private static PrivateKey keyOf(String pem) throws GeneralSecurityException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        if (next instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        }
        if (next instanceof PEMKeyPair pair) {
          return converter.getKeyPair(pair).getPrivate();
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new GeneralSecurityException("tls.key is no key: " + e.getMessage(), e);
    }
    throw new GeneralSecurityException("tls.key has no private key");
  }
}
