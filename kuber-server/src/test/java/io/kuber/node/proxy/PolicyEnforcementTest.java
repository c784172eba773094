package io.kuber.node.proxy;

import static io.kuber.node.network.EchoServer.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import io.kuber.node.network.TestNamespace;
import io.kuber.node.policy.Direction;
import io.kuber.node.policy.Neighbourhood;
import io.kuber.node.policy.Peer;
import io.kuber.node.policy.Pod;
import io.kuber.node.policy.Policy;
import io.kuber.node.policy.PolicyPlanner;
import io.kuber.node.policy.PolicySet;
import io.kuber.node.policy.Port;
import io.kuber.node.policy.RandomPolicies;
import io.kuber.node.policy.Rule;
import io.kuber.selector.LabelSelector;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Policies in the kernel, with namespaces for pods that send real packets. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledOnOs(OS.LINUX)
final class PolicyEnforcementTest {
  private static final String CLUSTER_IP = "10.96.0.42";
  private static final int TARGET = ProxyBench.TARGET;
  private static final int NODE_PORT = 30_080;
  private static final int SEEDS = 60;
  private static final int CHANGES = 5;
  private static final Outside LOCAL = new Outside(List.of(), List.of(), List.of(), true);
  private static final ServicePort WEB =
      ServicePort.of("default", "web", "http", Protocol.TCP, CLUSTER_IP, 80, NODE_PORT)
          .reached(LOCAL);

  private ProxyBench bench;

  @BeforeEach
  void start() {
    bench = new ProxyBench();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private static Pod pod(String name, String address) {
    return new Pod(
        "default",
        name,
        Ipv4.parse(address),
        ProxyBench.NAME,
        Map.of("app", name),
        Map.of(new Port.Named(Protocol.TCP, "http"), TARGET));
  }

  private void enforce(Policy... policies) {
    List<Pod> pods =
        List.of(
            pod("client", bench.clientAddress),
            pod("one", bench.first.ip()),
            pod("two", bench.second.ip()));
    Map<String, Map<String, String>> namespaces = Map.of("default", Map.of());
    bench.serve(
        new Services(ProxyBench.NAME, "", List.of(new ServedPort(WEB, List.of(bench.first)))),
        PolicyPlanner.plan(
            new Neighbourhood(ProxyBench.NAME, namespaces, pods, List.of(policies))));
  }

  private static LabelSelector app(String name) {
    return LabelSelector.ofLabels(Map.of("app", name));
  }

  private static Policy about(String app, Direction direction, Rule... rules) {
    return new Policy("default", "p", app(app), Map.of(direction, List.of(rules)));
  }

  private static Rule with(Peer peer, Port... ports) {
    return new Rule(List.of(peer), List.of(ports));
  }

  private static Peer block(String block) {
    return new Peer.Block(AddressRanges.ofBlock(block));
  }

  private static void assertDropped(TestNamespace from, String address, int port) {
    assertThatThrownBy(() -> ask(from, address, port))
        .hasCauseInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void closesAPodToAllButItsNodeAndItself() {
    enforce(about("one", Direction.INGRESS));
    assertDropped(bench.client, bench.first.ip(), TARGET);
    assertThat(ask(bench.node, bench.first.ip(), TARGET)).startsWith("one ");
    assertThat(ask(bench.one, CLUSTER_IP, 80)).as("itself, by its service").startsWith("one ");
    assertThat(ask(bench.one, bench.second.ip(), TARGET)).as("its answers").startsWith("two ");
    enforce();
    assertThat(ask(bench.client, bench.first.ip(), TARGET)).startsWith("one ");
  }

  @Test
  void opensAPodToSomeAtANamedPort() {
    enforce(
        about(
            "one",
            Direction.INGRESS,
            with(new Peer.Neighbours(app("client")), new Port.Named(Protocol.TCP, "http"))));
    assertThat(ask(bench.client, bench.first.ip(), TARGET)).startsWith("one ");
    assertDropped(bench.two, bench.first.ip(), TARGET);
  }

  @Test
  void judgesWhatComesThroughAServiceByThePodItReaches() {
    enforce(about("one", Direction.INGRESS, with(new Peer.Neighbours(app("client")))));
    assertThat(ask(bench.client, CLUSTER_IP, 80)).startsWith("one ");
    assertDropped(bench.two, CLUSTER_IP, 80);
    enforce(
        about(
            "client",
            Direction.EGRESS,
            with(new Peer.Neighbours(app("one")), new Port.Range(Protocol.TCP, 8000, 8100))));
    assertThat(ask(bench.client, CLUSTER_IP, 80)).startsWith("one ");
    assertDropped(bench.client, bench.second.ip(), TARGET);
  }

  @Test
  void knowsTheWorldByItsAddress() {
    enforce(about("one", Direction.INGRESS, with(block("192.0.2.0/24"))));
    assertThat(ask(bench.world, ProxyBench.NODE_ADDRESS, NODE_PORT)).startsWith("one ");
    enforce(
        about(
            "one",
            Direction.INGRESS,
            with(
                new Peer.Block(
                    AddressRanges.ofBlock("192.0.2.0/24")
                        .minus(AddressRanges.ofBlock("192.0.2.2/32"))))));
    assertDropped(bench.world, ProxyBench.NODE_ADDRESS, NODE_PORT);
  }

  @Test
  void keepsConnectionsThatWereMadeBefore() throws IOException {
    enforce();
    try (ServerSocket server = bench.one.call(() -> new ServerSocket(9000));
        Socket client = bench.client.call(() -> new Socket(bench.first.ip(), 9000));
        Socket accepted = server.accept()) {
      enforce(about("one", Direction.INGRESS));
      client.setSoTimeout(30_000);
      accepted.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
    }
  }

  @Test
  void takesWhateverIsPlanned() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      RandomPolicies random = new RandomPolicies(new Random(seed));
      Neighbourhood all = random.next();
      for (int change = 0; change < CHANGES; change++) {
        PolicySet next = PolicyPlanner.plan(all);
        assertThatCode(() -> bench.serve(Services.of(List.of(), Map.of()), next))
            .as("seed %d: %s", seed, all)
            .doesNotThrowAnyException();
        all = random.after(all);
      }
    }
  }
}
