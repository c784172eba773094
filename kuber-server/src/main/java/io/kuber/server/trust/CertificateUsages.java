package io.kuber.server.trust;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * What a certificate is good for (pkg/controller/certificates/authority/policies.go).
 *
 * @param keyUsage bits of {@link KeyUsage}
 * @param purposes for whom its bearer may be taken
 */
record CertificateUsages(int keyUsage, List<KeyPurposeId> purposes) {
  private static final Map<String, Integer> KEYS =
      Map.of(
          "signing", KeyUsage.digitalSignature,
          "digital signature", KeyUsage.digitalSignature,
          "content commitment", KeyUsage.nonRepudiation,
          "key encipherment", KeyUsage.keyEncipherment,
          "key agreement", KeyUsage.keyAgreement,
          "data encipherment", KeyUsage.dataEncipherment,
          "cert sign", KeyUsage.keyCertSign,
          "crl sign", KeyUsage.cRLSign,
          "encipher only", KeyUsage.encipherOnly,
          "decipher only", KeyUsage.decipherOnly);

  private static final Map<String, KeyPurposeId> PURPOSES =
      Map.ofEntries(
          entry("any", KeyPurposeId.anyExtendedKeyUsage),
          entry("server auth", KeyPurposeId.id_kp_serverAuth),
          entry("client auth", KeyPurposeId.id_kp_clientAuth),
          entry("code signing", KeyPurposeId.id_kp_codeSigning),
          entry("email protection", KeyPurposeId.id_kp_emailProtection),
          entry("s/mime", KeyPurposeId.id_kp_emailProtection),
          entry("ipsec end system", KeyPurposeId.id_kp_ipsecEndSystem),
          entry("ipsec tunnel", KeyPurposeId.id_kp_ipsecTunnel),
          entry("ipsec user", KeyPurposeId.id_kp_ipsecUser),
          entry("timestamping", KeyPurposeId.id_kp_timeStamping),
          entry("ocsp signing", KeyPurposeId.id_kp_OCSPSigning));

  /** Copies the list. */
  CertificateUsages {
    purposes = List.copyOf(purposes);
  }

  /** The usages of these names; those that certificates have no word for are left out. */
  static CertificateUsages of(Collection<String> names) {
    int keyUsage = 0;
    for (String name : names) {
      keyUsage |= KEYS.getOrDefault(name, 0);
    }
    return new CertificateUsages(
        keyUsage, names.stream().filter(PURPOSES::containsKey).map(PURPOSES::get).toList());
  }

  /** A key that signs handshakes, for these ends of a connection. */
  static CertificateUsages inTls(KeyPurposeId... purposes) {
    return new CertificateUsages(KeyUsage.digitalSignature, List.of(purposes));
  }

  void addTo(X509v3CertificateBuilder certificate) throws CertIOException {
    if (keyUsage != 0) {
      certificate.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
    }
    if (!purposes.isEmpty()) {
      ExtendedKeyUsage usage = new ExtendedKeyUsage(purposes.toArray(new KeyPurposeId[0]));
      certificate.addExtension(Extension.extendedKeyUsage, false, usage);
    }
  }
}
