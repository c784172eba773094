package io.kuber.admission.webhook;

import io.kuber.admission.match.MatchConditions;
import io.kuber.admission.match.MatchResources;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.custom.WebhookTarget;
import java.time.Duration;
import java.util.List;

/**
 * A webhook as its configuration describes it.
 *
 * @param id tells it from all others: the configuration and its name
 * @param match which writes it wants to see
 * @param isLenient whether a write goes on when the webhook cannot be asked
 * @param takesDryRuns whether it may be asked without consequences
 * @param isReinvoked whether it wants to see again what others have changed behind it
 * @param reviewVersion of the reviews that it understands
 */
record Hook(
    String id,
    String name,
    WebhookTarget target,
    MatchResources match,
    MatchConditions conditions,
    boolean isLenient,
    boolean takesDryRuns,
    boolean isReinvoked,
    Duration timeout,
    String reviewVersion) {
  private static final long DEFAULT_SECONDS = 10;
  private static final List<String> KNOWN_REVIEWS = List.of("v1", "v1beta1");

  /** The configuration that it is of. */
  String configuration() {
    return id.substring(0, id.length() - name.length() - 1);
  }

  /** All webhooks of a configuration, in its order. */
  static List<Hook> of(KubeObject configuration) {
    return configuration.tree().items("webhooks").trees().stream()
        .map(hook -> of(configuration.name(), hook))
        .toList();
  }

  private static Hook of(String configuration, Tree hook) {
    return new Hook(
        configuration + "/" + hook.text("name"),
        hook.text("name"),
        WebhookTarget.of(hook.tree("clientConfig")),
        MatchResources.ofHook(hook),
        MatchConditions.of(hook.items("matchConditions").trees(), MatchConditions.VARIABLES),
        hook.text("failurePolicy").equals("Ignore"),
        hook.text("sideEffects").startsWith("None"),
        hook.text("reinvocationPolicy").equals("IfNeeded"),
        Duration.ofSeconds(hook.number(DEFAULT_SECONDS, "timeoutSeconds")),
        hook.items("admissionReviewVersions").texts().stream()
            .filter(KNOWN_REVIEWS::contains)
            .findFirst()
            .orElse("v1"));
  }
}
