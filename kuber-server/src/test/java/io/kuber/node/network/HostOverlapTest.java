package io.kuber.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.RouteNetlink.Link;
import io.kuber.linux.RouteNetlink.Reach;
import io.kuber.linux.Syscalls;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a machine from giving pods and services their addresses. */
final class HostOverlapTest {
  private static final PodNetworkConfig NETWORK = PodNetworkConfig.standard("kuber0");

  private static final List<Link> LINKS =
      List.of(
          new Link(2, "eth0", 0, true, 1500, ""),
          new Link(3, "kuber0", 0, true, 1500, "kuber ip_forward=0"));

  private static Reach reach(int link, String block) {
    int slash = block.indexOf('/');
    return new Reach(
        link,
        Ipv4.parse(block.substring(0, slash)).inet(),
        Integer.parseInt(block.substring(slash + 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | 192.0.2.2/24    | ''
          2 | 0.0.0.0/0       | ''
          2 | 10.0.0.0/8      | ''
          3 | 10.244.0.0/24   | ''
          2 | 10.244.7.1/24   | link eth0 has 10.244.7.1/24, and pods are to have 10.244.0.0/16
          2 | 10.244.0.0/16   | link eth0 has 10.244.0.0/16, and pods are to have 10.244.0.0/16
          2 | 10.100.0.9/32   | link eth0 has 10.100.0.9/32, and services are to have 10.96.0.0/12
          """)
  void tellsWhatLiesWithin(int link, String block, String expected) {
    List<Reach> one = List.of(reach(link, block));
    assertThat(HostOverlap.find(LINKS, one, List.of(), NETWORK).orElse("")).isEqualTo(expected);
    assertThat(HostOverlap.find(LINKS, List.of(), one, NETWORK).orElse("")).isEqualTo(expected);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsTheMachinesOwnAddressesAndRoutes() {
    Syscalls kernel = Syscalls.linux();
    try (TestNamespace machine = TestNamespace.create()) {
      assertThat(machine.call(() -> HostOverlap.find(kernel, NETWORK))).isEmpty();
      PodNetwork pods = machine.call(() -> PodNetwork.open(kernel, NETWORK));
      assertThat(machine.call(() -> HostOverlap.find(kernel, NETWORK))).isEmpty();
      machine.run(pods::close);
      machine.run(
          () -> {
            try (RouteNetlink routes = RouteNetlink.open(kernel)) {
              routes.addBridge("other0", new byte[] {2, 0, 0, 0, 0, 1});
              int index = routes.link("other0").orElseThrow().index();
              routes.up(index);
              routes.addRoute(Ipv4.parse("10.244.9.0").inet(), 24, index);
            }
          });
      assertThat(machine.call(() -> HostOverlap.find(kernel, NETWORK)))
          .hasValue("link other0 has 10.244.9.0/24, and pods are to have 10.244.0.0/16");
    }
  }
}
