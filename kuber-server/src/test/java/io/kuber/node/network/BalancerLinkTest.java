package io.kuber.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Addresses of balancers, on a real link. */
@EnabledOnOs(OS.LINUX)
final class BalancerLinkTest {
  private static final String NAME = "kuber-test-vip";
  private static final Ipv4 FIRST = Ipv4.parse("192.0.2.10");
  private static final Ipv4 SECOND = Ipv4.parse("192.0.2.11");

  private final Syscalls kernel = Syscalls.linux();
  private TestNamespace machine;

  @BeforeEach
  void start() {
    machine = TestNamespace.create();
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  private BalancerLink open() {
    return machine.call(() -> BalancerLink.open(kernel, NAME));
  }

  private List<String> addresses() {
    return machine.call(
        () -> {
          try (RouteNetlink routes = RouteNetlink.open(kernel)) {
            return routes.addresses().stream()
                .filter(address -> address.link() != RouteNetlink.LOOPBACK)
                .map(address -> address.address().getHostAddress() + "/" + address.prefix())
                .toList();
          }
        });
  }

  @Test
  void holdsTheAddressesThatItIsGivenAndNoOthers() {
    BalancerLink link = open();
    link.hold(Set.of(FIRST, SECOND));
    assertThat(addresses()).containsExactlyInAnyOrder("192.0.2.10/32", "192.0.2.11/32");
    link.hold(Set.of(SECOND));
    assertThat(addresses()).containsExactly("192.0.2.11/32");
    machine.run(link::close);
    assertThat(machine.links()).containsExactly("lo");
  }

  @Test
  void reachesTheMachineAtThem() {
    BalancerLink link = open();
    link.hold(Set.of(FIRST));
    try (EchoServer server = EchoServer.start(machine, 0, "here")) {
      assertThat(EchoServer.ask(machine, "192.0.2.10", server.port())).isEqualTo("here 192.0.2.10");
    }
  }

  @Test
  void takesOverWhatAKilledRunLeft() {
    open().hold(Set.of(FIRST, SECOND));
    BalancerLink next = open();
    assertThat(addresses()).hasSize(2);
    next.hold(Set.of(FIRST));
    assertThat(addresses()).containsExactly("192.0.2.10/32");
    machine.run(() -> BalancerLink.reclaim(kernel, NAME));
    assertThat(machine.links()).containsExactly("lo");
  }

  @Test
  void leavesALinkOfOthersAlone() {
    machine.run(
        () -> {
          try (RouteNetlink routes = RouteNetlink.open(kernel)) {
            routes.addBridge(NAME, new byte[] {2, 0, 0, 0, 0, 1});
          }
        });
    assertThatThrownBy(this::open).hasMessageContaining("is not kuber's");
    machine.run(() -> BalancerLink.reclaim(kernel, NAME));
    assertThat(machine.links()).containsExactly(NAME, "lo");
  }
}
