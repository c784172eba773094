package io.kuber.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes certificates for keys that others have, in the name of the cluster's authority. May be
 * asked from any thread.
 */
public interface CertificateIssuer {
  /** Issues no certificates. */
  CertificateIssuer NONE =
      new CertificateIssuer() {
        @Override
        public boolean isPresent() {
          return false;
        }

        @Override
        public Optional<CertificateWish> read(String request) {
          return Optional.empty();
        }

        @Override
        public Optional<String> issue(String request, List<String> usages, Duration lifetime) {
          return Optional.empty();
        }
      };

  /** Whether there is an authority at all. */
  default boolean isPresent() {
    return true;
  }

  /**
   * What a request says.
   *
   * @param request PKCS #10 as PEM
   * @return empty when it cannot be read, or is not signed by its own key
   */
  Optional<CertificateWish> read(String request);

  /**
   * A certificate as PEM, from now on and for that time, at most until the authority ends.
   *
   * @param request PKCS #10 as PEM; its subject and other names are granted
   * @param usages as the certificates API names them
   * @return empty when the request cannot be granted
   */
  Optional<String> issue(String request, List<String> usages, Duration lifetime);
}
