package io.kuber.controller.signingrequest;

import io.kuber.access.CertificateIssuer;
import io.kuber.access.CertificateWish;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides what becomes of a CertificateSigningRequest that was approved. */
final class SigningPlanner {
  /** What a certificate gets that asks for no less (--cluster-signing-duration). */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final Duration SHORTEST = Duration.ofMinutes(10);

  /** The reason and words of a failure that whoever made the request has to mend. */
  private static final String INVALID = "SignerValidationFailure";

  private static final String UNREADABLE =
      "unable to read the certificate request, or it is not signed by its own key";

  private final CertificateIssuer issuer;

  SigningPlanner(CertificateIssuer issuer) {
    this.issuer = issuer;
  }

  /** Plans for one request; others than approved ones, and those of other signers, stay. */
  Plan plan(KubeObject request) {
    SigningWish wish = new SigningWish(request);
    Optional<Signer> signer = wish.signer();
    boolean waits =
        issuer.isPresent()
            && signer.isPresent()
            && wish.is("Approved")
            && !wish.is("Denied")
            && !wish.is("Failed")
            && !wish.isIssued();
    return waits
        ? Plan.of(
            Action.updateStatus(Resources.CERTIFICATE_SIGNING_REQUESTS, judged(wish, signer.get())))
        : Plan.NOTHING;
  }

  /** The request with its certificate, or with why there is none. */
  private KubeObject judged(SigningWish wish, Signer signer) {
    Optional<CertificateWish> said = wish.said(issuer);
    if (said.isEmpty()) {
      return wish.with("Failed", INVALID, UNREADABLE);
    }
    return signer
        .refusal(said.get(), wish.usages())
        .map(why -> wish.with("Failed", INVALID, why))
        .orElseGet(() -> signed(wish));
  }

  private KubeObject signed(SigningWish wish) {
    return issuer
        .issue(wish.pem(), List.copyOf(wish.usages()), lifetime(wish.object()))
        .map(wish::with)
        .orElseGet(() -> wish.with("Failed", INVALID, UNREADABLE));
  }

  private static Duration lifetime(KubeObject request) {
    Duration asked =
        Duration.ofSeconds(request.spec().number(LONGEST.toSeconds(), "expirationSeconds"));
    Duration longEnough = asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    return longEnough.compareTo(LONGEST) > 0 ? LONGEST : longEnough;
  }
}
