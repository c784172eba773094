package io.kuber.node.network;

import static io.kuber.node.network.EchoServer.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.linux.PathNetlink;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Pods of three machines, on real links: two share a network, the third is behind a router. */
@EnabledOnOs(OS.LINUX)
final class NodePathsTest {
  private static final int NEAR = 2;
  private static final int FAR = 3;
  private static final String TUNNEL = "kuber0-vx";
  private static final int LARGE = 200_000;

  private final Syscalls kernel = Syscalls.linux();
  private RoutedMachines machines;
  private final List<TestNamespace> pods = new ArrayList<>();
  private final List<PodNetwork> networks = new ArrayList<>();
  private final List<NodePaths> paths = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  @BeforeEach
  void start() {
    machines = new RoutedMachines();
    for (int number = 1; number <= RoutedMachines.MACHINES; number++) {
      PodNetworkConfig config = config(number);
      TestNamespace machine = machines.machine(number);
      TestNamespace pod = TestNamespace.create();
      pods.add(pod);
      PodNetwork network = machine.call(() -> PodNetwork.open(kernel, config));
      networks.add(network);
      addresses.add(network.attach("pod", pod.path()).address().toString());
      paths.add(open(number));
    }
    for (int number = 1; number <= RoutedMachines.MACHINES; number++) {
      lead(number);
    }
  }

  @AfterEach
  void stop() {
    pods.forEach(TestNamespace::close);
    machines.close();
  }

  private static PodNetworkConfig config(int number) {
    return PodNetworkConfig.standard("kuber0").ofMachine(number);
  }

  private NodePaths open(int number) {
    return machines.machine(number).call(() -> NodePaths.open(kernel, config(number)));
  }

  private static List<NodeReach> others(int number) {
    return IntStream.rangeClosed(1, RoutedMachines.MACHINES)
        .filter(other -> other != number)
        .mapToObj(
            other ->
                new NodeReach("node-" + other, RoutedMachines.address(other), config(other).pods()))
        .toList();
  }

  private void lead(int number) {
    machines.machine(number).run(() -> paths.get(number - 1).lead(others(number)));
  }

  private TestNamespace pod(int number) {
    return pods.get(number - 1);
  }

  private String address(int number) {
    return addresses.get(number - 1);
  }

  private List<String> routes(int number) {
    return machines
        .machine(number)
        .call(
            () -> {
              try (PathNetlink netlink = PathNetlink.open(kernel);
                  RouteNetlink links = RouteNetlink.open(kernel)) {
                int tunnel = links.link(TUNNEL).map(RouteNetlink.Link::index).orElse(0);
                return netlink.routes().stream()
                    .map(
                        route ->
                            route.destination().getHostAddress()
                                + (route.link() == tunnel ? " tunnel" : " direct"))
                    .sorted()
                    .toList();
              }
            });
  }

  @Test
  void leadFromEveryPodToEveryOtherWithItsOwnAddress() {
    assertThat(routes(1)).containsExactly("10.244.1.0 direct", "10.244.2.0 tunnel");
    assertThat(routes(FAR)).containsExactly("10.244.0.0 tunnel", "10.244.1.0 tunnel");
    for (int to = 1; to <= RoutedMachines.MACHINES; to++) {
      try (EchoServer server = EchoServer.start(pod(to), 8080, "pod")) {
        for (int from = 1; from <= RoutedMachines.MACHINES; from++) {
          assertThat(ask(pod(from), address(to), server.port()))
              .as("%d to %d", from, to)
              .isEqualTo("pod " + address(from));
        }
      }
    }
  }

  @Test
  void leadMachinesToPods() {
    try (EchoServer server = EchoServer.start(pod(FAR), 8080, "pod")) {
      assertThat(ask(machines.machine(1), address(FAR), server.port()))
          .as("by its end of the tunnel")
          .isEqualTo("pod 10.244.0.0");
    }
    try (EchoServer server = EchoServer.start(pod(NEAR), 8080, "pod")) {
      assertThat(ask(machines.machine(1), address(NEAR), server.port()))
          .isEqualTo("pod " + RoutedMachines.address(1));
    }
  }

  @Test
  void leaveRoomForWhatTheTunnelPutsInFront() throws Exception {
    assertThat(machines.mtu(1, TUNNEL)).isEqualTo(1450);
    assertThat(networks.get(0).config().mtu()).isEqualTo(1450);
    try (ServerSocket server = pod(FAR).call(() -> new ServerSocket(9000))) {
      Thread sender = new Thread(() -> send(server), "sender");
      sender.setDaemon(true);
      sender.start();
      assertThat(pod(1).call(() -> receive(address(FAR)))).isEqualTo(LARGE);
    }
  }

  private static void send(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write(new byte[LARGE]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int receive(String address) throws IOException {
    try (Socket socket = new Socket(address, 9000);
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(30_000);
      return in.readAllBytes().length;
    }
  }

  @Test
  void areThereAgainAfterALinkWasCut() {
    try (EchoServer server = EchoServer.start(pod(FAR), 8080, "pod")) {
      machines.cut(FAR);
      assertThatThrownBy(() -> ask(pod(1), address(FAR), server.port()))
          .hasStackTraceContaining("java.net");
      machines.heal(FAR);
      assertThat(ask(pod(1), address(FAR), server.port())).isEqualTo("pod " + address(1));
    }
  }

  @Test
  void areMadeAgainWhenTheyWentWithTheirLink() {
    machines.bounce(1);
    assertThat(routes(1)).as("the kernel took the other away").containsExactly("10.244.2.0 tunnel");
    lead(1);
    assertThat(routes(1)).containsExactly("10.244.1.0 direct", "10.244.2.0 tunnel");
    try (EchoServer server = EchoServer.start(pod(NEAR), 8080, "pod")) {
      assertThat(ask(pod(1), address(NEAR), server.port())).isEqualTo("pod " + address(1));
    }
  }

  @Test
  void followANodeThatMovesAndForgetOneThatIsGone() {
    NodeReach moved = new NodeReach("node-2", Ipv4.parse("192.168.2.77"), config(NEAR).pods());
    machines.machine(1).run(() -> paths.get(0).lead(List.of(moved)));
    assertThat(routes(1)).containsExactly("10.244.1.0 tunnel");
    lead(1);
    assertThat(routes(1)).containsExactly("10.244.1.0 direct", "10.244.2.0 tunnel");
    machines.machine(1).run(() -> paths.get(0).lead(others(1).subList(0, 1)));
    assertThat(routes(1)).containsExactly("10.244.1.0 direct");
    assertThat(machines.mtu(1, TUNNEL)).as("nobody needs it").isZero();
  }

  @Test
  void takeOverWhatAKilledRunLeftWithoutBreakingConnections() throws Exception {
    try (ServerSocket server = pod(FAR).call(() -> new ServerSocket(9000));
        Socket client = pod(1).call(() -> new Socket(address(FAR), 9000));
        Socket accepted = server.accept()) {
      NodePaths next = open(1);
      machines.machine(1).run(() -> next.lead(others(1)));
      assertThat(routes(1)).containsExactly("10.244.1.0 direct", "10.244.2.0 tunnel");
      accepted.getOutputStream().write(7);
      client.setSoTimeout(30_000);
      assertThat(client.getInputStream().read()).isEqualTo(7);
      machines.machine(1).run(() -> next.lead(others(1).subList(0, 1)));
      assertThat(routes(1)).as("gone meanwhile").containsExactly("10.244.1.0 direct");
    }
  }

  @Test
  void leaveNothingBehind() {
    machines.machine(1).run(paths.get(0)::close);
    assertThat(routes(1)).isEmpty();
    assertThat(machines.mtu(1, TUNNEL)).isZero();
    machines.machine(FAR).run(() -> NodePaths.reclaim(kernel, config(FAR)));
    assertThat(routes(FAR)).as("of a run that was killed").isEmpty();
    assertThat(machines.mtu(FAR, TUNNEL)).isZero();
  }

  @Test
  void leaveALinkOfOthersAlone() {
    TestNamespace machine = machines.machine(1);
    machine.run(paths.get(0)::close);
    machine.run(
        () -> {
          try (RouteNetlink links = RouteNetlink.open(kernel)) {
            links.addBridge(TUNNEL, new byte[] {2, 0, 0, 0, 0, 9});
          }
        });
    NodePaths next = open(1);
    assertThatThrownBy(() -> machine.run(() -> next.lead(others(1))))
        .hasMessageContaining(TUNNEL + " is not kuber's");
    machine.run(next::close);
    assertThat(machine.links()).contains(TUNNEL);
  }
}
