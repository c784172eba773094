package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Says in a wish for a certificate whose wish it is, and in its conditions when they came to be:
 * what signers and people go by must not be what the client claims
 * (pkg/registry/certificates/certificates/strategy.go).
 */
final class SigningRequester implements Admission {
  private final InstantSource clock;

  SigningRequester(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public KubeObject admit(Request request) {
    KubeObject wish = request.object();
    if (!request.kind().type().equals(Resources.CERTIFICATE_SIGNING_REQUESTS)
        || request.verb() == Verb.DELETE) {
      return wish;
    }
    return request.isCreate() ? asked(request) : decided(wish);
  }

  private static KubeObject asked(Request request) {
    Tree spec =
        request
            .object()
            .spec()
            .without("uid")
            .without("extra")
            .with("username", request.user().name())
            .with("groups", Items.copyOf(request.user().groups()));
    return request.object().with(spec, "spec");
  }

  private KubeObject decided(KubeObject wish) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return wish.withChild(
        "status",
        status ->
            status.withEach(
                "conditions",
                condition ->
                    condition
                        .withDefault("lastUpdateTime", now)
                        .withDefault("lastTransitionTime", now)));
  }
}
