package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.linux.Syscalls;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class ServiceProxiesTest {
  private static final ProxyConfig CONFIG = ProxyConfig.of(PodNetworkConfig.standard("kuber0"));

  @Test
  void fallBackToUserSpaceAndSayWhy() {
    try (TestNamespace withoutBridge = TestNamespace.create()) {
      ServiceProxy proxy = withoutBridge.call(() -> ServiceProxies.open(Syscalls.linux(), CONFIG));
      assertThat(proxy.description())
          .startsWith("user space, because openat(/proc/sys/net/ipv4/conf/kuber0/route_localnet")
          .endsWith("fails with ENOENT");
      withoutBridge.run(proxy::close);
    }
  }

  @Test
  void reclaimWhatKilledRunLeft() {
    try (TestNamespace node = TestNamespace.create()) {
      node.run(() -> ServiceProxies.reclaim(Syscalls.linux(), CONFIG));
      node.run(() -> ServiceProxies.reclaim(Syscalls.linux(), CONFIG));
    }
  }
}
