package io.kuber.node.proxy;

import static io.kuber.node.network.EchoServer.ask;
import static io.kuber.node.proxy.ProxyBench.NODE_ADDRESS;
import static io.kuber.node.proxy.ProxyBench.WORLD_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.node.network.Protocol;
import io.kuber.node.network.TestNamespace;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who reaches what, and as whom, by real connections. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledOnOs(OS.LINUX)
final class TrafficPolicyTest {
  private static final String CLUSTER_IP = "10.96.0.42";
  private static final String BALANCER = "203.0.113.7";
  private static final int NODE_PORT = 30_080;
  private static final String GATEWAY = ProxyBench.NETWORK.gateway().toString();
  private static final ServicePort WEB =
      ServicePort.of("default", "web", "http", Protocol.TCP, CLUSTER_IP, 80, NODE_PORT);
  private static final ServicePort LOCAL =
      WEB.reached(new Outside(List.of(), List.of(BALANCER), List.of(), true));

  private ProxyBench bench;

  @BeforeEach
  void start() {
    bench = new ProxyBench();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private static void assertDropped(TestNamespace from, String address, int port) {
    assertThatThrownBy(() -> ask(from, address, port))
        .hasCauseInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void showsBackendsTheWorldsOwnAddressIfTrafficStaysOnTheNode() {
    bench.serve(LOCAL, bench.first, bench.second.on("node-2"));
    for (int i = 0; i < 10; i++) {
      assertThat(ask(bench.world, NODE_ADDRESS, NODE_PORT)).isEqualTo("one " + WORLD_ADDRESS);
      assertThat(ask(bench.world, BALANCER, 80)).isEqualTo("one " + WORLD_ADDRESS);
    }
  }

  @Test
  void keepsClientsOfTheWorldWithTheirBackendOfTheNode() {
    ServicePort sticky = LOCAL.sticky(Duration.ofHours(1));
    bench.serve(sticky, bench.first, bench.second.on("node-2"));
    assertThat(ask(bench.world, NODE_ADDRESS, NODE_PORT)).isEqualTo("one " + WORLD_ADDRESS);
    bench.serve(sticky, bench.first, bench.second);
    for (int i = 0; i < 20; i++) {
      assertThat(ask(bench.world, NODE_ADDRESS, NODE_PORT)).isEqualTo("one " + WORLD_ADDRESS);
    }
    bench.serve(sticky, bench.first.on("node-2"), bench.second);
    assertThat(ask(bench.world, NODE_ADDRESS, NODE_PORT)).isEqualTo("two " + WORLD_ADDRESS);
  }

  @Test
  void dropsTheWorldButServesPodsAndTheNodeIfOnlyOtherNodesHaveBackends() {
    bench.serve(LOCAL, bench.second.on("node-2"));
    assertDropped(bench.world, NODE_ADDRESS, NODE_PORT);
    assertThat(ask(bench.client, NODE_ADDRESS, NODE_PORT)).isEqualTo("two " + bench.clientAddress);
    assertThat(ask(bench.node, "127.0.0.1", NODE_PORT)).isEqualTo("two " + GATEWAY);
  }

  @Test
  void refusesTheWorldIfNoNodeHasBackends() {
    bench.serve(LOCAL);
    assertThatThrownBy(() -> ask(bench.world, NODE_ADDRESS, NODE_PORT))
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void servesTheClusterAddressByBackendsOfTheNodeOnlyIfTheServiceWantsThat() {
    bench.serve(WEB.stayingHere(), bench.first, bench.second.on("node-2"));
    for (int i = 0; i < 10; i++) {
      assertThat(ask(bench.client, CLUSTER_IP, 80)).isEqualTo("one " + bench.clientAddress);
    }
    bench.serve(WEB.stayingHere(), bench.second.on("node-2"));
    assertDropped(bench.client, CLUSTER_IP, 80);
  }

  @Test
  void admitsOnlySomeClientsToABalancersAddress() {
    bench.serve(from("192.0.2.0/24"), bench.first);
    assertThat(ask(bench.world, BALANCER, 80)).isEqualTo("one " + GATEWAY);
    assertDropped(bench.client, BALANCER, 80);
    bench.serve(from("10.244.0.0/16"), bench.first);
    assertDropped(bench.world, BALANCER, 80);
    assertThat(ask(bench.client, BALANCER, 80)).startsWith("one ");
    assertThat(ask(bench.world, NODE_ADDRESS, NODE_PORT)).startsWith("one ");
  }

  private static ServicePort from(String block) {
    return WEB.reached(new Outside(List.of(), List.of(BALANCER), List.of(block), false));
  }

  @Test
  void hidesAWorldThatReachesAClusterAddressThroughTheNode() {
    bench.serve(WEB, bench.first);
    assertThat(ask(bench.world, CLUSTER_IP, 80)).isEqualTo("one " + GATEWAY);
  }
}
