package io.kuber.node.feed;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.dns.DnsZone;
import io.kuber.loop.SimulatedLoops;
import io.kuber.node.TestCluster;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.ServicePort;
import io.kuber.node.proxy.ServiceProxy;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServiceFeedTest {
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final TestCluster cluster = new TestCluster(loops);
  private final RecordingProxy proxy = new RecordingProxy();
  private final List<DnsZone> zones = new ArrayList<>();

  private static final class RecordingProxy implements ServiceProxy {
    private final List<List<ServicePort>> updates = new ArrayList<>();
    private int failures;

    @Override
    public String description() {
      return "records";
    }

    @Override
    public void update(List<ServicePort> ports, Map<ServicePort.Key, List<Backend>> backends) {
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("the kernel refuses");
      }
      updates.add(ports);
    }

    @Override
    public void close() {}
  }

  private void start() {
    ServiceFeed.start(cluster.client(), "node-1", proxy, zones::add, loops.loop("services"));
    pass();
  }

  private void pass() {
    loops.advance(Duration.ofMillis(500));
  }

  private void service(int number) {
    cluster.create(
        Resources.SERVICES,
        "{metadata: {name: s%d}, spec: {clusterIP: 10.96.0.%d, ports: [{port: 80}]}}"
            .formatted(number, number));
  }

  @Test
  void makesOneUpdateOfManyChanges() {
    start();
    assertThat(proxy.updates).hasSize(1);
    for (int number = 11; number < 31; number++) {
      service(number);
    }
    pass();
    assertThat(proxy.updates).hasSize(2);
    assertThat(proxy.updates.get(1)).hasSize(20);
    assertThat(zones).hasSize(2);
  }

  @Test
  void takesAwayWhatIsDeleted() {
    service(11);
    start();
    await(cluster.client().delete(Resources.SERVICES, "default", "s11", DeleteOptions.DEFAULT));
    pass();
    assertThat(proxy.updates.get(proxy.updates.size() - 1)).isEmpty();
  }

  @Test
  void triesAgainWhenTheKernelRefuses() {
    proxy.failures = 2;
    service(11);
    start();
    assertThat(proxy.updates).isEmpty();
    loops.advance(Duration.ofSeconds(3));
    assertThat(proxy.updates).hasSize(1);
  }
}
