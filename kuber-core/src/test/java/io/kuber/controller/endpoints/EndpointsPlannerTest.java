package io.kuber.controller.endpoints;

import static io.kuber.controller.ControlPlane.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EndpointsPlannerTest {
  private static final KubeObject SERVICE =
      yaml(
          """
          metadata: {name: web, namespace: default, labels: {team: blue}}
          spec:
            clusterIP: 10.96.1.1
            selector: {app: web}
            ports:
            - {name: http, port: 80, targetPort: 8080, protocol: TCP}
            - {name: admin, port: 81, targetPort: admin, protocol: TCP}
          """);

  private static KubeObject pod(int number, boolean ready) {
    return yaml(
        """
        metadata: {name: web-%d, namespace: default, uid: u%d, labels: {app: web}}
        spec:
          nodeName: node-1
          containers:
          - ports: [{name: admin, containerPort: 900%d, protocol: TCP}]
        status:
          phase: Running
          podIP: 10.244.0.%d
          podIPs: [{ip: 10.244.0.%d}]
          conditions: [{type: Ready, status: "%s"}]
        """
            .formatted(number, number, number, number, number, ready ? "True" : "False"));
  }

  private static Tree subsets(KubeObject service, KubeObject... pods) {
    return Tree.of("subsets", made(service, List.of(pods)).tree().items("subsets"));
  }

  private static KubeObject made(KubeObject service, List<KubeObject> pods) {
    Plan plan = EndpointsPlanner.plan(service, pods, Optional.empty());
    Action first = ((Action.Announced) plan.actions().get(0)).action();
    return ((Action.Create) first).object();
  }

  @Test
  void groupsAddressesByThePortsTheyShare() {
    assertThat(subsets(SERVICE, pod(1, true), pod(2, false)))
        .isEqualTo(
            yaml("""
            subsets:
            - addresses: [&one {ip: 10.244.0.1, nodeName: node-1, targetRef:
                {kind: Pod, namespace: default, name: web-1, uid: u1}}]
              notReadyAddresses: [&two {ip: 10.244.0.2, nodeName: node-1, targetRef:
                {kind: Pod, namespace: default, name: web-2, uid: u2}}]
              ports: [{name: http, port: 8080, protocol: TCP}]
            - addresses: [*one]
              ports: [{name: admin, port: 9001, protocol: TCP}]
            - notReadyAddresses: [*two]
              ports: [{name: admin, port: 9002, protocol: TCP}]
            """)
                .tree());
  }

  @Test
  void leavesOutPodsThatAreFinishedOrDeletedOrWithoutAddress() {
    assertThat(
            subsets(
                SERVICE,
                pod(1, true).with("Succeeded", "status", "phase"),
                pod(2, true).with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp"),
                pod(3, true).without("status", "podIP").without("status", "podIPs")))
        .isEqualTo(subsets(SERVICE));
  }

  @Test
  void publishesAddressesThatAreNotReadyWhenTheServiceWantsThem() {
    KubeObject service = SERVICE.with(true, "spec", "publishNotReadyAddresses");
    KubeObject leaving =
        pod(2, false).with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp");
    Tree http = subsets(service, pod(1, false), leaving).items("subsets").tree(0);
    assertThat(http.items("addresses").size()).isEqualTo(2);
    assertThat(http.has("notReadyAddresses")).isFalse();
  }

  @Test
  void namesThePodsOfAHeadlessServiceThatHasNoPorts() {
    KubeObject service = SERVICE.with("None", "spec", "clusterIP").without("spec", "ports");
    KubeObject pod = pod(1, true).with("zero", "spec", "hostname").with("web", "spec", "subdomain");
    Tree subset = subsets(service, pod).items("subsets").tree(0);
    assertThat(subset.items("addresses").tree(0).text("hostname")).isEqualTo("zero");
    assertThat(subset.has("ports")).isFalse();
  }

  @Test
  void keepsToAThousandAddressesAndSaysSo() {
    List<KubeObject> pods = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      pods.add(pod(i, true));
      pods.add(pod(1000 + i, false));
    }
    KubeObject service = SERVICE.with(yaml("a: [{port: 80}]").tree().items("a"), "spec", "ports");
    KubeObject endpoints = made(service, pods);
    Tree subset = endpoints.tree().items("subsets").tree(0);
    assertThat(subset.items("addresses").size()).isEqualTo(600);
    assertThat(subset.items("notReadyAddresses").size()).isEqualTo(400);
    assertThat(endpoints.annotations())
        .containsEntry("endpoints.kubernetes.io/over-capacity", "truncated");
  }

  @Test
  void followsServiceAndPodsAndWritesNothingElse() {
    ControlPlane plane = new ControlPlane(new EndpointsController());
    KubeObject service =
        plane.create(
            Resources.SERVICES,
            "{metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}");
    assertThat(plane.get(Resources.ENDPOINTS, "web")).isPresent();
    KubeObject pod =
        plane.create(
            Resources.PODS,
            "{metadata: {name: web-1, labels: {app: web}}, spec: {containers: [{name: a, image:"
                + " b}]}}");
    String running =
        "{phase: Running, podIP: 10.244.0.9, conditions: [{type: Ready, status: 'True'}]}";
    plane.status(Resources.PODS, "web-1", running);
    assertThat(shown(plane)).isEqualTo("10.244.0.9");

    long revision = plane.revision();
    plane.update(
        Resources.PODS,
        plane.get(Resources.PODS, "web-1").orElseThrow().with("x", "metadata", "annotations", "y"));
    assertThat(plane.revision()).isEqualTo(revision + 1);

    plane.delete(Resources.PODS, pod, "");
    assertThat(shown(plane)).isEmpty();
    plane.delete(Resources.SERVICES, service, "");
    assertThat(plane.get(Resources.ENDPOINTS, "web")).isEmpty();
  }

  private static String shown(ControlPlane plane) {
    KubeObject endpoints = plane.get(Resources.ENDPOINTS, "web").orElseThrow();
    Tree subset =
        endpoints.tree().items("subsets").isEmpty()
            ? Tree.EMPTY
            : endpoints.tree().items("subsets").tree(0);
    return subset.items("addresses").trees().stream().map(a -> a.text("ip")).findFirst().orElse("");
  }

  @Test
  void leavesEndpointsAloneThatAreThereBeforeTheirService() {
    ControlPlane plane = new ControlPlane(new EndpointsController());
    plane.create(
        Resources.ENDPOINTS,
        "{metadata: {name: outside}, subsets: [{addresses: [{ip: 1.2.3.4}], ports: [{port: 1}]}]}");
    assertThat(plane.get(Resources.ENDPOINTS, "outside")).isPresent();
  }

  @Test
  void takesHandWrittenEndpointsAwayWithTheirService() {
    ControlPlane plane = new ControlPlane(new EndpointsController());
    KubeObject service =
        plane.create(Resources.SERVICES, "{metadata: {name: outside}, spec: {ports: [{port: 1}]}}");
    plane.create(
        Resources.ENDPOINTS,
        "{metadata: {name: outside}, subsets: [{addresses: [{ip: 1.2.3.4}], ports: [{port: 1}]}]}");
    plane.delete(Resources.SERVICES, service, "");
    assertThat(plane.names(Resources.ENDPOINTS)).isEmpty();
  }

  @Test
  void givesNoEndpointsToNamesOfSomethingOutside() {
    ControlPlane plane = new ControlPlane(new EndpointsController());
    plane.create(
        Resources.SERVICES,
        "{metadata: {name: db}, spec: {type: ExternalName, externalName: db.example.com, selector:"
            + " {app: db}}}");
    assertThat(plane.names(Resources.ENDPOINTS)).isEmpty();
  }
}
