package io.kuber.node.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.linux.Syscalls;
import io.kuber.node.network.EchoServer;
import io.kuber.node.network.Protocol;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real connections through the relay, in a namespace that goes with the test. */
@EnabledOnOs(OS.LINUX)
final class UserSpaceProxyTest {
  private static final String CLUSTER_IP = "10.96.0.42";
  private static final int NODE_PORT = 30_080;
  private static final ServicePort WEB =
      ServicePort.of("default", "web", "", Protocol.TCP, CLUSTER_IP, 80, NODE_PORT);

  private TestNamespace node;
  private ServiceProxy proxy;

  @BeforeEach
  void open() {
    node = TestNamespace.create();
    proxy = node.call(() -> ServiceProxies.inUserSpace(Syscalls.linux(), "the test wants it"));
  }

  @AfterEach
  void close() {
    node.run(proxy::close);
    node.close();
  }

  private void serve(ServicePort port, Backend... backends) {
    node.run(() -> proxy.update(Services.of(List.of(port), Map.of(port.key(), List.of(backends)))));
  }

  @Test
  void relaysClusterAddressAndNodePortToAllBackends() {
    try (EchoServer one = EchoServer.start(node, 8081, "one");
        EchoServer two = EchoServer.start(node, 8082, "two")) {
      serve(WEB, new Backend("127.0.0.1", one.port()), new Backend("127.0.0.1", two.port()));
      Set<String> answers = new HashSet<>();
      for (int i = 0; i < 40; i++) {
        answers.add(EchoServer.ask(node, CLUSTER_IP, 80).substring(0, 3));
        answers.add(EchoServer.ask(node, "127.0.0.1", NODE_PORT).substring(0, 3));
      }
      assertThat(answers).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void refusesWithoutBackendsAndFollowsThem() {
    serve(WEB);
    assertThatThrownBy(() -> EchoServer.ask(node, "127.0.0.1", NODE_PORT))
        .hasCauseInstanceOf(ConnectException.class);
    try (EchoServer one = EchoServer.start(node, 8081, "one")) {
      serve(WEB, new Backend("127.0.0.1", one.port()));
      assertThat(EchoServer.ask(node, "127.0.0.1", NODE_PORT)).startsWith("one");
      serve(WEB);
      assertThatThrownBy(() -> EchoServer.ask(node, "127.0.0.1", NODE_PORT))
          .hasCauseInstanceOf(ConnectException.class);
      serve(WEB, new Backend("127.0.0.1", one.port()));
      assertThat(EchoServer.ask(node, "127.0.0.1", NODE_PORT)).startsWith("one");
    }
  }

  @Test
  void hangsUpOnClientsThatAreNotAdmitted() {
    Outside none = new Outside(List.of(), List.of("203.0.113.7"), List.of("10.0.0.0/8"), false);
    Outside own = new Outside(List.of(), List.of("203.0.113.7"), List.of("203.0.113.0/24"), false);
    try (EchoServer one = EchoServer.start(node, 8081, "one")) {
      serve(WEB.reached(none), new Backend("127.0.0.1", one.port()));
      assertThat(EchoServer.ask(node, "203.0.113.7", 80)).isEmpty();
      serve(WEB.reached(own), new Backend("127.0.0.1", one.port()));
      assertThat(EchoServer.ask(node, "203.0.113.7", 80)).startsWith("one");
    }
  }

  @Test
  void triesAgainWhenPortWasTaken() throws IOException {
    try (EchoServer one = EchoServer.start(node, 8081, "one")) {
      try (ServerSocket other = node.call(() -> new ServerSocket(NODE_PORT))) {
        serve(WEB, new Backend("127.0.0.1", one.port()));
        assertThat(EchoServer.ask(node, CLUSTER_IP, 80)).startsWith("one");
        assertThat(other.isBound()).isTrue();
      }
      serve(WEB, new Backend("127.0.0.1", one.port()));
      assertThat(EchoServer.ask(node, "127.0.0.1", NODE_PORT)).startsWith("one");
    }
  }

  @Test
  void carriesMuchBothWaysAndPassesTheEndOn() throws Exception {
    byte[] sent = new byte[3_000_000];
    new Random(42).nextBytes(sent);
    try (ServerSocket server = node.call(() -> new ServerSocket(8081))) {
      Thread mirror = new Thread(() -> mirrorOnce(server));
      mirror.start();
      serve(WEB, new Backend("127.0.0.1", 8081));
      try (Socket client = node.call(() -> new Socket("127.0.0.1", NODE_PORT))) {
        client.setSoTimeout(10_000);
        client.getOutputStream().write(sent);
        client.shutdownOutput();
        byte[] received = client.getInputStream().readAllBytes();
        assertThat(Arrays.equals(received, sent)).as("all bytes came back").isTrue();
      }
    }
  }

  /** Answers only when it has heard all, so that it depends on the end being passed on. */
  private static void mirrorOnce(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void relaysDatagrams() throws Exception {
    ServicePort dns = ServicePort.of("default", "dns", "", Protocol.UDP, CLUSTER_IP, 53, 0);
    try (DatagramSocket server = node.call(() -> new DatagramSocket(8053))) {
      Thread echo = new Thread(() -> echoOnce(server));
      echo.start();
      serve(dns, new Backend("127.0.0.1", 8053));
      assertThat(node.call(() -> ask(CLUSTER_IP, 53))).isEqualTo("hello");
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

  private static String ask(String address, int port) throws IOException {
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
  void givesAddressesBack() {
    serve(WEB, new Backend("127.0.0.1", 1));
    assertThat(isOwn(CLUSTER_IP)).isTrue();
    node.run(() -> proxy.update(Services.of(List.of(), Map.of())));
    assertThat(isOwn(CLUSTER_IP)).isFalse();
  }

  private boolean isOwn(String address) {
    return node.call(
        () -> {
          try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, 0));
            return true;
          } catch (IOException notOurs) {
            return false;
          }
        });
  }

  @Test
  void saysWhyItIsUsed() {
    assertThat(proxy.description()).isEqualTo("user space, because the test wants it");
  }
}
