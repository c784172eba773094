package io.kuber.server.trust;

import io.kuber.access.CertificateIssuer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that an embedded cluster gives to clients, by the time of its own clock. The
 * authority behind them lives in memory and is made for the first one. For any thread.
 */
public final class ClientCertificates {
  private final InstantSource clock;
  private @Nullable Identity authority;

  /** Certificates whose time is that of {@code clock}. */
  public ClientCertificates(InstantSource clock) {
    this.clock = clock;
  }

  /** Who vouches for all of them. */
  public X509Certificate authority() {
    return identity().certificate();
  }

  /** Signs what others have requested, in the name of the same authority. */
  public CertificateIssuer issuing() {
    return new SigningAuthority(this::identity, clock);
  }

  private synchronized Identity identity() {
    try {
      return issuer().identity();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM makes no authority", e);
    }
  }

  /** A certificate of a user, who belongs to these groups, from now on and for that time. */
  public synchronized Identity issue(String user, List<String> groups, Duration lifetime) {
    try {
      return issuer().issueClient(user, groups, lifetime);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no certificate can be made for " + user, e);
    }
  }

  /**
   * A certificate that somebody has requested, from now on and for that time.
   *
   * @param request PKCS #10 as PEM
   * @param usages as the certificates API names them
   * @throws GeneralSecurityException when the request cannot be granted
   */
  public synchronized X509Certificate sign(String request, List<String> usages, Duration lifetime)
      throws GeneralSecurityException {
    return issuer().sign(Pem.encoded(request), usages, lifetime);
  }

  /** A certificate as PEM. */
  public static String pem(X509Certificate certificate) {
    return Pem.of(certificate);
  }

  private CertificateAuthority issuer() throws GeneralSecurityException {
    if (authority == null) {
      authority = CertificateAuthority.create("kuber-clients", clock.instant()).identity();
    }
    return new CertificateAuthority(authority, clock.instant());
  }
}
