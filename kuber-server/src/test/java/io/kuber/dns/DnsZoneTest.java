package io.kuber.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DnsZoneTest {
  private static final int SEEDS = 30;
  private static final int CHANGES = 60;

  private static DnsZone empty() {
    return DnsZone.of("cluster.local", List.of("default"), List.of());
  }

  private static DnsService headless(String name, String... ips) {
    List<DnsEndpoint> endpoints = new ArrayList<>();
    for (String ip : ips) {
      endpoints.add(new DnsEndpoint(ip, "", List.of()));
    }
    return DnsService.headless("default", name, endpoints);
  }

  private static DnsService web(String ip) {
    return DnsService.withAddress("default", "web", ip, List.of());
  }

  @Test
  void leavesTheZoneThatItWasMadeOfAsItWas() {
    DnsZone before = empty().with(web("10.96.0.7"));
    DnsZone after = before.with(web("10.96.0.8"));
    assertThat(before.nameOf("10.96.0.7")).contains("web.default.svc.cluster.local");
    assertThat(before.nameOf("10.96.0.8")).isEmpty();
    assertThat(after.nameOf("10.96.0.7")).isEmpty();
    assertThat(after.nameOf("10.96.0.8")).contains("web.default.svc.cluster.local");
    assertThat(after.without("default", "web").service("default", "web")).isEmpty();
    assertThat(after.service("default", "web")).isPresent();
  }

  @Test
  void namesAnAddressByItsOwnServiceThenByTheFirstThatHasItAsAPods() {
    DnsZone both = empty().with(headless("b", "10.244.0.9")).with(headless("a", "10.244.0.9"));
    assertThat(both.nameOf("10.244.0.9")).contains("10-244-0-9.a.default.svc.cluster.local");
    assertThat(both.without("default", "a").nameOf("10.244.0.9"))
        .contains("10-244-0-9.b.default.svc.cluster.local");
    assertThat(both.with(web("10.244.0.9")).nameOf("10.244.0.9"))
        .contains("web.default.svc.cluster.local");
    assertThat(both.nameOf("10.244.0.90")).as("no beginning of another").isEmpty();
    assertThat(both.nameOf("10.244.0")).isEmpty();
  }

  @Test
  void knowsNamespacesThatCameLater() {
    DnsZone zone = empty().inNamespaces(List.of("other"));
    assertThat(zone.hasNamespace("other")).isTrue();
    assertThat(zone.hasNamespace("default")).isFalse();
  }

  @Test
  void isAfterManyChangesWhatItWouldBeMadeAtOnce() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      Map<String, DnsService> model = new HashMap<>();
      DnsZone zone = empty();
      for (int change = 0; change < CHANGES; change++) {
        String name = "s" + random.nextInt(8);
        if (random.nextInt(3) == 0) {
          model.remove(name);
          zone = zone.without("default", name);
        } else {
          DnsService service = headless(name, ip(random), ip(random));
          model.put(name, service);
          zone = zone.with(service);
        }
      }
      DnsZone anew = DnsZone.of("cluster.local", List.of("default"), model.values());
      for (int i = 0; i < 8; i++) {
        String address = "10.244.0." + i;
        assertThat(zone.service("default", "s" + i))
            .as("seed %d", seed)
            .isEqualTo(anew.service("default", "s" + i));
        assertThat(zone.nameOf(address)).as("seed %d", seed).isEqualTo(anew.nameOf(address));
      }
    }
  }

  private static String ip(Random random) {
    return "10.244.0." + random.nextInt(8);
  }
}
