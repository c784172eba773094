package io.kuber.node.feed;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.dns.DnsZone;
import io.kuber.loop.SimulatedLoops;
import io.kuber.node.TestCluster;
import io.kuber.node.network.Protocol;
import io.kuber.node.policy.PolicySet;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.ServedPort;
import io.kuber.node.proxy.ServicePort;
import io.kuber.node.proxy.ServiceProxy;
import io.kuber.node.proxy.Services;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServiceFeedTest {
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final TestCluster cluster = new TestCluster(loops);
  private final RecordingProxy proxy = new RecordingProxy();
  private final List<Boolean> health = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<DnsZone> zones = new ArrayList<>();
  private final Set<Integer> takenPorts = new HashSet<>();

  private static final class RecordingProxy implements ServiceProxy {
    private final List<List<ServedPort>> updates = new ArrayList<>();
    private int failures;
    private String zone = "";
    private int closedPods;

    @Override
    public String description() {
      return "records";
    }

    @Override
    public void update(Services services, PolicySet policies) {
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("the kernel refuses");
      }
      updates.add(services.ports());
      zone = services.zone();
      closedPods = policies.closedPods();
    }

    @Override
    public void close() {}
  }

  private void start() {
    ServiceFeed.start(
        cluster.client(),
        "node-1",
        new ServiceFeed.Outlets(
            proxy,
            zones::add,
            (checks, healthy) -> health.add(healthy),
            (about, reason, message) -> warnings.add(about.name() + " " + reason),
            (protocol, port) -> takenPorts.contains(port)),
        loops.loop("services"));
    pass();
  }

  private void pass() {
    loops.advance(Duration.ofMillis(500));
  }

  private void service(int number) {
    cluster.create(
        Resources.SERVICES,
        "{metadata: {name: s%d}, spec: {clusterIP: 10.96.0.%d, ports: [{port: 80}]}}"
            .formatted(number, number));
  }

  @Test
  void makesOneUpdateOfManyChanges() {
    start();
    assertThat(proxy.updates).hasSize(1);
    for (int number = 11; number < 31; number++) {
      service(number);
    }
    pass();
    assertThat(proxy.updates).hasSize(2);
    assertThat(proxy.updates.get(1)).hasSize(20);
    assertThat(zones).hasSize(2);
  }

  @Test
  void tellsNamesWithinATenthOfASecondAlsoWhereTheKernelRefuses() {
    start();
    proxy.failures = 1;
    service(11);
    loops.advance(Duration.ofMillis(100));
    assertThat(zones).hasSize(2);
  }

  @Test
  void warnsOnceOfANodePortThatAProgramHas() {
    takenPorts.add(30_080);
    KubeObject service =
        cluster.create(
            Resources.SERVICES,
            "{metadata: {name: web}, spec: {type: NodePort, clusterIP: 10.96.0.9, ports:"
                + " [{port: 80, nodePort: 30080}]}}");
    service(11);
    start();
    assertThat(warnings).containsExactly("web NodePortTaken");
    assertThat(proxy.updates.get(0)).as("served all the same").hasSize(2);
    KubeObject same =
        await(
            cluster
                .client()
                .update(
                    Resources.SERVICES,
                    service.with(TestCluster.parse("{a: b}"), "metadata", "labels")));
    pass();
    assertThat(warnings).hasSize(1);
    takenPorts.add(30_081);
    await(
        cluster
            .client()
            .update(
                Resources.SERVICES,
                same.with(
                    TestCluster.parse(
                        "{type: NodePort, clusterIP: 10.96.0.9, ports: [{port: 80, nodePort:"
                            + " 30081}]}"),
                    "spec")));
    pass();
    assertThat(warnings).containsExactly("web NodePortTaken", "web NodePortTaken");
  }

  @Test
  void takesAwayWhatIsDeleted() {
    service(11);
    start();
    await(cluster.client().delete(Resources.SERVICES, "default", "s11", DeleteOptions.DEFAULT));
    pass();
    assertThat(proxy.updates.get(proxy.updates.size() - 1)).isEmpty();
  }

  @Test
  void triesAgainWhenTheKernelRefuses() {
    proxy.failures = 2;
    service(11);
    cluster.create(Resources.NODES, "{metadata: {name: node-1}}");
    start();
    assertThat(proxy.updates).isEmpty();
    loops.advance(Duration.ofSeconds(3));
    assertThat(proxy.updates).hasSize(1);
    assertThat(health).containsExactly(false, false, true);
    assertThat(warnings).containsExactly("node-1 FailedToUpdateServiceRules");
  }

  @Test
  void enforcesPoliciesOfPodsThatWereThereBefore() {
    KubeObject pod =
        cluster.create(
            Resources.PODS,
            "{metadata: {name: web}, spec: {nodeName: node-1, containers:"
                + " [{name: main, image: nginx}]}}");
    await(
        cluster
            .client()
            .updateSubresource(
                Resources.PODS,
                "status",
                pod.with(TestCluster.parse("{phase: Running, podIP: 10.244.0.2}"), "status")));
    start();
    assertThat(proxy.closedPods).isZero();
    cluster.create(
        Resources.NETWORK_POLICIES, "{metadata: {name: closed}, spec: {podSelector: {}}}");
    pass();
    pass();
    assertThat(proxy.closedPods).isEqualTo(1);
    await(
        cluster
            .client()
            .delete(Resources.NETWORK_POLICIES, "default", "closed", DeleteOptions.DEFAULT));
    pass();
    assertThat(proxy.closedPods).isZero();
  }

  @Test
  void servesHostPortsOfItsOwnPodsFromTheirAddressToTheirEnd() {
    start();
    KubeObject web = pod("web", "node-1");
    pod("elsewhere", "node-2");
    pass();
    assertThat(proxy.updates).hasSize(1);
    KubeObject running = status(web, "{phase: Running, podIP: 10.244.0.2}");
    pass();
    assertThat(proxy.updates.get(1))
        .containsExactly(
            new ServedPort(
                ServicePort.ofHost("default", "web", Protocol.TCP, "", 8080),
                List.of(new Backend("10.244.0.2", 80).on("node-1"))));
    KubeObject labelled = status(running, "{phase: Running, podIP: 10.244.0.2, message: same}");
    pass();
    assertThat(proxy.updates).hasSize(2);
    status(labelled, "{phase: Succeeded, podIP: 10.244.0.2}");
    pass();
    assertThat(proxy.updates.get(2)).isEmpty();
  }

  private KubeObject pod(String name, String node) {
    return cluster.create(
        Resources.PODS,
        "{metadata: {name: %s}, spec: {nodeName: %s, containers: [{name: main, image: nginx, ports: [{containerPort: 80, hostPort: 8080}]}]}}"
            .formatted(name, node));
  }

  private KubeObject status(KubeObject pod, String status) {
    return await(
        cluster
            .client()
            .updateSubresource(
                Resources.PODS, "status", pod.with(TestCluster.parse(status), "status")));
  }

  @Test
  void knowsTheZoneOfItsNode() {
    start();
    assertThat(proxy.zone).isEmpty();
    cluster.create(
        Resources.NODES, "{metadata: {name: node-1, labels: {topology.kubernetes.io/zone: a}}}");
    pass();
    assertThat(proxy.zone).isEqualTo("a");
  }
}
