package io.kuber.controller.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointSlicePlannerTest {
  private static final KubeObject SERVICE =
      yaml(
          """
          apiVersion: v1
          kind: Service
          metadata: {name: web, namespace: default, uid: s}
          spec: {ports: [{port: 80, targetPort: http}]}
          """);

  private static KubeObject yaml(String text) {
    return KubeObject.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static KubeObject pod(int number) {
    return yaml(
        """
        metadata: {name: p%1$d, namespace: default, uid: p%1$d}
        spec:
          nodeName: m
          containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]
        status:
          podIP: 10.0.%2$d.%3$d
          conditions: [{type: Ready, status: 'True'}]
        """
            .formatted(number, number / 250, number % 250 + 1));
  }

  private static List<KubeObject> pods(int from, int to) {
    List<KubeObject> pods = new ArrayList<>();
    for (int i = from; i < to; i++) {
      pods.add(pod(i));
    }
    return pods;
  }

  private static List<KubeObject> written(List<KubeObject> pods, List<KubeObject> slices) {
    return written(SERVICE, pods, slices, node -> Optional.of(""));
  }

  private static List<KubeObject> written(
      KubeObject service,
      List<KubeObject> pods,
      List<KubeObject> slices,
      EndpointSlicePlanner.Nodes nodes) {
    return EndpointSlicePlanner.plan(service, pods, slices, nodes).actions().stream()
        .map(
            action ->
                action instanceof Action.Create create
                    ? create.object()
                    : ((Action.Update) action).object())
        .toList();
  }

  private static Items endpoints(KubeObject slice) {
    return slice.tree().items("endpoints");
  }

  @Test
  void putsAtMostHundredEndpointsIntoSlice() {
    List<KubeObject> slices = written(pods(0, 250), List.of());
    assertThat(slices).extracting(slice -> endpoints(slice).size()).containsExactly(100, 100, 50);
    assertThat(slices.get(0).tree().items("ports").tree(0))
        .isEqualTo(Tree.of("name", "", "port", 8080L, "protocol", "TCP"));
  }

  @Test
  void writesNothingWhenNothingChanged() {
    List<KubeObject> slices = written(pods(0, 150), List.of());
    assertThat(written(pods(0, 150), slices)).isEmpty();
  }

  @Test
  void fillsGapsBeforeItMakesSlices() {
    List<KubeObject> slices = written(pods(0, 150), List.of());
    List<KubeObject> changed = written(pods(10, 155), slices);
    assertThat(changed).hasSize(1);
    assertThat(endpoints(changed.get(0)).size()).isEqualTo(95);
  }

  @Test
  void fillsTheSliceThatIsWrittenAnywayBeforeOneThatHasRoom() {
    List<KubeObject> slices = written(pods(0, 150), List.of());
    List<KubeObject> roomFirst = List.of(slices.get(1), slices.get(0));
    List<KubeObject> changed = written(pods(1, 151), roomFirst);
    assertThat(changed).hasSize(1);
    assertThat(endpoints(changed.get(0)).size()).isEqualTo(100);
  }

  @Test
  void keepsOneEmptySliceForServiceWithoutPods() {
    List<KubeObject> slices = written(List.of(), List.of());
    assertThat(slices).hasSize(1);
    assertThat(endpoints(slices.get(0)).isEmpty()).isTrue();
    assertThat(written(List.of(), slices)).isEmpty();
  }

  @Test
  void listsPodInDeletionAsTerminating() {
    KubeObject leaving = pod(1).with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp");
    Tree endpoint = endpoints(written(List.of(leaving), List.of()).get(0)).tree(0);
    assertThat(endpoint.tree("conditions"))
        .isEqualTo(Tree.of("ready", false, "serving", true, "terminating", true));
  }

  @Test
  void leavesOutPodsOfNodeThatIsGone() {
    List<KubeObject> slices = written(SERVICE, pods(0, 2), List.of(), node -> Optional.empty());
    assertThat(endpoints(slices.get(0)).isEmpty()).isTrue();
    KubeObject open = SERVICE.with(true, "spec", "publishNotReadyAddresses");
    slices = written(open, pods(0, 2), List.of(), node -> Optional.empty());
    assertThat(endpoints(slices.get(0)).size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "PreferClose; {forZones: [{name: z}]}",
        "PreferSameZone; {forZones: [{name: z}]}",
        "PreferSameNode; {forZones: [{name: z}], forNodes: [{name: m}]}",
        "''; {}"
      })
  void saysWhoseTrafficIsForAnEndpoint(String distribution, String hints) {
    KubeObject service = SERVICE.with(distribution, "spec", "trafficDistribution");
    Tree endpoint =
        endpoints(written(service, pods(1, 2), List.of(), node -> Optional.of("z")).get(0)).tree(0);
    assertThat(endpoint.text("zone")).isEqualTo("z");
    assertThat(endpoint.tree("hints")).isEqualTo(yaml(hints).tree());
    KubeObject unready = pod(1).without("status", "conditions");
    endpoint =
        endpoints(written(service, List.of(unready), List.of(), node -> Optional.of("z")).get(0))
            .tree(0);
    assertThat(endpoint.has("hints")).isFalse();
  }
}
