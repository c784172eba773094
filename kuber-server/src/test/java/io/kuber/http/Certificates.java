package io.kuber.http;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority that tests make for themselves. */
public final class Certificates {
  private static final char[] PASSWORD = "test".toCharArray();

  private final String name;
  private final KeyPair keys = keyPair();
  private final X509Certificate root;

  /** An authority of that name, with a key of its own. */
  public Certificates(String name) {
    this.name = name;
    this.root = sign(name, keys, true);
  }

  /** The authority's own certificate. */
  public X509Certificate root() {
    return root;
  }

  /** What a server on the loopback address shows, asking for clients of this authority. */
  public TlsConfig server() {
    KeyPair serverKeys = keyPair();
    return new TlsConfig(
        serverKeys.getPrivate(), List.of(sign("server", serverKeys, false)), List.of(root));
  }

  /** A client that trusts {@code server} and shows no certificate. */
  public static SSLContext anonymous(Certificates server) throws Exception {
    return context(server, null);
  }

  /** A client that trusts {@code server} and shows a certificate of this authority. */
  SSLContext client(Certificates server, String user) throws Exception {
    KeyPair userKeys = keyPair();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate[] chain = {sign(user, userKeys, false)};
    store.setKeyEntry("client", userKeys.getPrivate(), PASSWORD, chain);
    return context(server, store);
  }

  private static SSLContext context(Certificates server, @Nullable KeyStore clientKeys)
      throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", server.root);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(clientKeys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private X509Certificate sign(String subject, KeyPair subjectKeys, boolean isAuthority) {
    try {
      Instant now = Instant.now();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=" + name),
              BigInteger.valueOf(System.nanoTime()),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofHours(1))),
              new X500Name("CN=" + subject),
              subjectKeys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      GeneralName loopback = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(loopback));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (Exception e) {
      throw new IllegalStateException("cannot make a certificate for " + subject, e);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK makes no keys on secp256r1", e);
    }
  }
}
