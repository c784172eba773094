package io.kuber.http;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How long a certificate is valid, by whichever clock counts. TLS of the JVM knows the clock of the
 * machine alone, and looks once for each connection; kuber looks for itself, at its own clock and
 * at every request.
 *
 * @param from the first moment at which it is valid
 * @param until the last one
 */
public record Validity(Instant from, Instant until) {
  /** That of a certificate. */
  public static Validity of(X509Certificate certificate) {
    return new Validity(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  /** The moment of validity that is next to a time: the time itself while it is valid. */
  public Instant nearest(Instant time) {
    return time.isBefore(from) ? from : time.isAfter(until) ? until : time;
  }

  /** Why it is not valid at a time, in the words of Go's crypto/x509; empty when it is. */
  public Optional<String> refusal(Instant time) {
    Instant nearest = nearest(time);
    return nearest.equals(time)
        ? Optional.empty()
        : Optional.of(
            "certificate has expired or is not yet valid: current time %s is %s %s"
                .formatted(
                    time.truncatedTo(ChronoUnit.SECONDS),
                    time.isBefore(from) ? "before" : "after",
                    nearest));
  }
}
