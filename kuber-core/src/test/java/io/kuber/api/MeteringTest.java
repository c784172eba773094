package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Access;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.ApiAnswer.Many;
import io.kuber.api.ApiAnswer.One;
import io.kuber.api.NodeReading.Amounts;
import io.kuber.api.NodeReading.PodReading;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of metrics.k8s.io, made of readings. */
final class MeteringTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00.5Z");
  private static final Duration WINDOW = Duration.ofMillis(5_030);

  private final TestApi cluster = new TestApi();
  private final KubeObject web = pod("web", "{app: web}");
  private final KubeObject db = pod("db", "{app: db}");
  private final Api api =
      new Api(
          cluster.store,
          cluster.hub,
          BuiltInKinds::catalogue,
          AdmissionChain.standard(cluster.loops),
          Access.ofAdministrators(),
          cluster.loops,
          Witness.NOBODY,
          () -> List.of(reading("n1", web, db), reading("unknown")));

  private KubeObject pod(String name, String labels) {
    return cluster.create(
        Resources.PODS,
        "{metadata: {name: %s, labels: %s}, spec: {containers: [{name: c, image: i}]}}"
            .formatted(name, labels));
  }

  private static NodeReading reading(String node, KubeObject... pods) {
    Map<String, Amounts> used = Map.of("c", new Amounts(250_000_000, 3 << 20));
    return new NodeReading(
        node,
        NOW,
        WINDOW,
        new Amounts(1_500_000_000, 2048),
        List.of(pods).stream()
            .map(pod -> new PodReading(pod.namespace(), pod.name(), pod.uid(), NOW, WINDOW, used))
            .toList());
  }

  private ApiAnswer ask(ApiRequest request) {
    return api.handle(request).toCompletableFuture().join();
  }

  @Test
  void showsWhatAPodUses() {
    One answer = (One) ask(cluster.request(Verb.GET, Resources.POD_METRICS, "web"));
    assertThat(answer.object().without("metadata", "resourceVersion").tree())
        .isEqualTo(
            TestApi.yaml(
                """
                apiVersion: metrics.k8s.io/v1beta1
                kind: PodMetrics
                metadata:
                  name: web
                  namespace: default
                  creationTimestamp: "2026-01-01T00:10:00Z"
                  labels: {app: web}
                timestamp: "2026-01-01T00:10:00Z"
                window: 5.03s
                containers:
                - name: c
                  usage: {cpu: 250000000n, memory: 3072Ki}
                """));
  }

  @Test
  void showsWhatANodeUsesIfTheClusterKnowsIt() {
    cluster.create(Resources.NODES, "", "{metadata: {name: n1, labels: {zone: a}}}");
    Many answer = (Many) ask(cluster.request(Verb.LIST, Resources.NODE_METRICS, ""));
    assertThat(answer.objects()).hasSize(1);
    KubeObject node = answer.objects().get(0);
    assertThat(node.name()).isEqualTo("n1");
    assertThat(node.labels()).containsEntry("zone", "a");
    assertThat(node.tree().text("usage", "cpu")).isEqualTo("1500000000n");
    assertThat(node.tree().text("usage", "memory")).isEqualTo("2Ki");
  }

  @Test
  void selectsPodsByTheirLabels() {
    ReadOptions onlyDb = ReadOptions.selecting("app=db", "");
    Many answer = (Many) ask(cluster.request(Verb.LIST, Resources.POD_METRICS, "").with(onlyDb));
    assertThat(answer.objects()).extracting(KubeObject::name).containsExactly("db");
  }

  @Test
  void knowsNothingOfAPodThatNobodyMeasures() {
    pod("new", "{}");
    assertThatThrownBy(() -> ask(cluster.request(Verb.GET, Resources.POD_METRICS, "new")))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("pods.metrics.k8s.io \"new\" not found");
  }

  @Test
  void canOnlyBeRead() {
    assertThatThrownBy(() -> ask(cluster.request(Verb.DELETE, Resources.POD_METRICS, "web")))
        .hasMessageContaining("does not allow this method");
  }

  @ParameterizedTest
  @CsvSource({"5030, 5.03s", "15000, 15s", "60000, 1m0s", "61500, 1m1.5s", "0, 0s"})
  void printsWindowsAsGoDoes(long millis, String text) {
    assertThat(MetricsObjects.text(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
