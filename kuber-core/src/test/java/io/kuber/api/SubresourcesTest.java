package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiAnswer.Success;
import io.kuber.api.ApiRequest.Body;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of objects that have their own paths: section 1.8 of docs/compatibility.md. */
class SubresourcesTest {
  private static final String POD =
      "{metadata: {name: p}, spec: {containers: [{name: c, image: i, resources: {requests: {cpu:"
          + " 100m}, limits: {cpu: 200m}}}]}}";

  private final TestApi api = new TestApi();

  private ApiAnswer post(String subresource, String body) {
    return api.answer(
        api.request(Verb.CREATE, Resources.PODS, "p")
            .of(subresource)
            .with(new Body.Whole(TestApi.yaml(body))));
  }

  @Test
  void bindsByThePathOfBindingsToo() {
    api.create(Resources.PODS, POD);
    ApiRequest binding =
        api.request(Verb.CREATE, Resources.BINDINGS, "")
            .with(
                new Body.Whole(
                    TestApi.yaml("{metadata: {name: p}, target: {kind: Node, name: node-1}}")));
    assertThat(((Success) api.answer(binding)).created()).isTrue();
    assertThat(api.get(Resources.PODS, "p").spec().text("nodeName")).isEqualTo("node-1");
  }

  @Test
  void bindsToNothingButNodes() {
    api.create(Resources.PODS, POD);
    assertThatThrownBy(() -> post("binding", "{target: {kind: Rack, name: n}}"))
        .hasMessageContaining("target.kind: Unsupported value: \"Rack\"");
    assertThatThrownBy(() -> post("binding", "{target: {kind: Node}}"))
        .hasMessageContaining("target.name: Required value");
  }

  @Test
  void evictsUnlessItOnlyTries() {
    api.create(Resources.PODS, POD);
    String eviction =
        "{apiVersion: policy/v1, kind: Eviction, metadata: {name: p}, deleteOptions: {%s}}";
    assertThat(((Success) post("eviction", eviction.formatted("dryRun: [All]"))).created())
        .isTrue();
    assertThat(api.get(Resources.PODS, "p").isBeingDeleted()).isFalse();
    assertThatThrownBy(
            () -> post("eviction", eviction.formatted("preconditions: {uid: of-another}")))
        .hasMessageContaining("Precondition failed");
    post("eviction", eviction.formatted(""));
    assertThatThrownBy(() -> api.get(Resources.PODS, "p")).hasMessage("pods \"p\" not found");
  }

  @Test
  void addsEphemeralContainersByTheirOwnPathOnly() {
    KubeObject pod = api.create(Resources.PODS, POD);
    Items helper = Items.of(Tree.of("name", "debug", "image", "busybox"));
    KubeObject helped = pod.with(helper, "spec", "ephemeralContainers");
    assertThatThrownBy(() -> api.update(Resources.PODS, "", helped))
        .hasMessageContaining("Forbidden");
    KubeObject updated = api.update(Resources.PODS, "ephemeralcontainers", helped);
    assertThat(updated.spec().items("ephemeralContainers").tree(0).text("name")).isEqualTo("debug");
  }

  @Test
  void resizesByItsOwnPathOnly() {
    KubeObject pod = api.create(Resources.PODS, POD);
    Tree container = pod.spec().items("containers").tree(0);
    Tree larger =
        container.with(
            "resources", container.tree("resources").with("limits", Tree.of("cpu", "300m")));
    KubeObject resized = pod.with(Items.of(larger), "spec", "containers");
    assertThatThrownBy(() -> api.update(Resources.PODS, "", resized))
        .hasMessageContaining("Forbidden");
    assertThat(
            api.update(Resources.PODS, "resize", resized)
                .spec()
                .items("containers")
                .tree(0)
                .text("resources", "limits", "cpu"))
        .isEqualTo("300m");
  }

  @Test
  void keepsTheClassOfServiceWhenItResizes() {
    KubeObject pod =
        api.create(
            Resources.PODS, "{metadata: {name: q}, spec: {containers: [{name: c, image: i}]}}");
    Tree asking =
        pod.spec()
            .items("containers")
            .tree(0)
            .with("resources", Tree.of("requests", Tree.of("cpu", "100m")));
    KubeObject resized = pod.with(Items.of(asking), "spec", "containers");
    assertThatThrownBy(() -> api.update(Resources.PODS, "resize", resized))
        .hasMessageContaining(
            "spec: Invalid value: \"BestEffort\": Pod QOS Class may not change as a result of"
                + " resizing");
  }

  @Test
  void resizesContainersThatRunBesideOthersToo() {
    KubeObject pod =
        api.create(
            Resources.PODS,
            POD.replace(
                "spec: {",
                "spec: {initContainers: [{name: s, image: i, restartPolicy: Always}], "));
    Tree sidecar = pod.spec().items("initContainers").tree(0);
    Tree larger = sidecar.with("resources", Tree.of("limits", Tree.of("cpu", "300m")));
    KubeObject resized = pod.with(Items.of(larger), "spec", "initContainers");
    assertThat(
            api.update(Resources.PODS, "resize", resized)
                .spec()
                .items("initContainers")
                .tree(0)
                .text("resources", "limits", "cpu"))
        .isEqualTo("300m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deployments.apps scale",
        "replicasets.apps scale",
        "statefulsets.apps scale",
        "replicationcontrollers scale",
        "deployments.apps status",
        "pods status",
        "pods ephemeralcontainers",
        "pods resize",
        "nodes status",
        "namespaces status",
        "services status",
        "jobs.batch status",
      })
  void readsPartsByTheirPaths(String row) {
    String[] words = row.split(" ");
    ApiRequest get = api.request(Verb.GET, api.type(words[0]), "gone").of(words[1]);
    assertThatThrownBy(() -> api.answer(get)).hasMessage(words[0] + " \"gone\" not found");
  }

  @Test
  void hasNoPartsThatTheKindLacks() {
    ApiRequest get = api.request(Verb.GET, Resources.CONFIG_MAPS, "a").of("status");
    assertThatThrownBy(() -> api.answer(get))
        .hasMessage("the server does not allow this method on the requested resource");
  }
}
