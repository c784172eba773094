package io.kuber.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkShelf.Place;
import io.kuber.engine.NetworkShelf.Published;
import io.kuber.linux.Syscalls;
import io.kuber.node.network.EchoServer;
import io.kuber.node.network.Sysctl;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The machine is a network namespace, and so is each container. */
@EnabledOnOs(OS.LINUX)
class EngineNetworksTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @TempDir Path directory;
  private final Syscalls kernel = Syscalls.linux();
  private TestNamespace machine;
  private TestNamespace one;
  private TestNamespace two;

  @BeforeEach
  void makeNamespaces() {
    machine = TestNamespace.create();
    one = TestNamespace.create();
    two = TestNamespace.create();
  }

  @AfterEach
  void dropNamespaces() {
    machine.close();
    one.close();
    two.close();
  }

  private EngineNetworks open() {
    return machine.call(
        () -> EngineNetworks.open(kernel, directory, (type, action, id, attributes) -> {}));
  }

  private void close(EngineNetworks networks) {
    machine.run(networks::close);
  }

  private Place connect(
      EngineNetworks networks, String network, String id, TestNamespace namespace, String name) {
    return machine.call(() -> networks.connect(network, id, namespace.path(), List.of(name), ""));
  }

  private static NetworkRequest request(String name, String subnet) {
    return new NetworkRequest(
        name,
        Optional.of(subnet).filter(text -> !text.isEmpty()),
        Optional.empty(),
        false,
        Map.of(),
        Map.of());
  }

  @Test
  void changesNothingBeforeTheFirstContainerAndLeavesNothing() {
    EngineNetworks networks = open();
    machine.run(() -> networks.create(request("mine", "")));
    assertThat(machine.links()).containsExactly("lo");
    Place place = connect(networks, "bridge", A, one, "a");
    assertThat(place.address()).isEqualTo("172.17.0.2");
    assertThat(place.gateway()).isEqualTo("172.17.0.1");
    assertThat(place.mac()).isEqualTo("02:42:ac:11:00:02");
    assertThat(machine.links()).hasSize(3);
    assertThat(one.links()).containsExactly("eth0", "lo");
    close(networks);
    assertThat(machine.links()).containsExactly("lo");
    assertThat(machine.call(() -> new Sysctl(kernel).read("net/ipv4/ip_forward"))).isEqualTo("0");
    assertThat(open().catalog().find("mine").members()).isEmpty();
  }

  @Test
  void connectsContainersWithEachOther() {
    EngineNetworks networks = open();
    connect(networks, "bridge", A, one, "a");
    Place second = connect(networks, "bridge", B, two, "b");
    try (EchoServer server = EchoServer.start(two, 8080, "second")) {
      assertThat(EchoServer.ask(one, second.address(), server.port()))
          .isEqualTo("second 172.17.0.2");
      assertThat(EchoServer.ask(machine, second.address(), server.port())).startsWith("second");
    }
    close(networks);
  }

  @Test
  void publishesPortsAlsoAtLocalhost() {
    EngineNetworks networks = open();
    Place place = connect(networks, "bridge", A, one, "a");
    connect(networks, "bridge", B, two, "b");
    List<Published> ports =
        machine.call(
            () ->
                networks.publish(
                    A, place.address(), List.of(new Published("0.0.0.0", 0, 8080, "tcp"))));
    int port = ports.get(0).hostPort();
    assertThat(port).isPositive();
    try (EchoServer server = EchoServer.start(one, 8080, "published")) {
      assertThat(server.port()).isEqualTo(8080);
      assertThat(EchoServer.ask(machine, "127.0.0.1", port)).startsWith("published");
      assertThat(EchoServer.ask(machine, place.gateway(), port)).startsWith("published");
      assertThat(EchoServer.ask(two, place.gateway(), port)).startsWith("published");
      assertThat(EchoServer.ask(one, place.gateway(), port))
          .as("a container reaches itself by its published port")
          .startsWith("published");
    }
    assertThatThrownBy(
            () ->
                machine.run(
                    () ->
                        networks.publish(
                            B, "172.17.0.3", List.of(new Published("0.0.0.0", port, 1, "tcp")))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("failed to bind port 0.0.0.0:" + port + "/tcp");
    machine.run(() -> networks.unpublish(A));
    assertThat(
            machine.call(
                () ->
                    networks.publish(
                        B, "172.17.0.3", List.of(new Published("0.0.0.0", port, 1, "tcp")))))
        .hasSize(1);
    close(networks);
  }

  @Test
  void publishesPortsOfDatagrams() {
    EngineNetworks networks = open();
    Place place = connect(networks, "bridge", A, one, "a");
    Published wanted = new Published("127.0.0.1", 0, 5353, "udp");
    int port =
        machine.call(() -> networks.publish(A, place.address(), List.of(wanted))).get(0).hostPort();
    DatagramSocket server = one.call(() -> new DatagramSocket(5353));
    machine.run(
        () -> {
          try (DatagramSocket client = new DatagramSocket()) {
            byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
            client.send(
                new DatagramPacket(
                    text,
                    text.length,
                    new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    String got =
        one.call(
            () -> {
              server.setSoTimeout(60_000);
              DatagramPacket packet = new DatagramPacket(new byte[64], 64);
              server.receive(packet);
              return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            });
    server.close();
    assertThat(got).isEqualTo("hello");
    close(networks);
  }

  @Test
  void letsContainersOfMadeNetworksFindEachOtherByName() {
    EngineNetworks networks = open();
    machine.run(() -> networks.create(request("mine", "10.77.0.0/24")));
    connect(networks, "mine", A, one, "web");
    Place second = connect(networks, "mine", B, two, "Db");
    assertThat(networks.resolvConf(List.of("mine"))).startsWith("nameserver 10.77.0.1\n");
    String found = one.call(() -> Lookup.address("10.77.0.1", "db"));
    assertThat(found).isEqualTo(second.address());
    machine.run(() -> networks.disconnect("mine", B));
    assertThat(two.links()).containsExactly("lo");
    assertThat(NetworkNames.zone(networks.catalog().find("mine"))).isNotNull();
    close(networks);
  }

  @Test
  void keepsNetworksApart() {
    EngineNetworks networks = open();
    machine.run(() -> networks.create(request("mine", "")));
    Place first = connect(networks, "mine", A, one, "a");
    connect(networks, "bridge", B, two, "b");
    assertThat(first.address()).startsWith("172.18.");
    try (EchoServer server = EchoServer.start(one, 8080, "x")) {
      assertThatThrownBy(() -> EchoServer.ask(two, first.address(), server.port()))
          .hasStackTraceContaining("SocketTimeoutException");
    }
    close(networks);
  }

  @Test
  void findsContainersAgainThatAnEarlierRunConnected() throws Exception {
    EngineNetworks killed = open();
    Place place = connect(killed, "bridge", A, one, "a");
    connect(killed, "bridge", B, two, "b");
    two.close();
    EngineNetworks networks = open();
    assertThat(networks.catalog().find("bridge").members()).containsKey(A);
    assertThat(connect(networks, "bridge", A, one, "a")).isEqualTo(place);
    close(networks);
    assertThat(machine.links()).containsExactly("lo");
    assertThat(directory.toFile().list()).hasSize(1);
  }

  @Test
  void keepsNothingOfAConnectionThatFails() throws Exception {
    EngineNetworks networks = open();
    machine.run(() -> networks.create(request("small", "10.77.0.0/29")));
    try (DatagramSocket taken = machine.call(() -> new DatagramSocket(53))) {
      assertThat(taken.isBound()).isTrue();
      for (int i = 0; i < 8; i++) {
        assertThatThrownBy(() -> connect(networks, "small", A, one, "a"))
            .isInstanceOf(EngineException.class)
            .hasMessageContaining("network small")
            .hasMessageNotContaining("no available");
      }
    }
    assertThat(networks.catalog().find("small").members()).isEmpty();
    assertThat(connect(networks, "small", A, one, "a").address()).startsWith("10.77.0.");
    close(networks);
  }

  @Test
  void opensWherePortsOfAnEarlierRunAreTakenByNow() throws Exception {
    EngineNetworks killed = open();
    Place place = connect(killed, "bridge", A, one, "a");
    List<Published> any = List.of(new Published("0.0.0.0", 0, 8080, "tcp"));
    List<Published> ports = machine.call(() -> killed.publish(A, place.address(), any));
    // Its socket is still held, which is as good as somebody else's.
    EngineNetworks networks = open();
    machine.run(() -> killed.unpublish(A));
    assertThat(machine.call(() -> networks.publish(A, place.address(), ports))).isEqualTo(ports);
    machine.run(networks::disconnectAll);
    assertThat(networks.catalog().find("bridge").members()).isEmpty();
    assertThat(networks.catalog().ports()).isEmpty();
    close(networks);
  }

  @Test
  void refusesWhatCannotBe() {
    EngineNetworks networks = open();
    machine.run(() -> networks.create(request("mine", "10.77.0.0/24")));
    assertThatThrownBy(() -> machine.run(() -> networks.create(request("mine", ""))))
        .hasMessage("network with name mine already exists");
    assertThatThrownBy(() -> machine.run(() -> networks.create(request("b", "10.77.0.0/16"))))
        .hasMessageContaining("Pool overlaps");
    assertThatThrownBy(() -> machine.run(() -> networks.create(request("b", "10.77.0.1/16"))))
        .hasMessageContaining("invalid subnet");
    assertThatThrownBy(() -> machine.run(() -> networks.remove("bridge")))
        .hasMessageContaining("pre-defined");
    assertThatThrownBy(
            () ->
                machine.run(() -> networks.connect("mine", A, one.path(), List.of(), "10.78.0.1")))
        .hasMessageContaining("does not belong");
    connect(networks, "mine", A, one, "a");
    assertThatThrownBy(() -> machine.run(() -> networks.remove("mine")))
        .hasMessageContaining("has active endpoints");
    assertThatThrownBy(() -> networks.catalog().find("no")).hasMessage("network no not found");
    close(networks);
  }
}
