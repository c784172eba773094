package io.kuber.testkit.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.http.Headers;
import io.kuber.http.Request;
import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.junit.KuberTest;
import io.kuber.testkit.server.Follower;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks as lambdas, and over HTTPS. */
@KuberTest
final class WebhooksTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final ResourceType MAPS = Resources.CONFIG_MAPS;

  private final Client client;
  private final Webhooks inProcess;
  private final TestCluster cluster;

  WebhooksTest(TestCluster cluster) {
    this.cluster = cluster;
    this.client = cluster.client();
    this.inProcess = cluster.webhooks();
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException refused ? refused : e;
    }
  }

  private static KubeObject map(String name) {
    return MAPS.object("default", name).with(Tree.of("key", "value"), "data");
  }

  private KubeObject create(String name) {
    return await(client.create(MAPS, map(name)));
  }

  private static KubeObject labelled(KubeObject object, String label, String value) {
    return object.with(value, "metadata", "labels", label);
  }

  private Webhooks webhooks(boolean overHttps) {
    return overHttps ? inProcess.overHttps() : inProcess;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void changesWhatIsWritten(boolean overHttps) {
    webhooks(overHttps)
        .mutate("team", Writes.create("configmaps"), map -> labelled(map, "team", "shop"));
    assertThat(create("a").labels()).containsEntry("team", "shop");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesWhatIsWritten(boolean overHttps) {
    webhooks(overHttps)
        .validate(
            "no-b",
            Writes.of("configmaps").by("CREATE", "UPDATE"),
            review ->
                review.object().name().equals("b")
                    ? Verdict.deny("there is no b")
                    : Verdict.allow());
    create("a");
    assertThatThrownBy(() -> create("b"))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.reason()).isEqualTo(StatusReason.FORBIDDEN))
        .hasMessage(
            "admission webhook \"no-b.webhooks.kuber.io\" denied the request: there is no b");
  }

  @Test
  void seesOldAndNewStateOfEveryKindOfWrite() {
    ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    inProcess.validate(
        "all",
        Writes.of("configmaps"),
        review -> {
          seen.add(
              review.operation()
                  + " "
                  + review.request().text("name")
                  + " "
                  + review.old().isPresent()
                  + " "
                  + review.request().text("requestKind", "kind")
                  + " "
                  + review.user());
          return Verdict.allow();
        });
    create("a");
    Tree patch = Tree.of("data", Tree.of("key", "other"));
    await(client.patch(MAPS, "default", "a", "", PatchType.MERGE, patch));
    await(client.delete(MAPS, "default", "a", DeleteOptions.DEFAULT));
    assertThat(seen)
        .containsExactly(
            "CREATE a false ConfigMap kubernetes-admin",
            "UPDATE a true ConfigMap kubernetes-admin",
            "DELETE a true ConfigMap kubernetes-admin");
  }

  @Test
  void asksAgainThoseWhoWantToSeeWhatOthersChange() {
    AtomicInteger asked = new AtomicInteger();
    inProcess.mutating(
        "a-first",
        Writes.create("configmaps").again(),
        review -> {
          asked.incrementAndGet();
          String seen = String.valueOf(review.object().labels().containsKey("late"));
          return Verdict.change(labelled(review.object(), "saw-late", seen));
        });
    inProcess.mutate("b-second", Writes.create("configmaps"), map -> labelled(map, "late", "yes"));
    assertThat(create("a").labels()).containsEntry("late", "yes").containsEntry("saw-late", "true");
    assertThat(asked).hasValue(2);
  }

  @Test
  void holdsUpWritesThatItCannotReviewUnlessItIsLenient() {
    inProcess.validate(
        "broken",
        Writes.create("configmaps"),
        review -> {
          throw new IllegalStateException("out of order");
        });
    assertThatThrownBy(() -> create("a"))
        .hasMessage(
            "Internal error occurred: failed calling webhook \"broken.webhooks.kuber.io\": failed to"
                + " call webhook: java.lang.IllegalStateException: out of order");
    inProcess.validate(
        "broken",
        Writes.create("configmaps").unlessItFails(),
        review -> {
          throw new IllegalStateException("out of order");
        });
    assertThat(create("a").uid()).isNotEmpty();
  }

  @Test
  void keepsIdentityWhateverAWebhookChanges() {
    inProcess.mutate(
        "thief",
        Writes.create("configmaps"),
        map -> map.with("stolen", "metadata", "name").with("me", "metadata", "uid"));
    KubeObject created = create("a");
    assertThat(created.name()).isEqualTo("a");
    assertThat(created.uid()).hasSize(36);
  }

  @Test
  void completesAndChecksWhatAWebhookChanges() {
    inProcess.mutate(
        "sidecar",
        Writes.create("pods"),
        pod ->
            pod.withChild(
                "spec",
                spec ->
                    spec.with(
                        "containers",
                        spec.items("containers").plus(Tree.of("name", "side", "image", "car")))));
    KubeObject pod =
        Resources.PODS
            .object("default", "web")
            .with(Items.of(Tree.of("name", "main", "image", "some")), "spec", "containers");
    List<Tree> containers =
        await(client.create(Resources.PODS, pod)).spec().items("containers").trees();
    assertThat(containers).extracting(each -> each.text("name")).containsExactly("main", "side");
    assertThat(containers.get(1).text("imagePullPolicy")).isEqualTo("Always");
    inProcess.mutate("sidecar", Writes.create("pods"), each -> each.without("spec", "containers"));
    assertThatThrownBy(
            () -> await(client.create(Resources.PODS, pod.with("bad", "metadata", "name"))))
        .hasMessageContaining("spec.containers: Required value");
  }

  /** The configuration is the test's own: selectors, conditions, versions. */
  private void configure(String hook) {
    configure(inProcess.serve("own", review -> Verdict.deny("no")), hook);
  }

  private void configure(Endpoint endpoint, String hook) {
    String yaml =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: own}
        webhooks:
        - name: own.example.com
          clientConfig: {url: '%s', caBundle: '%s'}
          sideEffects: None
          admissionReviewVersions: [v1]
        %s
        """
            .formatted(endpoint.url(), endpoint.caBundle(), hook.indent(2));
    Tree tree = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
    await(client.apply(Resources.VALIDATING_WEBHOOK_CONFIGURATIONS, "", KubeObject.of(tree), true));
  }

  @Test
  void asksOnlyWhomSelectorsAndConditionsMean() {
    configure(
        """
        rules: [{operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [configmaps]}]
        objectSelector: {matchLabels: {checked: 'yes'}}
        namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}}
        matchConditions:
        - {name: not-free, expression: "!object.metadata.name.startsWith('free')"}
        - {name: by-admin, expression: "request.userInfo.username == 'kubernetes-admin'"}
        """);
    create("plain");
    await(client.create(MAPS, labelled(map("free-1"), "checked", "yes")));
    KubeObject checked = labelled(map("a"), "checked", "yes");
    KubeObject elsewhere = checked.with("kube-system", "metadata", "namespace");
    await(client.create(MAPS, elsewhere));
    assertThatThrownBy(() -> await(client.create(MAPS, checked)))
        .hasMessage("admission webhook \"own.example.com\" denied the request: no");
  }

  @Test
  void findsEquivalentVersionsUnlessOnlyTheExactOneIsWanted() {
    String rules =
        "rules: [{operations: ['*'], apiGroups: [extensions], apiVersions: [v1beta1], resources:"
            + " [deployments]}]\n";
    KubeObject deployment =
        Resources.DEPLOYMENTS
            .object("default", "web")
            .with(Tree.of("app", "web"), "spec", "selector", "matchLabels")
            .with(Tree.of("app", "web"), "spec", "template", "metadata", "labels")
            .with(
                Items.of(Tree.of("name", "main", "image", "some")),
                "spec",
                "template",
                "spec",
                "containers");
    configure(rules);
    assertThatThrownBy(() -> await(client.create(Resources.DEPLOYMENTS, deployment)))
        .hasMessage("admission webhook \"own.example.com\" denied the request: no");
    configure(rules + "matchPolicy: Exact\n");
    assertThat(await(client.create(Resources.DEPLOYMENTS, deployment)).uid()).isNotEmpty();
  }

  @Test
  void givesUpAWebhookThatTakesTooLong() {
    CountDownLatch end = new CountDownLatch(1);
    Endpoint endpoint =
        inProcess
            .overHttps()
            .serve(
                "own",
                review -> {
                  awaitEnd(end);
                  return Verdict.allow();
                });
    configure(
        endpoint,
        """
        rules: [{operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [configmaps]}]
        timeoutSeconds: 1
        """);
    assertThatThrownBy(() -> create("a"))
        .hasMessage(
            "Internal error occurred: failed calling webhook \"own.example.com\": failed to call"
                + " webhook: Post \""
                + endpoint.url()
                + "?timeout=1s\": context deadline exceeded");
    end.countDown();
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Tree parsed(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void answersWholeReviewsAsJson() {
    Endpoint endpoint =
        inProcess.serveJson(
            "own",
            json ->
                """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
                 "response": {"uid": "%s", "allowed": false, "status": {"message": "by JSON"}}}
                """
                    .formatted(parsed(json).text("request", "uid")));
    configure(
        endpoint,
        """
        rules: [{operations: [DELETE], apiGroups: [''], apiVersions: [v1], resources: [configmaps]}]
        """);
    await(client.create(MAPS, MAPS.object("default", "a")));
    assertThatThrownBy(() -> await(client.delete(MAPS, "default", "a", DeleteOptions.DEFAULT)))
        .hasMessage("admission webhook \"own.example.com\" denied the request: by JSON");
  }

  @Test
  void saysThatAConditionCannotBeEvaluated() {
    configure(
        """
        rules: [{operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [configmaps]}]
        matchConditions: [{name: bad, expression: "object.none == 1"}]
        """);
    assertThatThrownBy(() -> create("a"))
        .hasMessage(
            "configmaps \"a\" is forbidden: expression 'object.none == 1' resulted in error: no such"
                + " key: none");
  }

  @Test
  void seesEvictionsAsTheyAreSent() {
    inProcess.validate(
        "no-eviction",
        Writes.create("pods/eviction"),
        review ->
            Verdict.deny(
                review.object().kind() + " of " + review.object().name() + " is not wanted"));
    KubeObject pod =
        Resources.PODS
            .object("default", "web")
            .with(Items.of(Tree.of("name", "main", "image", "some")), "spec", "containers");
    await(client.create(Resources.PODS, pod));
    KubeObject eviction = KubeObject.of("policy/v1", "Eviction", "default", "web");
    assertThatThrownBy(
            () ->
                await(
                    client.createSubresource(
                        Resources.PODS, "default", "web", "eviction", eviction)))
        .hasMessageEndingWith("denied the request: Eviction of web is not wanted");
  }

  @Test
  void warnsWhoeverWrites() throws Exception {
    inProcess.validate(
        "warner", Writes.of("configmaps"), review -> Verdict.allow().warning("mind the gap"));
    byte[] body =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}"
            .getBytes(StandardCharsets.UTF_8);
    Request request =
        new Request(
            "POST",
            "/api/v1/namespaces/default/configmaps",
            Headers.of("Content-Type", "application/json"),
            body,
            Request.of("GET", "/").protocol(),
            Request.of("GET", "/").peer());
    assertThat(Heads.of(cluster.server(), request).first("Warning"))
        .hasValue("299 - \"mind the gap\"");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void convertsBetweenVersions(boolean overHttps) {
    ResourceType old =
        new ResourceType(
            "kuber.example", "v1", "Note", "notes", "note", true, List.of(), List.of());
    String definition =
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: notes.kuber.example}
        spec:
          group: kuber.example
          names: {kind: Note, plural: notes, singular: note}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: false
            schema:
              openAPIV3Schema: {type: object, properties: {title: {type: string}}}
          - name: v2
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, properties: {heading: {type: string}}}
        """;
    Tree tree = Yaml.parse(definition.getBytes(StandardCharsets.UTF_8));
    await(client.create(Resources.CUSTOM_RESOURCE_DEFINITIONS, KubeObject.of(tree)));
    webhooks(overHttps)
        .convert(
            "notes.kuber.example",
            (note, version) ->
                version.equals("v2")
                    ? note.with(note.tree().text("title"), "heading").without("title")
                    : note.with(note.tree().text("heading"), "title").without("heading"));
    cluster.awaitIdle();
    while (!isServed(old)) {
      Thread.onSpinWait();
    }
    KubeObject note = old.object("default", "it").with("Hello", "title");
    assertThat(await(client.create(old, note)).tree().text("title")).isEqualTo("Hello");
    ResourceType stored = old.in("kuber.example", "v2");
    assertThat(await(client.get(stored, "default", "it")).tree().text("heading"))
        .isEqualTo("Hello");
  }

  private boolean isServed(ResourceType type) {
    return await(
        client
            .get(type, "default", "none")
            .handle((found, failure) -> String.valueOf(failure).contains("notes")));
  }

  @Test
  void goesWithTheClusterThatItIsIn() throws Exception {
    inProcess.mutate("team", Writes.create("configmaps"), map -> labelled(map, "team", "shop"));
    try (TestCluster fork = cluster.fork()) {
      KubeObject created = await(fork.client().create(MAPS, map("a")));
      assertThat(created.labels()).containsEntry("team", "shop");
    }
    inProcess.remove("team");
    assertThat(create("a").labels()).isEmpty();
  }

  @Test
  void answersOnVirtualTimeToo() {
    try (VirtualCluster virtual = VirtualCluster.start(VirtualOptions.of(3, 1))) {
      virtual
          .webhooks()
          .mutate("team", Writes.create("pods"), pod -> labelled(pod, "team", "shop"));
      virtual.create(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web}
          spec:
            replicas: 2
            selector: {matchLabels: {app: web}}
            template:
              metadata: {labels: {app: web}}
              spec: {containers: [{name: web, image: some}]}
          """);
      virtual.settle();
      assertThat(virtual.list(Resources.PODS, "default"))
          .hasSize(2)
          .allSatisfy(pod -> assertThat(pod.labels()).containsEntry("team", "shop"));
    }
  }

  @Test
  void believesCertificatesByTheClockOfTheServerThatAsks() {
    try (VirtualCluster virtual = VirtualCluster.start(VirtualOptions.of(3, 0))) {
      virtual
          .webhooks()
          .overHttps()
          .mutate("team", Writes.create("configmaps"), map -> labelled(map, "team", "shop"));
      Follower late = virtual.servers().follower("late");
      late.skew(Duration.ofDays(366));
      CompletionStage<KubeObject> timely = virtual.client().create(MAPS, map("timely"));
      CompletionStage<KubeObject> refused = late.client().create(MAPS, map("late"));
      virtual.advance(Duration.ZERO);
      assertThat(await(timely).labels()).containsEntry("team", "shop");
      assertThatThrownBy(() -> await(refused))
          .hasMessageContaining("failed calling webhook \"team.webhooks.kuber.io\"")
          .hasMessageContaining("x509: certificate has expired or is not yet valid");
    }
  }
}
