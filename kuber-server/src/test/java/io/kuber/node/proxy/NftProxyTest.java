package io.kuber.node.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import io.kuber.node.network.EchoServer;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.PodAddress;
import io.kuber.node.network.PodNetwork;
import io.kuber.node.network.PodNetworkConfig;
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
import java.util.ArrayList;
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
  private static final PodNetworkConfig NETWORK = PodNetworkConfig.standard("kuber0");
  private static final ProxyConfig CONFIG = ProxyConfig.of(NETWORK);
  private static final String CLUSTER_IP = "10.96.0.42";
  private static final int NODE_PORT = 30_080;
  private static final int TARGET = 8080;

  /** Enough that a random choice of two misses one of them only once in a trillion runs. */
  private static final int MANY = 40;

  private static final ServicePort WEB =
      ServicePort.of("default", "web", "http", Protocol.TCP, CLUSTER_IP, 80, NODE_PORT);

  private final Syscalls kernel = Syscalls.linux();
  private final List<AutoCloseable> resources = new ArrayList<>();
  private TestNamespace node;
  private TestNamespace client;
  private TestNamespace one;
  private TestNamespace two;
  private PodAddress clientAddress;
  private Backend first;
  private Backend second;
  private ServiceProxy proxy;

  @BeforeEach
  void startNodeWithThreePods() {
    node = opened(TestNamespace.create());
    client = opened(TestNamespace.create());
    one = opened(TestNamespace.create());
    two = opened(TestNamespace.create());
    PodNetwork network = node.call(() -> PodNetwork.open(kernel, NETWORK));
    clientAddress = network.attach("client", client.path());
    first = new Backend(network.attach("one", one.path()).address().toString(), TARGET);
    second = new Backend(network.attach("two", two.path()).address().toString(), TARGET);
    opened(EchoServer.start(one, TARGET, "one"));
    opened(EchoServer.start(two, TARGET, "two"));
    proxy = node.call(() -> NftProxy.open(kernel, CONFIG));
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = resources.size() - 1; i >= 0; i--) {
      resources.get(i).close();
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    resources.add(resource);
    return resource;
  }

  private void serve(ServicePort port, Backend... backends) {
    proxy.update(List.of(port), Map.of(port.key(), List.of(backends)));
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
        .containsExactlyInAnyOrder(
            "one " + clientAddress.address(), "two " + clientAddress.address());
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
    TestNamespace world = opened(TestNamespace.create());
    connect(world);
    serve(WEB, first);
    assertThat(EchoServer.ask(world, "192.0.2.1", NODE_PORT)).isEqualTo("one " + NETWORK.gateway());
    opened(EchoServer.start(world, TARGET, "world"));
    assertThat(EchoServer.ask(client, "192.0.2.2", TARGET)).isEqualTo("world 192.0.2.1");
  }

  /** A wire between the node, 192.0.2.1, and another machine, 192.0.2.2. */
  private void connect(TestNamespace world) {
    byte[] mac = {2, 0, 0, 0, 0, 2};
    node.run(
        () -> {
          try (RouteNetlink here = RouteNetlink.open(kernel)) {
            int noBridge = 0;
            here.addVeth(
                new RouteNetlink.Veth("uplink", noBridge, "eth0", mac, 1500), world.path());
            int index = here.link("uplink").orElseThrow().index();
            here.addAddress(index, Ipv4.parse("192.0.2.1").inet(), 24);
          }
        });
    world.run(
        () -> {
          try (RouteNetlink there = RouteNetlink.open(kernel)) {
            int index = there.link("eth0").orElseThrow().index();
            there.up(index);
            there.addAddress(index, Ipv4.parse("192.0.2.2").inet(), 24);
          }
        });
  }

  @Test
  void servesExternalAddress() {
    ServicePort balanced =
        new ServicePort(
            "default", "web", "", Protocol.TCP, "", 80, 0, Duration.ZERO, List.of("203.0.113.7"));
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
    proxy.update(List.of(), Map.of());
    assertThatThrownBy(() -> EchoServer.ask(client, CLUSTER_IP, 80))
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void keepsClientWithItsBackendForAsLongAsTheServiceHasIt() {
    ServicePort sticky =
        new ServicePort(
            "default",
            "web",
            "",
            Protocol.TCP,
            CLUSTER_IP,
            80,
            NODE_PORT,
            Duration.ofHours(3),
            List.of());
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
    ServiceProxy restarted = node.call(() -> NftProxy.open(kernel, CONFIG));
    restarted.update(List.of(WEB), Map.of(WEB.key(), List.of(second)));
    assertThat(askOften(client, CLUSTER_IP, 80)).allMatch(answer -> answer.startsWith("two "));
  }

  @Test
  void leavesNoTableBehind() throws IOException {
    Path nft = Path.of("/usr/sbin/nft");
    assumeTrue(Files.isExecutable(nft), "needs the Debian package nftables to list tables");
    serve(WEB, first);
    assertThat(listTables(nft)).contains("table ip kuber0-services").doesNotContain("probe");
    node.run(proxy::close);
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
