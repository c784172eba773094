package io.kuber.controller.signingrequestcleaner;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import io.kuber.view.View;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes a CertificateSigningRequest an hour after it was denied or failed, or approved and
 * signed; when its certificate has expired; and a day after it was made if nobody has said anything
 * to it. One that is approved and not signed stays.
 *
 * <p>Upstream looks once in an hour, so that there it may stay for up to an hour more.
 */
public final class SigningRequestController implements Controller {
  private static final Duration DECIDED = Duration.ofHours(1);
  private static final Duration PENDING = Duration.ofHours(24);

  @Override
  public String name() {
    return "certificatesigningrequest-cleaner-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.itself(Resources.CERTIFICATE_SIGNING_REQUESTS));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(request -> !request.isBeingDeleted())
        .map(request -> plan(request, now))
        .orElse(Plan.NOTHING);
  }

  /** What to do about a request, by what it says of itself. */
  static Plan plan(KubeObject request, Instant now) {
    return end(request).map(end -> plan(request, end, now)).orElse(Plan.NOTHING);
  }

  private static Plan plan(KubeObject request, Instant end, Instant now) {
    if (end.isAfter(now)) {
      return Plan.builder().againAfter(Duration.between(now, end)).build();
    }
    DeleteOptions options = new DeleteOptions(-1, "", request.uid(), request.resourceVersion());
    return Plan.of(
        new Action.Delete(Resources.CERTIFICATE_SIGNING_REQUESTS, "", request.name(), options));
  }

  /** When the request is to go; empty while there is something to wait for. */
  private static Optional<Instant> end(KubeObject request) {
    Tree status = request.status();
    if (status.items("conditions").isEmpty()) {
      Instant made = Timestamps.parse(request.metadata().text("creationTimestamp"));
      return Optional.of(made.plus(PENDING));
    }
    boolean isIssued = !status.text("certificate").isEmpty();
    return Stream.of(
            decided(status, "Denied"),
            decided(status, "Failed"),
            decided(status, "Approved").filter(end -> isIssued),
            Condition.find(status, "Approved").flatMap(approved -> expiry(status)))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** An hour after it was decided; empty where nobody says when that was. */
  private static Optional<Instant> decided(Tree status, String how) {
    return Condition.find(status, how)
        .map(Condition::updatedAt)
        .filter(at -> at.isAfter(Instant.EPOCH))
        .map(at -> at.plus(DECIDED));
  }

  /** When the certificate ends; empty without one, or where it cannot be read. */
  private static Optional<Instant> expiry(Tree status) {
    try {
      byte[] pem = Base64.getDecoder().decode(status.text("certificate"));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem));
      return Optional.of(certificate.getNotAfter().toInstant());
    } catch (IllegalArgumentException | CertificateException unreadable) {
      return Optional.empty();
    }
  }
}
