package io.kuber.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Who may vouch for the certificates of others, and whether they do: the JDK judges (PKIX), at a
 * time that it is given. For any thread.
 */
public final class Authorities {
  private static final String ALGORITHM = "PKIX";

  private final List<X509Certificate> certificates;

  /** These, of which there has to be one. */
  public Authorities(Collection<X509Certificate> certificates) {
    this.certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("nobody vouches for anybody: there are no authorities");
    }
  }

  /** Those that this machine believes. */
  public static Authorities ofMachine() throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(ALGORITHM);
    factory.init((KeyStore) null);
    return new Authorities(Arrays.asList(only(factory).getAcceptedIssuers()));
  }

  /** Their certificates. */
  public List<X509Certificate> certificates() {
    return certificates;
  }

  /**
   * Judges the chain that somebody shows by all but the dates of its first certificate, which
   * {@link Validity} is for: at the time of its validity that is nearest to {@code now}.
   */
  public X509ExtendedTrustManager judge(X509Certificate first, Instant now)
      throws GeneralSecurityException {
    PKIXBuilderParameters parameters =
        new PKIXBuilderParameters(
            certificates.stream()
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toSet()),
            new X509CertSelector());
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(Validity.of(first).nearest(now)));
    TrustManagerFactory factory = TrustManagerFactory.getInstance(ALGORITHM);
    factory.init(new CertPathTrustManagerParameters(parameters));
    return only(factory);
  }

  private static X509ExtendedTrustManager only(TrustManagerFactory factory) {
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager judge) {
        return judge;
      }
    }
    throw new IllegalStateException("this JVM judges no certificates by " + ALGORITHM);
  }
}
