package io.kuber.controller.endpointslicemirroring;

import static io.kuber.controller.ControlPlane.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.controller.garbage.GarbageController;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MirroringControllerTest {
  private static final String SERVICE = "{metadata: {name: db}, spec: {ports: [{port: 5432}]}}";

  private static final String ENDPOINTS =
      """
      metadata: {name: db, labels: {team: blue}}
      subsets:
      - addresses: [{ip: 192.0.2.1}, {ip: "2001:db8::1"}]
        notReadyAddresses: [{ip: 192.0.2.2, hostname: two}]
        ports: [{port: 5432}]
      """;

  private final ControlPlane plane =
      new ControlPlane(new MirroringController(), new GarbageController(() -> Resources.ALL));

  private List<KubeObject> slices() {
    return plane.list(Resources.ENDPOINT_SLICES);
  }

  private List<KubeObject> slices(String addressType) {
    return slices().stream()
        .filter(slice -> slice.tree().text("addressType").equals(addressType))
        .toList();
  }

  @Test
  void copiesWhatWasWrittenByHand() {
    plane.create(Resources.SERVICES, SERVICE);
    plane.create(Resources.ENDPOINTS, ENDPOINTS);
    assertThat(slices("IPv6")).hasSize(1);
    KubeObject slice = slices("IPv4").get(0);
    assertThat(slice.name()).startsWith("db-");
    assertThat(slice.labels())
        .containsEntry("team", "blue")
        .containsEntry("kubernetes.io/service-name", "db")
        .containsEntry(
            "endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io");
    assertThat(
            Tree.of(
                "endpoints", slice.tree().items("endpoints"), "ports", slice.tree().items("ports")))
        .isEqualTo(
            yaml("""
            endpoints:
            - {addresses: [192.0.2.1], conditions: {ready: true}}
            - {addresses: [192.0.2.2], conditions: {ready: false}, hostname: two}
            ports: [{name: "", port: 5432, protocol: TCP}]
            """)
                .tree());
  }

  @Test
  void waitsForTheService() {
    plane.create(Resources.ENDPOINTS, ENDPOINTS);
    assertThat(slices()).isEmpty();
    plane.create(Resources.SERVICES, SERVICE);
    assertThat(slices()).hasSize(2);
  }

  @Test
  void keepsTheSliceWhenAddressesChange() {
    plane.create(Resources.SERVICES, SERVICE);
    KubeObject endpoints = plane.create(Resources.ENDPOINTS, ENDPOINTS);
    String name = slices("IPv4").get(0).name();
    KubeObject moved =
        endpoints.with(
            yaml("s: [{addresses: [{ip: 192.0.2.9}], ports: [{port: 5432}]}]").tree().items("s"),
            "subsets");
    plane.update(Resources.ENDPOINTS, moved);
    assertThat(slices()).extracting(KubeObject::name).containsExactly(name);
    assertThat(slices().get(0).tree().items("endpoints").tree(0).items("addresses").texts())
        .containsExactly("192.0.2.9");
  }

  @Test
  void leavesAloneWhatIsNotToBeCopied() {
    plane.create(Resources.SERVICES, SERVICE);
    KubeObject endpoints = plane.create(Resources.ENDPOINTS, ENDPOINTS);
    plane.update(
        Resources.ENDPOINTS,
        endpoints.with("true", "metadata", "labels", "endpointslice.kubernetes.io/skip-mirror"));
    assertThat(slices()).isEmpty();
  }

  @Test
  void makesNoCopyForServiceThatHasSelector() {
    plane.create(
        Resources.SERVICES,
        "{metadata: {name: db}, spec: {selector: {app: db}, ports: [{port: 5432}]}}");
    plane.create(Resources.ENDPOINTS, ENDPOINTS);
    assertThat(slices()).isEmpty();
  }

  @Test
  void endsTheCopyWithTheOriginal() {
    plane.create(Resources.SERVICES, SERVICE);
    KubeObject endpoints = plane.create(Resources.ENDPOINTS, ENDPOINTS);
    plane.delete(Resources.ENDPOINTS, endpoints, "");
    assertThat(slices()).isEmpty();
  }
}
