package io.kuber.admission;

import io.kuber.admission.match.UserInfo;
import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Says in a wish for a certificate whose wish it is, and in its conditions when they came to be:
 * what signers and people go by must not be what the client claims
 * (pkg/registry/certificates/certificates/strategy.go).
 */
final class SigningRequester implements Admission {
  private static final Set<String> OF_REQUESTER = Set.of("username", "uid", "groups", "extra");

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
    Tree.Builder spec = Tree.builder();
    request
        .object()
        .spec()
        .forEach(
            (field, value) -> {
              if (!OF_REQUESTER.contains(field)) {
                spec.put(field, value);
              }
            });
    UserInfo.of(request.user()).forEach(spec::put);
    return request.object().with(spec.build(), "spec");
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
