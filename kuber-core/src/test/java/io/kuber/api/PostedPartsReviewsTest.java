package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiRequest.Body;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What admission sees of what is posted to a path of an object: a Binding, an Eviction. */
final class PostedPartsReviewsTest {
  private static final String BINDING = "{metadata: {name: p}, target: {kind: Node, name: n1}}";
  private static final String CREATES =
      "apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [%s]";
  private static final String ALLOWED = "{allowed: true}";

  private final Reviewed reviewed = new Reviewed();
  private final TestApi plane = reviewed.plane;

  @BeforeEach
  void begin() {
    plane.create(
        Resources.PODS,
        "{metadata: {name: p, labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}");
  }

  private void post(Api api, ResourceType type, String part, String body) {
    String name = type.equals(Resources.BINDINGS) ? "" : "p";
    var answer =
        api.handle(
            plane
                .request(Verb.CREATE, type, name)
                .of(part)
                .with(new Body.Whole(TestApi.yaml(body))));
    plane.loops.settle();
    TestApi.resolved(answer);
  }

  private String node() {
    return plane.get(Resources.PODS, "p").spec().text("nodeName");
  }

  private static String patching(String operations) {
    return "{allowed: true, patchType: JSONPatch, patch: %s}"
        .formatted(Base64.getEncoder().encodeToString(operations.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({"validating", "mutating"})
  void showsWebhooksTheBindingOfAPod(String kind) {
    reviewed.hook(kind, CREATES.formatted("pods/binding"));
    post(reviewed.answering(ALLOWED), Resources.PODS, "binding", BINDING);
    assertThat(reviewed.reviews).hasSize(1);
    Tree review = reviewed.reviews.get(0);
    assertThat(review.text("operation")).isEqualTo("CREATE");
    assertThat(review.tree("kind"))
        .isEqualTo(TestApi.yaml("{group: '', version: v1, kind: Binding}"));
    assertThat(review.tree("requestKind")).isEqualTo(review.tree("kind"));
    assertThat(review.tree("resource"))
        .isEqualTo(TestApi.yaml("{group: '', version: v1, resource: pods}"));
    assertThat(review.text("subResource")).isEqualTo("binding");
    assertThat(review.text("name")).isEqualTo("p");
    assertThat(review.text("namespace")).isEqualTo("default");
    assertThat(review.text("object", "target", "name")).isEqualTo("n1");
    assertThat(node()).isEqualTo("n1");
  }

  @Test
  void showsWebhooksABindingThatIsPostedForItself() {
    reviewed.hook("validating", CREATES.formatted("bindings"));
    post(reviewed.answering(ALLOWED), Resources.BINDINGS, "", BINDING);
    assertThat(reviewed.reviews).hasSize(1);
    Tree review = reviewed.reviews.get(0);
    assertThat(review.text("resource", "resource")).isEqualTo("bindings");
    assertThat(review.has("subResource")).isFalse();
    assertThat(review.text("name")).isEqualTo("p");
    assertThat(node()).isEqualTo("n1");
  }

  @Test
  void bindsToTheNodeThatAWebhookWants() {
    reviewed.hook("mutating", CREATES.formatted("pods/binding"));
    Api api =
        reviewed.answering(
            patching("[{'op':'replace','path':'/target/name','value':'n2'}]".replace('\'', '"')));
    post(api, Resources.PODS, "binding", BINDING);
    assertThat(node()).isEqualTo("n2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pods/binding       | binding  | {target: {name: n1}}",
        "pods/eviction      | eviction | {metadata: {name: p}}",
        "'''*/*'''          | binding  | {target: {name: n1}}"
      })
  void holdsPoliciesAgainstWhatIsPosted(String resource, String part, String body) {
    reviewed.policy(
        "resourceRules: [{%s}]".formatted(CREATES.formatted(resource).replace("''*/*''", "'*/*'")),
        "expression: \"object.kind == 'Pod'\", message: never");
    assertThatThrownBy(() -> post(plane.api, Resources.PODS, part, body))
        .isInstanceOf(ApiException.class)
        .hasMessageEndingWith("denied request: never");
    assertThat(node()).isEmpty();
    assertThat(plane.get(Resources.PODS, "p").isBeingDeleted()).isFalse();
  }

  /** The pod has them, but neither its Binding nor its Eviction shows them. */
  @Test
  void findsNoLabelsOfThePod() {
    reviewed.policy(
        "resourceRules: [{%s}], objectSelector: {matchLabels: {app: web}}"
            .formatted(CREATES.formatted("pods/binding, pods/eviction")),
        "expression: 'false'");
    post(plane.api, Resources.PODS, "binding", BINDING);
    assertThat(node()).isEqualTo("n1");
  }

  @Test
  void evictsAsAWebhookWants() {
    reviewed.hook("mutating", CREATES.formatted("pods/eviction"));
    post(
        reviewed.answering(
            patching(
                "[{'op':'add','path':'/deleteOptions','value':{'dryRun':['All']}}]"
                    .replace('\'', '"'))),
        Resources.PODS,
        "eviction",
        "{metadata: {name: p}}");
    assertThat(plane.get(Resources.PODS, "p").isBeingDeleted()).isFalse();
  }

  @Test
  void bindsNoOtherPodOfTheName() {
    assertThatThrownBy(
            () ->
                post(
                    plane.api,
                    Resources.PODS,
                    "binding",
                    "{metadata: {name: p, uid: other}, target: {name: n1}}"))
        .hasMessageContaining("Precondition failed: UID in precondition: other");
  }

  @Test
  void bindsNoPodWithGates() {
    KubeObject gated =
        plane.create(
            Resources.PODS,
            "{metadata: {name: g}, spec: {schedulingGates: [{name: example.com/a}], containers:"
                + " [{name: c, image: i}]}}");
    assertThat(gated.spec().items("schedulingGates").size()).isEqualTo(1);
    assertThatThrownBy(
            () -> post(plane.api, Resources.BINDINGS, "", BINDING.replace("name: p", "name: g")))
        .hasMessageEndingWith("pod g has non-empty .spec.schedulingGates");
  }

  @Test
  void changesBindingsByPolicies() {
    change(
        CREATES.formatted("pods/binding"),
        "Object{metadata: Object.metadata{annotations: {'rack': object.target.name}}}");
    post(plane.api, Resources.PODS, "binding", BINDING);
    assertThat(plane.get(Resources.PODS, "p").annotations()).containsEntry("rack", "n1");
  }

  @Test
  void changesScalesByPolicies() {
    plane.create(
        Resources.DEPLOYMENTS,
        "{metadata: {name: p}, spec: {replicas: 1, selector: {matchLabels: {app: web}}, template:"
            + " {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: i}]}}}}");
    change(
        "apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources:"
            + " [deployments/scale]",
        "Object{spec: Object.spec{replicas: object.spec.replicas > 3 ? 3 : object.spec.replicas}}");
    TestApi.resolved(
        plane.api.handle(
            plane
                .request(Verb.UPDATE, Resources.DEPLOYMENTS, "p")
                .of("scale")
                .with(
                    new Body.Whole(
                        TestApi.yaml(
                            "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: p}, spec:"
                                + " {replicas: 9}}")))));
    assertThat(plane.get(Resources.DEPLOYMENTS, "p").spec().number(0, "replicas")).isEqualTo(3);
  }

  /** No document tells of the fields of these options, so no policy can change them. */
  @Test
  void letsNoPolicyChangeAConnection() {
    change(
        "apiGroups: [''], apiVersions: [v1], operations: [CONNECT], resources: [pods/exec]",
        "Object{tty: false}");
    var asked =
        plane.api.connect(
            plane
                .request(Verb.CREATE, Resources.PODS, "p")
                .of("exec")
                .with(
                    new Body.Whole(
                        TestApi.yaml("{kind: PodExecOptions, apiVersion: v1, tty: true}"))));
    assertThat(asked.toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("Resource kind /v1, Kind=PodExecOptions not found");
  }

  private void change(String rule, String object) {
    plane.create(
        Resources.MUTATING_ADMISSION_POLICIES,
        ("{metadata: {name: m}, spec: {reinvocationPolicy: Never, matchConstraints: {resourceRules:"
                + " [{%s}]}, mutations: [{patchType: ApplyConfiguration, applyConfiguration:"
                + " {expression: \"%s\"}}]}}")
            .formatted(rule, object));
    plane.create(
        Resources.MUTATING_ADMISSION_POLICY_BINDINGS,
        "{metadata: {name: b}, spec: {policyName: m}}");
  }
}
