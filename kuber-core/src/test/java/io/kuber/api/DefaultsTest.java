package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import org.junit.jupiter.api.Test;

/** What becomes of objects that say little. */
class DefaultsTest {
  private static final String POD =
      "{metadata: {name: web}, spec: {containers: [{name: c, image: 'nginx:1.27', ports:"
          + " [{containerPort: 80}], livenessProbe: {httpGet: {port: 80}}}]}}";

  private static final String DEPLOYMENT =
      "{metadata: {name: web}, spec: {selector: {matchLabels: {a: b}}, template: {metadata:"
          + " {labels: {a: b}}, spec: {containers: [{name: c, image: nginx}]}}}}";

  private final TestApi api = new TestApi();

  @Test
  void completesPod() {
    KubeObject pod = api.create(Resources.PODS, POD);
    Tree container = pod.spec().items("containers").tree(0);
    assertThat(pod.spec().text("restartPolicy")).isEqualTo("Always");
    assertThat(pod.spec().text("serviceAccountName")).isEqualTo("default");
    assertThat(pod.spec().items("tolerations").size()).isEqualTo(2);
    assertThat(container.text("imagePullPolicy")).isEqualTo("IfNotPresent");
    assertThat(container.items("ports").tree(0).text("protocol")).isEqualTo("TCP");
    assertThat(container.tree("livenessProbe").number(0, "periodSeconds")).isEqualTo(10);
    assertThat(pod.status()).isEqualTo(Tree.of("phase", "Pending", "qosClass", "BestEffort"));
  }

  @Test
  void completesDeployment() {
    KubeObject deployment = api.create(Resources.DEPLOYMENTS, DEPLOYMENT);
    assertThat(deployment.generation()).isEqualTo(1);
    assertThat(deployment.spec().number(0, "replicas")).isEqualTo(1);
    assertThat(deployment.spec().text("strategy", "rollingUpdate", "maxSurge")).isEqualTo("25%");
    Tree template = deployment.spec().tree("template", "spec");
    assertThat(template.items("containers").tree(0).text("imagePullPolicy")).isEqualTo("Always");
  }

  @Test
  void countsGenerationsOfWhatIsWantedOnly() {
    KubeObject deployment = api.create(Resources.DEPLOYMENTS, DEPLOYMENT);
    KubeObject scaled =
        api.update(Resources.DEPLOYMENTS, "", deployment.with(3L, "spec", "replicas"));
    assertThat(scaled.generation()).isEqualTo(2);
    KubeObject seen =
        api.update(Resources.DEPLOYMENTS, "status", scaled.with(3L, "status", "replicas"));
    assertThat(seen.generation()).isEqualTo(2);
  }

  @Test
  void keepsSelectorOfDeployment() {
    KubeObject deployment = api.create(Resources.DEPLOYMENTS, DEPLOYMENT);
    KubeObject moved =
        deployment
            .with("z", "spec", "selector", "matchLabels", "a")
            .with("z", "spec", "template", "metadata", "labels", "a");
    assertThatThrownBy(() -> api.update(Resources.DEPLOYMENTS, "", moved))
        .hasMessage(
            "Deployment.apps \"web\" is invalid: spec.selector: Invalid value:"
                + " {\"matchLabels\":{\"a\":\"z\"}}: field is immutable");
  }

  @Test
  void scalesThroughSubresource() {
    api.create(Resources.DEPLOYMENTS, DEPLOYMENT);
    KubeObject scale = api.one(api.request(Verb.GET, Resources.DEPLOYMENTS, "web").of("scale"));
    assertThat(scale.kind()).isEqualTo("Scale");
    assertThat(scale.status().text("selector")).isEqualTo("a=b");
    KubeObject scaled =
        api.update(Resources.DEPLOYMENTS, "scale", scale.with(5L, "spec", "replicas"));
    assertThat(scaled.spec().number(0, "replicas")).isEqualTo(5);
    assertThat(api.get(Resources.DEPLOYMENTS, "web").spec().number(0, "replicas")).isEqualTo(5);
  }

  @Test
  void givesEveryServiceItsOwnAddressAndNodePort() {
    KubeObject first = api.create(Resources.SERVICES, service("one"));
    KubeObject second = api.create(Resources.SERVICES, service("two"));
    assertThat(first.spec().text("clusterIP")).startsWith("10.");
    assertThat(first.spec().text("clusterIP")).isNotEqualTo(second.spec().text("clusterIP"));
    long port = first.spec().items("ports").tree(0).number(0, "nodePort");
    assertThat(port).isBetween(30000L, 32767L);
    assertThat(first.spec().items("ports").tree(0).number(0, "targetPort")).isEqualTo(80);
    KubeObject bare =
        first
            .without("spec", "clusterIP")
            .without("spec", "clusterIPs")
            .with("x", "metadata", "labels", "l");
    KubeObject updated = api.update(Resources.SERVICES, "", bare);
    assertThat(updated.spec().text("clusterIP")).isEqualTo(first.spec().text("clusterIP"));
  }

  private static String service(String name) {
    return "{metadata: {name: " + name + "}, spec: {type: NodePort, ports: [{port: 80}]}}";
  }

  @Test
  void keepsTextOfSecretAsData() {
    KubeObject secret =
        api.create(Resources.SECRETS, "{metadata: {name: s}, stringData: {k: hello}}");
    assertThat(secret.tree().text("data", "k")).isEqualTo("aGVsbG8=");
    assertThat(secret.tree().has("stringData")).isFalse();
    assertThat(secret.tree().text("type")).isEqualTo("Opaque");
  }

  @Test
  void deletesUnscheduledPodAtOnceAndGivesBoundOneTime() {
    api.create(Resources.PODS, POD);
    api.answer(api.request(Verb.DELETE, Resources.PODS, "web"));
    assertThatThrownBy(() -> api.get(Resources.PODS, "web")).hasMessageContaining("not found");
    api.create(Resources.PODS, POD);
    bind("web", "node-1");
    KubeObject ending = api.one(api.request(Verb.DELETE, Resources.PODS, "web"));
    assertThat(ending.metadata().number(0, "deletionGracePeriodSeconds")).isEqualTo(30);
    api.answer(
        api.request(Verb.DELETE, Resources.PODS, "web").with(new DeleteOptions(0, "", "", "")));
    assertThatThrownBy(() -> api.get(Resources.PODS, "web")).hasMessageContaining("not found");
  }

  @Test
  void bindsPodOnce() {
    api.create(Resources.PODS, POD);
    bind("web", "node-1");
    assertThat(api.get(Resources.PODS, "web").spec().text("nodeName")).isEqualTo("node-1");
    assertThatThrownBy(() -> bind("web", "node-2"))
        .hasMessage(
            "Operation cannot be fulfilled on pods/binding \"web\": pod web is already assigned to"
                + " node \"node-1\"");
  }

  private void bind(String pod, String node) {
    api.answer(
        api.request(Verb.CREATE, Resources.PODS, pod)
            .of("binding")
            .with(new ApiRequest.Body.Whole(TestApi.yaml("{target: {name: " + node + "}}"))));
  }

  @Test
  void refusesChangeOfRunningPodExceptItsImage() {
    KubeObject pod = api.create(Resources.PODS, POD);
    Tree container = pod.spec().items("containers").tree(0).with("image", "nginx:1.28");
    KubeObject newer =
        pod.with(pod.spec().items("containers").with(0, container), "spec", "containers");
    assertThat(api.update(Resources.PODS, "", newer).generation()).isEqualTo(2);
    assertThatThrownBy(
            () ->
                api.update(
                    Resources.PODS,
                    "",
                    pod.without("metadata", "resourceVersion").with("h", "spec", "hostname")))
        .hasMessageStartingWith(
            "Pod \"web\" is invalid: spec: Forbidden: pod updates may not change");
  }

  @Test
  void letsDeadlineOfPodComeForwardOnly() {
    KubeObject pod = api.create(Resources.PODS, POD).with(60L, "spec", "activeDeadlineSeconds");
    KubeObject limited = api.update(Resources.PODS, "", pod);
    KubeObject sooner =
        api.update(Resources.PODS, "", limited.with(30L, "spec", "activeDeadlineSeconds"));
    assertThat(sooner.spec().number(0, "activeDeadlineSeconds")).isEqualTo(30);
    assertThatThrownBy(
            () -> api.update(Resources.PODS, "", sooner.with(90L, "spec", "activeDeadlineSeconds")))
        .hasMessage(
            "Pod \"web\" is invalid: spec.activeDeadlineSeconds: Invalid value: 90: must be less"
                + " than or equal to previous value");
  }

  @Test
  void endsNamespaceOnlyOnceItIsFinalized() {
    api.create(Resources.NAMESPACES, "{metadata: {name: team}}");
    KubeObject ending = api.one(api.request(Verb.DELETE, Resources.NAMESPACES, "team"));
    assertThat(ending.status().text("phase")).isEqualTo("Terminating");
    assertThatThrownBy(() -> api.create(Resources.CONFIG_MAPS, "team", "{metadata: {name: a}}"))
        .hasMessage(
            "configmaps \"a\" is forbidden: unable to create new content in namespace team because"
                + " it is being terminated");
    api.update(Resources.NAMESPACES, "finalize", ending.without("spec", "finalizers"));
    assertThatThrownBy(() -> api.get(Resources.NAMESPACES, "team"))
        .hasMessage("namespaces \"team\" not found");
  }
}
