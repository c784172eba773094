package io.kuber.server.trust;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A new key, and the wish to have it certified (PKCS #10).
 *
 * @param pem the request
 * @param mark tells it from all others, in a few letters that a name may have
 */
public record CertificateRequest(PrivateKey key, String pem, String mark) {
  private static final int MARK_BYTES = 8;

  /**
   * A wish of somebody.
   *
   * @param commonName the user
   * @param groups organizations
   * @param dnsNames names of a server
   * @param addresses IP addresses of a server
   */
  public static CertificateRequest of(
      String commonName, List<String> groups, List<String> dnsNames, List<String> addresses)
      throws GeneralSecurityException {
    KeyPair keys = CertificateAuthority.newKeys();
    try {
      JcaPKCS10CertificationRequestBuilder builder =
          new JcaPKCS10CertificationRequestBuilder(
              CertificateAuthority.name(commonName, groups), keys.getPublic());
      if (!dnsNames.isEmpty() || !addresses.isEmpty()) {
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, names(dnsNames, addresses));
      }
      byte[] encoded =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded());
      return new CertificateRequest(
          keys.getPrivate(), Pem.ofRequest(encoded), HexFormat.of().formatHex(hash, 0, MARK_BYTES));
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException("cannot make a request for a certificate", e);
    }
  }

  private static Extensions names(List<String> dnsNames, List<String> addresses)
      throws IOException {
    List<GeneralName> names = new ArrayList<>();
    dnsNames.forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
    for (String address : addresses) {
      names.add(
          new GeneralName(GeneralName.iPAddress, InetAddress.getByName(address).getHostAddress()));
    }
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(names.toArray(new GeneralName[0])));
    return extensions.generate();
  }

  /**
   * The key with the certificate that it was given.
   *
   * @throws GeneralSecurityException when that is none, or is of another key
   */
  public Identity with(String certificatePem) throws GeneralSecurityException {
    X509Certificate certificate = Pem.certificate(certificatePem);
    Identity identity = new Identity(certificate, key);
    if (!identity.isWhole()) {
      throw new GeneralSecurityException("the certificate that was given is of another key");
    }
    return identity;
  }

  /** Without the key, which must not stand in a log. */
  @Override
  public String toString() {
    return "CertificateRequest " + mark;
  }
}
