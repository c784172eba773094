package io.kuber.controller.signingrequest;

import io.kuber.access.CertificateIssuer;
import io.kuber.access.CertificateWish;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads requests that are written as {@code CN|O,O|DNS,DNS|IP}, and signs with their lifetime. */
final class PlainIssuer implements CertificateIssuer {
  @Override
  public Optional<CertificateWish> read(String request) {
    if (request.equals("garbage")) {
      return Optional.empty();
    }
    List<String> parts = List.of(request.split("\\|", -1));
    return Optional.of(
        new CertificateWish(
            parts.get(0),
            list(parts.get(1)),
            list(parts.get(2)),
            list(parts.get(3)),
            List.of(),
            List.of()));
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  @Override
  public Optional<String> issue(String request, List<String> usages, Duration lifetime) {
    return Optional.of("signed for " + lifetime.toSeconds());
  }
}
