package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.PatchType;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import org.junit.jupiter.api.Test;

/** Manifests of the years before, through the whole pipeline. */
class OldVersionsTest {
  private static final ResourceType DEPLOYMENTS = Resources.DEPLOYMENTS.in("extensions", "v1beta1");

  private final TestApi api = new TestApi();

  private KubeObject deployment() {
    return api.create(
        DEPLOYMENTS,
        "{apiVersion: extensions/v1beta1, kind: Deployment, metadata: {name: web}, spec:"
            + " {template: {metadata: {labels: {run: web}}, spec: {containers: [{name: c, image:"
            + " i}]}}}}");
  }

  @Test
  void makesDeploymentWithoutSelector() {
    assertThat(deployment().apiVersion()).isEqualTo("extensions/v1beta1");
    KubeObject modern = api.get(Resources.DEPLOYMENTS, "web");
    assertThat(modern.apiVersion()).isEqualTo("apps/v1");
    assertThat(modern.spec().text("selector", "matchLabels", "run")).isEqualTo("web");
    assertThat(modern.spec().number(0, "strategy", "rollingUpdate", "maxSurge")).isEqualTo(1);
    assertThat(modern.spec().number(0, "revisionHistoryLimit")).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void scalesThroughTheScaleOfTheOldGroup() {
    deployment();
    KubeObject scale =
        api.one(
            api.request(Verb.PATCH, DEPLOYMENTS, "web")
                .of("scale")
                .with(new Body.Patch(PatchType.MERGE, TestApi.yaml("{spec: {replicas: 3}}"))));
    assertThat(scale.apiVersion()).isEqualTo("extensions/v1beta1");
    assertThat(scale.tree().text("status", "targetSelector")).isEqualTo("run=web");
    assertThat(scale.tree().text("status", "selector", "run")).isEqualTo("web");
    assertThat(api.get(Resources.DEPLOYMENTS, "web").spec().number(0, "replicas")).isEqualTo(3);
  }

  @Test
  void takesWebhooksAndSigningRequestsThatModernVersionsRefuse() {
    String hook =
        "{metadata: {name: h}, webhooks: [{name: a.example.com, clientConfig: {url:"
            + " 'https://example.com/'}, rules: [{operations: [CREATE], apiGroups: [''],"
            + " apiVersions: [v1], resources: [pods]}], sideEffects: Unknown,"
            + " admissionReviewVersions: [v1beta1]}]}";
    ResourceType hooks = Resources.MUTATING_WEBHOOK_CONFIGURATIONS;
    KubeObject old = api.create(hooks.in(hooks.group(), "v1beta1"), hook);
    assertThat(old.tree().items("webhooks").tree(0).text("failurePolicy")).isEqualTo("Ignore");
    assertThat(
            api.update(hooks, "", api.get(hooks, "h").with("b", "metadata", "labels", "a")).name())
        .isEqualTo("h");
    assertThatThrownBy(() -> api.create(hooks, hook.replace("name: h", "name: i")))
        .hasMessageContaining("webhooks[0].sideEffects: Unsupported value: \"Unknown\"");
  }

  @Test
  void changesNothingWhenAnOldClientWritesBackWhatItRead() {
    KubeObject shown = deployment();
    assertThat(api.update(DEPLOYMENTS, "", shown)).isEqualTo(shown);
  }

  @Test
  void mergesListsOfOldVersionsByTheirKeys() {
    deployment();
    KubeObject patched =
        api.one(
            api.request(Verb.PATCH, DEPLOYMENTS, "web")
                .with(
                    new Body.Patch(
                        PatchType.STRATEGIC,
                        TestApi.yaml(
                            "{spec: {template: {spec: {containers: [{name: side, image:"
                                + " s}]}}}}"))));
    assertThat(patched.spec().items("template", "spec", "containers").size()).isEqualTo(2);
  }
}
