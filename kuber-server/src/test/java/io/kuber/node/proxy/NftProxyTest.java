package io.kuber.node.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.node.network.EchoServer;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.Protocol;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real connections through service addresses, in namespaces that go with the test. */
@EnabledOnOs(OS.LINUX)
final class NftProxyTest {
  private static final PodNetworkConfig NETWORK = ProxyBench.NETWORK;
  private static final String CLUSTER_IP = "10.96.0.42";
  private static final int NODE_PORT = 30_080;
  private static final int TARGET = ProxyBench.TARGET;

  /** Enough that a random choice of two misses one of them only once in a trillion runs. */
  private static final int MANY = 40;

  private static final ServicePort WEB =
      ServicePort.of("default", "web", "http", Protocol.TCP, CLUSTER_IP, 80, NODE_PORT);

  private ProxyBench bench;
  private TestNamespace node;
  private TestNamespace client;
  private TestNamespace one;
  private TestNamespace two;
  private Backend first;
  private Backend second;

  @BeforeEach
  void startNodeWithThreePods() {
    bench = new ProxyBench();
    node = bench.node;
    client = bench.client;
    one = bench.one;
    two = bench.two;
    first = bench.first;
    second = bench.second;
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private void serve(ServicePort port, Backend... backends) {
    bench.serve(port, backends);
  }

  private static Set<String> askOften(TestNamespace from, String address, int port) {
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      answers.add(EchoServer.ask(from, address, port));
    }
    return answers;
  }

  @Test
  void spreadsConnectionsOfPodsAndKeepsTheirAddress() {
    serve(WEB, first, second);
    assertThat(askOften(client, CLUSTER_IP, 80))
        .containsExactlyInAnyOrder("one " + bench.clientAddress, "two " + bench.clientAddress);
  }

  @Test
  void servesTheNodeItself() {
    serve(WEB, first, second);
    String gateway = NETWORK.gateway().toString();
    assertThat(askOften(node, CLUSTER_IP, 80))
        .containsExactlyInAnyOrder("one " + gateway, "two " + gateway);
  }

  @Test
  void servesNodePortOnEveryAddressOfTheNode() {
    serve(WEB, first);
    String gateway = NETWORK.gateway().toString();
    assertThat(EchoServer.ask(node, "127.0.0.1", NODE_PORT)).isEqualTo("one " + gateway);
    assertThat(EchoServer.ask(node, gateway, NODE_PORT)).isEqualTo("one " + gateway);
    assertThat(EchoServer.ask(client, gateway, NODE_PORT))
        .as("the answer has to come back through the node")
        .isEqualTo("one " + gateway);
  }

  @Test
  void servesNodePortToTheWorldAndShowsItTheNodeOnly() {
    serve(WEB, first);
    assertThat(EchoServer.ask(bench.world, ProxyBench.NODE_ADDRESS, NODE_PORT))
        .isEqualTo("one " + NETWORK.gateway());
    bench.opened(EchoServer.start(bench.world, TARGET, "world"));
    assertThat(EchoServer.ask(client, ProxyBench.WORLD_ADDRESS, TARGET))
        .isEqualTo("world " + ProxyBench.NODE_ADDRESS);
  }

  @Test
  void servesExternalAddress() {
    ServicePort balanced =
        WEB.reached(new Outside(List.of("203.0.113.7"), List.of(), List.of(), false));
    serve(balanced, first);
    assertThat(EchoServer.ask(client, "203.0.113.7", 80)).startsWith("one ");
  }

  @Test
  void letsBackendReachItself() {
    serve(WEB, first);
    assertThat(EchoServer.ask(one, CLUSTER_IP, 80)).isEqualTo("one " + NETWORK.gateway());
  }

  @Test
  void refusesWithoutBackendsAtOnce() {
    serve(WEB);
    assertThatThrownBy(() -> EchoServer.ask(client, CLUSTER_IP, 80))
        .hasCauseInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> EchoServer.ask(node, CLUSTER_IP, 80))
        .hasCauseInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> EchoServer.ask(node, "127.0.0.1", NODE_PORT))
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void refusesWhatNoServiceHas() {
    serve(WEB, first);
    assertThatThrownBy(() -> EchoServer.ask(client, CLUSTER_IP, 81))
        .hasCauseInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> EchoServer.ask(client, "10.96.7.7", 80))
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void followsBackends() {
    serve(WEB, first);
    assertThat(EchoServer.ask(client, CLUSTER_IP, 80)).startsWith("one ");
    serve(WEB, second);
    assertThat(EchoServer.ask(client, CLUSTER_IP, 80)).startsWith("two ");
    serve(WEB, first, second);
    assertThat(askOften(client, CLUSTER_IP, 80)).hasSize(2);
    serve(WEB);
    assertThatThrownBy(() -> EchoServer.ask(client, CLUSTER_IP, 80))
        .hasCauseInstanceOf(ConnectException.class);
    serve(WEB, first);
    assertThat(EchoServer.ask(client, CLUSTER_IP, 80)).startsWith("one ");
    bench.serve(Services.of(List.of(), Map.of()));
    assertThatThrownBy(() -> EchoServer.ask(client, CLUSTER_IP, 80))
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void keepsClientWithItsBackendForAsLongAsTheServiceHasIt() {
    ServicePort sticky = WEB.sticky(Duration.ofHours(3));
    serve(sticky, first, second);
    Set<String> answers = askOften(client, CLUSTER_IP, 80);
    assertThat(answers).hasSize(1);
    assertThat(askOften(node, "127.0.0.1", NODE_PORT)).hasSize(1);

    boolean wasFirst = answers.iterator().next().startsWith("one");
    serve(sticky, wasFirst ? second : first);
    assertThat(EchoServer.ask(client, CLUSTER_IP, 80)).startsWith(wasFirst ? "two" : "one");
    serve(sticky, first, second);
    assertThat(askOften(client, CLUSTER_IP, 80))
        .as("the client's new backend")
        .allMatch(answer -> answer.startsWith(wasFirst ? "two" : "one"));
  }

  @Test
  void servesUdp() throws IOException {
    ServicePort dns =
        ServicePort.of("kube-system", "kube-dns", "dns", Protocol.UDP, "10.96.0.10", 53, 0);
    serve(dns, new Backend(first.ip(), 5353));
    try (DatagramSocket server = one.call(() -> new DatagramSocket(5353))) {
      Thread echo = new Thread(() -> echoOnce(server));
      echo.start();
      assertThat(client.call(() -> sendDatagram("10.96.0.10", 53))).isEqualTo("hello");
    }
    serve(dns);
    assertThatThrownBy(() -> client.call(() -> sendDatagram("10.96.0.10", 53)))
        .hasCauseInstanceOf(PortUnreachableException.class);
  }

  @Test
  void movesUdpClientThatNeverPausesToTheNextBackend() throws IOException {
    ServicePort log = ServicePort.of("default", "log", "", Protocol.UDP, "10.96.0.11", 514, 0);
    try (DatagramSocket old = one.call(() -> new DatagramSocket(5140));
        DatagramSocket next = two.call(() -> new DatagramSocket(5140));
        DatagramSocket sender = client.call(() -> new DatagramSocket())) {
      old.setSoTimeout(3000);
      next.setSoTimeout(3000);
      serve(log, new Backend(first.ip(), 5140));
      InetSocketAddress service = new InetSocketAddress("10.96.0.11", 514);
      DatagramPacket line = new DatagramPacket("line".getBytes(UTF_8), 4, service);
      sender.send(line);
      old.receive(new DatagramPacket(new byte[64], 64));
      serve(log, new Backend(second.ip(), 5140));
      sender.send(line);
      next.receive(new DatagramPacket(new byte[64], 64));
    }
  }

  private static void echoOnce(DatagramSocket server) {
    try {
      DatagramPacket packet = new DatagramPacket(new byte[64], 64);
      server.receive(packet);
      server.send(packet);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String sendDatagram(String address, int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(3000);
      socket.connect(InetAddress.getByName(address), port);
      socket.send(new DatagramPacket("hello".getBytes(UTF_8), 5));
      DatagramPacket answer = new DatagramPacket(new byte[64], 64);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), UTF_8);
    }
  }

  @Test
  void startsAfresh() {
    serve(WEB, first);
    bench.restart();
    serve(WEB, second);
    assertThat(askOften(client, CLUSTER_IP, 80)).allMatch(answer -> answer.startsWith("two "));
  }

  @Test
  void leavesNoTableBehind() throws IOException {
    Path nft = Path.of("/usr/sbin/nft");
    assumeTrue(Files.isExecutable(nft), "needs the Debian package nftables to list tables");
    serve(WEB, first);
    assertThat(listTables(nft)).contains("table ip kuber0-services").doesNotContain("probe");
    bench.end();
    assertThat(listTables(nft)).doesNotContain("kuber0-services");
  }

  private String listTables(Path nft) {
    return node.call(
        () -> {
          Process process = new ProcessBuilder(nft.toString(), "list", "ruleset").start();
          return new String(process.getInputStream().readAllBytes(), UTF_8);
        });
  }
}
