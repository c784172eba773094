package io.kuber.server.trust;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Issues certificates, for ten years to the authority itself and for one to the others. Keys are
 * P-256, but those of clients RSA: the clients of several languages cannot read elliptic-curve keys
 * from a kubeconfig, fabric8's among them, which expects what kubeadm writes.
 */
final class CertificateAuthority {
  private static final int RSA_BITS = 2048;
  private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
  private static final Duration LIFETIME = Duration.ofDays(365);

  /** Certificates are valid from a little in the past, for clients whose clock is behind. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Identity identity;
  private final Instant now;

  CertificateAuthority(Identity identity, Instant now) {
    this.identity = identity;
    this.now = now;
  }

  /** A new authority, which has signed itself. */
  static CertificateAuthority create(String commonName, Instant now)
      throws GeneralSecurityException {
    KeyPair keys = newKeys();
    X500Name name = name(commonName, List.of());
    try {
      JcaX509v3CertificateBuilder builder =
          builder(name, name, keys.getPublic(), now, AUTHORITY_LIFETIME);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature | KeyUsage.cRLSign));
      X509Certificate certificate = sign(builder, keys);
      return new CertificateAuthority(new Identity(certificate, keys.getPrivate()), now);
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  Identity identity() {
    return identity;
  }

  /** A certificate for a server that is reached under the given DNS names and IP addresses. */
  Identity issueServer(String commonName, List<String> dnsNames, List<String> addresses)
      throws GeneralSecurityException {
    List<GeneralName> names = new ArrayList<>();
    dnsNames.forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
    addresses.forEach(ip -> names.add(new GeneralName(GeneralName.iPAddress, numeric(ip))));
    return issue(
        newKeys(),
        name(commonName, List.of()),
        new GeneralNames(names.toArray(new GeneralName[0])),
        KeyPurposeId.id_kp_serverAuth);
  }

  /** A certificate for both sides of a connection between servers. */
  Identity issuePeer(String commonName, String address) throws GeneralSecurityException {
    return issue(
        newKeys(),
        name(commonName, List.of()),
        new GeneralNames(new GeneralName(GeneralName.iPAddress, numeric(address))),
        KeyPurposeId.id_kp_serverAuth,
        KeyPurposeId.id_kp_clientAuth);
  }

  /** A certificate for a client: the common name is the user, the organizations are the groups. */
  Identity issueClient(String user, List<String> groups) throws GeneralSecurityException {
    return issue(clientKeys(), name(user, groups), null, KeyPurposeId.id_kp_clientAuth);
  }

  /** The same for a client that reads keys on elliptic curves, which are made at once. */
  Identity issueClient(String user, List<String> groups, Duration lifetime)
      throws GeneralSecurityException {
    KeyPair keys = newKeys();
    X509Certificate certificate =
        certify(
            keys.getPublic(),
            name(user, groups),
            null,
            lifetime,
            CertificateUsages.inTls(KeyPurposeId.id_kp_clientAuth));
    return new Identity(certificate, keys.getPrivate());
  }

  /**
   * A certificate that somebody has requested, for a key that he alone has.
   *
   * @param encoded the request (PKCS #10); its subject and alternative names are granted
   * @param usages as the certificates API names them
   * @throws GeneralSecurityException when it cannot be read, or is not signed by its own key
   */
  X509Certificate sign(byte[] encoded, List<String> usages, Duration lifetime)
      throws GeneralSecurityException {
    SigningRequest request = SigningRequest.parse(encoded);
    return certify(
        request.key(), request.subject(), request.names(), lifetime, CertificateUsages.of(usages));
  }

  /** The identity if this authority issued it and its key fits, and null otherwise. */
  @Nullable Identity recognised(@Nullable Identity presented) {
    if (presented == null || !presented.isWhole()) {
      return null;
    }
    try {
      presented.certificate().verify(identity.certificate().getPublicKey());
      return presented;
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  private Identity issue(
      KeyPair keys,
      X500Name subject,
      @Nullable GeneralNames alternativeNames,
      KeyPurposeId... purposes)
      throws GeneralSecurityException {
    X509Certificate certificate =
        certify(
            keys.getPublic(),
            subject,
            alternativeNames,
            LIFETIME,
            CertificateUsages.inTls(purposes));
    return new Identity(certificate, keys.getPrivate());
  }

  private X509Certificate certify(
      PublicKey key,
      X500Name subject,
      @Nullable GeneralNames alternativeNames,
      Duration lifetime,
      CertificateUsages usages)
      throws GeneralSecurityException {
    X500Name issuer =
        X500Name.getInstance(identity.certificate().getSubjectX500Principal().getEncoded());
    try {
      JcaX509v3CertificateBuilder builder = builder(issuer, subject, key, now, atMost(lifetime));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      usages.addTo(builder);
      if (alternativeNames != null) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames);
      }
      return sign(builder, new KeyPair(identity.certificate().getPublicKey(), identity.key()));
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** Nothing outlives who vouches for it. */
  private Duration atMost(Duration lifetime) {
    Duration own = Duration.between(now, identity.certificate().getNotAfter().toInstant());
    return own.compareTo(lifetime) < 0 ? own : lifetime;
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration lifetime) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, RANDOM),
        Date.from(now.minus(BACKDATED)),
        Date.from(now.plus(lifetime)),
        subject,
        key);
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair signer)
      throws GeneralSecurityException {
    try {
      ContentSigner content =
          new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(content));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  private static KeyPair clientKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_BITS, RANDOM);
    return generator.generateKeyPair();
  }

  static X500Name name(String commonName, List<String> organizations) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    organizations.forEach(organization -> name.addRDN(BCStyle.O, organization));
    return name.addRDN(BCStyle.CN, commonName).build();
  }

  private static String numeric(String address) {
    try {
      return InetAddress.getByName(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address + " is no IP address", e);
    }
  }
}
