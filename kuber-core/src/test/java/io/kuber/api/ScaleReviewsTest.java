package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.PatchType;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What admission sees of a workload that is scaled: the Scale, and not the workload. */
final class ScaleReviewsTest {
  private static final String RULE =
      "apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments/scale]";

  private final Reviewed reviewed = new Reviewed();

  @BeforeEach
  void deploy() {
    reviewed.plane.create(
        Resources.DEPLOYMENTS,
        "{metadata: {name: web, labels: {app: web}}, spec: {replicas: 1, selector: {matchLabels:"
            + " {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name:"
            + " a, image: i}]}}}}");
  }

  private void scale(Api api, int replicas) {
    var answer =
        api.handle(
            reviewed
                .plane
                .request(Verb.PATCH, Resources.DEPLOYMENTS, "web")
                .of("scale")
                .with(
                    new Body.Patch(
                        PatchType.MERGE,
                        TestApi.yaml("{spec: {replicas: %d}}".formatted(replicas)))));
    reviewed.plane.loops.settle();
    TestApi.resolved(answer);
  }

  private long replicas() {
    return reviewed.plane.get(Resources.DEPLOYMENTS, "web").spec().number(-1, "replicas");
  }

  @Test
  void holdsPoliciesAgainstScales() {
    reviewed.policy(
        "resourceRules: [{%s}]".formatted(RULE),
        "expression: \"object.kind == 'Scale' && object.spec.replicas <= oldObject.spec.replicas +"
            + " 2\", message: too many at once");
    Api api = reviewed.plane.api;
    scale(api, 3);
    assertThatThrownBy(() -> scale(api, 6))
        .isInstanceOf(ApiException.class)
        .hasMessageEndingWith("denied request: too many at once");
    assertThat(replicas()).isEqualTo(3);
  }

  /** The workload has one, but its Scale does not show it. */
  @Test
  void findsNoLabelsOnScales() {
    reviewed.policy(
        "resourceRules: [{%s}], objectSelector: {matchLabels: {app: web}}".formatted(RULE),
        "expression: 'false'");
    scale(reviewed.plane.api, 2);
    assertThat(replicas()).isEqualTo(2);
  }

  @Test
  void showsWebhooksTheScale() {
    reviewed.hook("validating", RULE);
    scale(reviewed.answering("{allowed: true}"), 4);
    assertThat(reviewed.reviews).hasSize(1);
    Tree review = reviewed.reviews.get(0);
    assertThat(review.tree("kind"))
        .isEqualTo(TestApi.yaml("{group: autoscaling, version: v1, kind: Scale}"));
    assertThat(review.tree("requestKind")).isEqualTo(review.tree("kind"));
    assertThat(review.tree("resource"))
        .isEqualTo(TestApi.yaml("{group: apps, version: v1, resource: deployments}"));
    assertThat(review.text("subResource")).isEqualTo("scale");
    assertThat(review.tree("object").tree("spec")).isEqualTo(TestApi.yaml("replicas: 4"));
    assertThat(review.tree("oldObject").tree("spec")).isEqualTo(TestApi.yaml("replicas: 1"));
    assertThat(replicas()).isEqualTo(4);
  }

  @Test
  void letsWebhooksChangeTheScale() {
    reviewed.hook("mutating", RULE);
    // [{"op":"replace","path":"/spec/replicas","value":2}]
    scale(
        reviewed.answering(
            "{allowed: true, patchType: JSONPatch, patch:"
                + " W3sib3AiOiJyZXBsYWNlIiwicGF0aCI6Ii9zcGVjL3JlcGxpY2FzIiwidmFsdWUiOjJ9XQ==}"),
        9);
    assertThat(replicas()).isEqualTo(2);
  }
}
