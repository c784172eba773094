package io.kuber.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Runs the node in a network namespace of its own, and each pod in another; what a test does not
 * close goes with the namespace.
 */
@EnabledOnOs(OS.LINUX)
final class PodNetworkTest {
  private static final PodNetworkConfig CONFIG = PodNetworkConfig.standard("kuber0");

  private final Syscalls kernel = Syscalls.linux();
  private TestNamespace node;
  private TestNamespace pod;
  private TestNamespace neighbour;

  @BeforeEach
  void makeNamespaces() {
    node = TestNamespace.create();
    pod = TestNamespace.create();
    neighbour = TestNamespace.create();
  }

  @AfterEach
  void dropNamespaces() {
    node.close();
    pod.close();
    neighbour.close();
  }

  private PodNetwork open() {
    return node.call(() -> PodNetwork.open(kernel, CONFIG));
  }

  private List<String> linksOfNode() {
    return node.call(
        () -> {
          try (RouteNetlink routes = RouteNetlink.open(kernel)) {
            return routes.links().stream().map(RouteNetlink.Link::name).toList();
          }
        });
  }

  private String forwarding() {
    return node.call(() -> new Sysctl(kernel).read("net/ipv4/ip_forward"));
  }

  @Test
  void connectsPodsWithEachOtherAndWithTheNode() {
    PodNetwork network = open();
    PodAddress first = network.attach("uid-1", pod.path());
    PodAddress second = network.attach("uid-2", neighbour.path());
    try (EchoServer server = EchoServer.start(neighbour, 8080, "second")) {
      assertThat(EchoServer.ask(pod, second.address().toString(), server.port()))
          .as("neighbours see each other's own address")
          .isEqualTo("second " + first.address());
      assertThat(EchoServer.ask(node, second.address().toString(), server.port()))
          .isEqualTo("second " + CONFIG.gateway());
      assertThat(EchoServer.ask(neighbour, "127.0.0.1", server.port()))
          .as("loopback")
          .startsWith("second");
    }
    try (EchoServer server = EchoServer.start(node, 8080, "node")) {
      assertThat(EchoServer.ask(pod, CONFIG.gateway().toString(), server.port()))
          .isEqualTo("node " + first.address());
    }
  }

  @Test
  void leavesNothingBehind() {
    List<String> before = linksOfNode();
    assertThat(forwarding()).isEqualTo("0");
    PodNetwork network = open();
    network.attach("uid-1", pod.path());
    assertThat(forwarding()).isEqualTo("1");
    assertThat(linksOfNode()).contains("kuber0");
    node.run(network::close);
    assertThat(linksOfNode()).isEqualTo(before);
    assertThat(forwarding()).isEqualTo("0");
  }

  @Test
  void takesOverPodsOfEarlierRun() {
    PodAddress first = open().attach("uid-1", pod.path());
    PodNetwork restarted = open();
    assertThat(restarted.attached()).containsExactly("uid-1");
    assertThat(restarted.attach("uid-1", pod.path())).isEqualTo(first);
    assertThat(restarted.attach("uid-2", neighbour.path()).address()).isNotEqualTo(first.address());
    node.run(restarted::close);
    assertThat(forwarding()).as("remembered over the restart").isEqualTo("0");
  }

  @Test
  void startsAnewWithOtherAddresses() {
    open().attach("uid-1", pod.path());
    PodNetworkConfig other =
        new PodNetworkConfig(
            "kuber0",
            Ipv4Block.parse("10.99.1.0/24"),
            Ipv4Block.parse("10.99.0.0/16"),
            CONFIG.services(),
            1500);
    PodNetwork network = node.call(() -> PodNetwork.open(kernel, other));
    assertThat(network.attached()).isEmpty();
    PodAddress address = network.attach("uid-2", neighbour.path());
    assertThat(address.address()).hasToString("10.99.1.2");
    try (EchoServer server = EchoServer.start(neighbour, 8080, "pod")) {
      assertThat(EchoServer.ask(node, "10.99.1.2", server.port())).isEqualTo("pod 10.99.1.1");
    }
  }

  @Test
  void reclaimsWhatKilledRunLeft() {
    List<String> before = linksOfNode();
    open().attach("uid-1", pod.path());
    node.run(() -> PodNetwork.reclaim(kernel, "kuber0"));
    assertThat(linksOfNode()).isEqualTo(before);
    node.run(() -> PodNetwork.reclaim(kernel, "kuber0"));
  }

  @Test
  void detachesPodAndFreesItsAddress() {
    PodNetwork network = open();
    PodAddress address = network.attach("uid-1", pod.path());
    network.detach("uid-1");
    network.detach("uid-1");
    assertThat(network.attached()).isEmpty();
    assertThat(linksOfNode()).doesNotContain(address.link());
    assertThat(network.attach("uid-1", pod.path()).address()).isNotEqualTo(address.address());
  }

  @Test
  void undoesHalfAnAttachment() {
    PodNetwork network = open();
    List<String> before = linksOfNode();
    network.attach("uid-1", pod.path());
    assertThatThrownBy(() -> network.attach("uid-2", pod.path()))
        .as("eth0 is there already")
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("EEXIST");
    network.detach("uid-1");
    assertThat(linksOfNode()).isEqualTo(before);
  }

  @Test
  void namesNamespaceThatIsMissing() {
    PodNetwork network = open();
    assertThatThrownBy(() -> network.attach("uid-1", Path.of("/no/namespace")))
        .hasMessageContaining("/no/namespace")
        .hasMessageContaining("ENOENT");
  }

  @Test
  void refusesBridgeOfSomebodyElse() {
    node.run(
        () -> {
          try (RouteNetlink routes = RouteNetlink.open(kernel)) {
            routes.addBridge("kuber0", NodeBridge.hardwareAddress(CONFIG.gateway()));
          }
        });
    assertThatThrownBy(this::open).hasMessageContaining("kuber0 is not kuber's");
  }
}
