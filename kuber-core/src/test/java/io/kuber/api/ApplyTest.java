package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.PatchType;
import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Server-side apply, and who owns what after any write. */
class ApplyTest {
  private static final String DEPLOYMENT =
      """
      {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: %d,
        selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},
          spec: {containers: [{name: main, image: img}]}}}}
      """;

  private final TestApi api = new TestApi();

  private static ApiRequest by(ApiRequest request, String manager) {
    return request.with(WriteOptions.DEFAULT.by(manager));
  }

  private ApiRequest apply(ResourceType type, String name, String manager, String config) {
    return by(
        api.request(Verb.PATCH, type, name)
            .with(new Body.Patch(PatchType.APPLY, TestApi.yaml(config))),
        manager);
  }

  private ApiRequest patch(ResourceType type, String name, String manager, String merge) {
    return by(
        api.request(Verb.PATCH, type, name)
            .with(new Body.Patch(PatchType.MERGE, TestApi.yaml(merge))),
        manager);
  }

  private KubeObject deployment(int replicas, String manager) {
    return api.one(apply(Resources.DEPLOYMENTS, "web", manager, DEPLOYMENT.formatted(replicas)));
  }

  private static String maps(String data) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: " + data + "}";
  }

  private KubeObject map(String manager, String data) {
    return api.one(apply(Resources.CONFIG_MAPS, "m", manager, maps(data)));
  }

  /** One owner per line with its fields as JSON with single quotes. */
  private static List<String> owners(KubeObject object) {
    return object.metadata().items("managedFields").trees().stream()
        .map(
            entry ->
                (entry.text("manager")
                        + " "
                        + entry.text("operation")
                        + " "
                        + entry.text("apiVersion")
                        + " "
                        + entry.text("subresource"))
                    .strip())
        .toList();
  }

  private static String fields(KubeObject object, String manager) {
    Tree entry =
        object.metadata().items("managedFields").trees().stream()
            .filter(tree -> tree.text("manager").equals(manager))
            .findFirst()
            .orElseThrow();
    return new String(Json.print(entry.tree("fieldsV1")), StandardCharsets.UTF_8)
        .replace('"', '\'');
  }

  @Test
  void createsWhatIsNotThere() {
    One answer = (One) api.answer(apply(Resources.CONFIG_MAPS, "m", "me", maps("{a: '1'}")));

    assertThat(answer.created()).isTrue();
    assertThat(answer.object().uid()).isNotEmpty();
    assertThat(owners(answer.object())).containsExactly("me Apply v1");
    assertThat(fields(answer.object(), "me")).isEqualTo("{'f:data':{'f:a':{}}}");
  }

  @Test
  void writesNothingWhenNothingChanges() {
    KubeObject first = deployment(2, "me");
    api.loops.advance(Duration.ofSeconds(5));

    assertThat(deployment(2, "me")).isEqualTo(first);
    assertThat(api.get(Resources.DEPLOYMENTS, "web").resourceVersion())
        .isEqualTo(first.resourceVersion());
  }

  @Test
  void removesWhatTheConfigurationNoLongerSays() {
    map("me", "{a: '1', b: '2'}");
    api.one(patch(Resources.CONFIG_MAPS, "m", "other", "{data: {c: '3'}}"));

    assertThat(map("me", "{a: '1'}").tree().tree("data")).isEqualTo(Tree.of("a", "1", "c", "3"));
  }

  @Test
  void conflictsAreToldWithTheirCauses() {
    deployment(2, "me");
    api.one(patch(Resources.DEPLOYMENTS, "web", "scaler", "{spec: {replicas: 5}}"));

    assertThatThrownBy(() -> deployment(3, "me"))
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(StatusReason.CONFLICT);
              assertThat(failure.details().causes())
                  .containsExactly(
                      new ApiException.Cause(
                          "FieldManagerConflict",
                          "conflict with \"scaler\" using apps/v1",
                          ".spec.replicas"));
            })
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"scaler\" using apps/v1: .spec.replicas");
  }

  @Test
  void forceTakesWhatOthersOwn() {
    deployment(2, "me");
    api.one(patch(Resources.DEPLOYMENTS, "web", "scaler", "{spec: {replicas: 5}}"));
    ApiRequest request =
        apply(Resources.DEPLOYMENTS, "web", "me", DEPLOYMENT.formatted(3))
            .with(WriteOptions.DEFAULT.by("me").forcing(true));

    KubeObject forced = api.one(request);

    assertThat(forced.spec().number(0, "replicas")).isEqualTo(3);
    assertThat(owners(forced)).containsExactly("me Apply apps/v1");
  }

  @Test
  void creatorOwnsDefaultsButNoStatus() {
    KubeObject service =
        api.one(
            by(
                api.request(Verb.CREATE, Resources.SERVICES, "")
                    .with(
                        new Body.Whole(
                            TestApi.yaml(
                                "{metadata: {name: s}, spec: {ports: [{port: 80}]},"
                                    + " status: {loadBalancer: {}}}"))),
                "maker"));

    assertThat(owners(service)).containsExactly("maker Update v1");
    assertThat(fields(service, "maker"))
        .contains("'f:sessionAffinity':{}", "k:{\\'port\\':80,\\'protocol\\':\\'TCP\\'}")
        .doesNotContain("status", "clusterIP\\'");
  }

  @Test
  void statusHasItsOwnOwners() {
    KubeObject made = deployment(2, "me");
    KubeObject reported =
        api.one(
            by(
                api.request(Verb.UPDATE, Resources.DEPLOYMENTS, "web")
                    .of("status")
                    .with(
                        new Body.Whole(
                            made.with(2L, "status", "replicas")
                                .with(9L, "spec", "replicas")
                                .tree())),
                "kube-controller-manager"));

    assertThat(owners(reported))
        .containsExactly("me Apply apps/v1", "kube-controller-manager Update apps/v1 status");
    assertThat(fields(reported, "kube-controller-manager"))
        .isEqualTo("{'f:status':{'f:replicas':{}}}");
  }

  @Test
  void applyThroughStatusOwnsStatusAlone() {
    deployment(2, "me");
    KubeObject reported =
        api.one(
            apply(
                    Resources.DEPLOYMENTS,
                    "web",
                    "reporter",
                    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web},"
                        + " spec: {replicas: 7}, status: {replicas: 2}}")
                .of("status")
                .with(WriteOptions.DEFAULT.by("reporter").forcing(true)));

    assertThat(reported.spec().number(0, "replicas")).isEqualTo(2);
    assertThat(fields(reported, "reporter")).isEqualTo("{'f:status':{'f:replicas':{}}}");
  }

  @Test
  void scalingMovesTheCountToWhoScaled() {
    deployment(2, "me");
    api.one(patch(Resources.DEPLOYMENTS, "web", "hpa", "{spec: {replicas: 4}}").of("scale"));

    KubeObject scaled = api.get(Resources.DEPLOYMENTS, "web");

    assertThat(owners(scaled)).containsExactly("me Apply apps/v1", "hpa Update apps/v1 scale");
    assertThat(fields(scaled, "hpa")).isEqualTo("{'f:spec':{'f:replicas':{}}}");
    assertThat(fields(scaled, "me")).doesNotContain("f:replicas");
    assertThatThrownBy(() -> deployment(3, "me"))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"hpa\" with subresource \"scale\" using"
                + " apps/v1: .spec.replicas");
  }

  @Test
  void ownersOfTwoVersionsMeet() {
    ResourceType old = Resources.EVENTS.in("events.k8s.io", "v1");
    String event =
        "{metadata: {name: e}, involvedObject: {kind: Pod, name: web, namespace: default},"
            + " message: pulled, reason: Pulled}";
    api.one(
        by(
            api.request(Verb.CREATE, Resources.EVENTS, "")
                .with(new Body.Whole(TestApi.yaml(event))),
            "kubelet"));

    KubeObject changed = api.one(patch(old, "e", "other", "{note: started}"));

    assertThat(owners(changed))
        .containsExactly("kubelet Update v1", "other Update events.k8s.io/v1");
    assertThat(fields(changed, "other")).isEqualTo("{'f:note':{}}");
    assertThat(fields(changed, "kubelet")).doesNotContain("f:message");
  }

  @Test
  void bindingKeepsTheOwners() {
    KubeObject pod =
        api.one(
            apply(
                Resources.PODS,
                "p",
                "me",
                "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers:"
                    + " [{name: c, image: i}]}}"));
    api.answer(
        api.request(Verb.CREATE, Resources.PODS, "p")
            .of("binding")
            .with(new Body.Whole(TestApi.yaml("{target: {name: node}}"))));

    assertThat(api.get(Resources.PODS, "p").metadata().items("managedFields"))
        .isEqualTo(pod.metadata().items("managedFields"));
  }

  @Test
  void refusesRequestsThatMakeNoSense() {
    assertThatThrownBy(() -> map("", "{}"))
        .hasMessage(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                + " for apply patch");
    assertThatThrownBy(
            () ->
                api.one(
                    patch(Resources.CONFIG_MAPS, "m", "me", "{}")
                        .with(WriteOptions.DEFAULT.forcing(true))))
        .hasMessage(
            "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
                + " non-apply patch");
    assertThatThrownBy(
            () -> api.one(apply(Resources.CONFIG_MAPS, "m", "me", "{kind: Pod, apiVersion: v1}")))
        .hasMessage("invalid object type: /v1, Kind=Pod");
    assertThatThrownBy(
            () ->
                api.one(
                    apply(
                        Resources.CONFIG_MAPS,
                        "m",
                        "me",
                        "{kind: ConfigMap, apiVersion: v1, metadata: {managedFields: []}}")))
        .hasMessage("metadata.managedFields must be nil");
    assertThatThrownBy(
            () ->
                api.one(
                    apply(
                        Resources.CONFIG_MAPS,
                        "m",
                        "me",
                        "{kind: ConfigMap, apiVersion: v1, spec: {a: 1}}")))
        .hasMessage(
            "failed to create typed patch object (default/m; v1, Kind=ConfigMap): .spec: field not"
                + " declared in schema");
    assertThatThrownBy(
            () ->
                api.one(
                    apply(
                        Resources.CONFIG_MAPS,
                        "m",
                        "me",
                        "{kind: ConfigMap, apiVersion: v1, metadata: {uid: u}}")))
        .hasMessageContaining("uid mismatch: the provided object specified uid u");
  }

  @Test
  void honoursTheStateThatTheConfigurationIsMeantFor() {
    KubeObject first = map("me", "{a: '1'}");
    String meant =
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, resourceVersion: '%s'},"
            + " data: {a: '2'}}";
    KubeObject second =
        api.one(apply(Resources.CONFIG_MAPS, "m", "me", meant.formatted(first.resourceVersion())));

    assertThat(second.tree().text("data", "a")).isEqualTo("2");
    assertThatThrownBy(
            () ->
                api.one(
                    apply(
                        Resources.CONFIG_MAPS,
                        "m",
                        "me",
                        meant.formatted(first.resourceVersion()))))
        .hasMessageContaining("the object has been modified");
  }

  @Test
  void createsWhereThereIsNothingWhateverStateTheConfigurationIsMeantFor() {
    String meant =
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, resourceVersion: '1'},"
            + " data: {a: '%s'}}";

    KubeObject made = api.one(apply(Resources.CONFIG_MAPS, "m", "me", meant.formatted(1)));

    assertThat(made.tree().text("data", "a")).isEqualTo("1");
    assertThat(made.resourceVersion()).isNotEqualTo("1");
    assertThatThrownBy(() -> api.one(apply(Resources.CONFIG_MAPS, "m", "me", meant.formatted(2))))
        .hasMessageContaining("the object has been modified");
  }

  @Test
  void dryRunShowsButDoesNotWrite() {
    ApiRequest request = apply(Resources.CONFIG_MAPS, "m", "me", maps("{a: '1'}"));

    KubeObject shown = api.one(request.with(request.write().withDryRun(true)));

    assertThat(owners(shown)).containsExactly("me Apply v1");
    assertThatThrownBy(() -> api.get(Resources.CONFIG_MAPS, "m")).hasMessageContaining("not found");
  }
}
