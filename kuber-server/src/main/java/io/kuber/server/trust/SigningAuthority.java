package io.kuber.server.trust;

import io.kuber.access.CertificateIssuer;
import io.kuber.access.CertificateWish;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs requests of others with the key of an authority. For any thread.
 *
 * @param authority asked only when there is something to sign
 * @param clock says from when certificates are valid
 */
record SigningAuthority(Supplier<Identity> authority, InstantSource clock)
    implements CertificateIssuer {
  private static final Logger LOG = LoggerFactory.getLogger(SigningAuthority.class);

  @Override
  public Optional<CertificateWish> read(String request) {
    try {
      return Optional.of(SigningRequest.parse(Pem.encoded(request)).wish());
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      LOG.debug("a request for a certificate cannot be read", unreadable);
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> issue(String request, List<String> usages, Duration lifetime) {
    try {
      return Optional.of(
          Pem.of(
              new CertificateAuthority(authority.get(), clock.instant())
                  .sign(Pem.encoded(request), usages, lifetime)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      LOG.warn("a request for a certificate is not granted: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
