package io.kuber.node.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.dns.DnsRoutes;
import io.kuber.loop.SimulatedLoops;
import io.kuber.node.TestCluster;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameSettingsTest {
  private static KubeObject settings(String key, String value) {
    return KubeObject.of(
        Tree.of(
            "metadata",
            Tree.of("namespace", "kube-system", "name", "kube-dns"),
            "data",
            Tree.of(key, value)));
  }

  @Test
  void readsStubDomainsAndServersUpstream() {
    KubeObject stubs =
        settings("stubDomains", "{\"acme.local\": [\"192.0.2.1\", \"[2001:db8::1]:5353\"]}");
    assertThat(NameSettings.routes(stubs))
        .isEqualTo(
            new DnsRoutes(
                List.of(),
                Map.of(
                    "acme.local",
                    List.of(
                        new InetSocketAddress("192.0.2.1", 53),
                        new InetSocketAddress("2001:db8::1", 5353)))));
    assertThat(NameSettings.routes(settings("upstreamNameservers", "[\"192.0.2.2:54\"]")))
        .isEqualTo(new DnsRoutes(List.of(new InetSocketAddress("192.0.2.2", 54)), Map.of()));
    assertThat(NameSettings.routes(settings("other", "x"))).isEqualTo(DnsRoutes.OF_MACHINE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stubDomains         | [\"192.0.2.1\"]         | stubDomains has to be a JSON object",
        "stubDomains         | {\"a\": \"192.0.2.1\"}  | stubDomains has to list addresses",
        "stubDomains         | {\"a\": [\"b.c\"]}      | \"b.c\" is no address",
        "upstreamNameservers | {}                      | upstreamNameservers has to list",
        "upstreamNameservers | [\"192.0.2.1:x\"]       | 192.0.2.1:x",
        "upstreamNameservers | [                       | upstreamNameservers has to be JSON",
      })
  void saysWhatIsWrong(String key, String value, String message) {
    assertThatThrownBy(() -> NameSettings.routes(settings(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void goesByTheConfigMapAsLongAsItIsThereAndRight() {
    SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
    TestCluster cluster = new TestCluster(loops);
    List<DnsRoutes> heard = new ArrayList<>();
    NameSettingsFeed.start(cluster.client(), heard::add, loops.loop("names"));
    loops.advance(Duration.ofSeconds(1));
    assertThat(heard).isEmpty();
    KubeObject made =
        TestCluster.await(
            cluster
                .client()
                .create(Resources.CONFIG_MAPS, settings("upstreamNameservers", "[\"192.0.2.9\"]")));
    loops.advance(Duration.ofSeconds(1));
    TestCluster.await(
        cluster.client().update(Resources.CONFIG_MAPS, made.with("{", "data", "stubDomains")));
    loops.advance(Duration.ofSeconds(1));
    TestCluster.await(
        cluster
            .client()
            .delete(Resources.CONFIG_MAPS, "kube-system", "kube-dns", DeleteOptions.DEFAULT));
    loops.advance(Duration.ofSeconds(1));
    assertThat(heard)
        .containsExactly(
            new DnsRoutes(List.of(new InetSocketAddress("192.0.2.9", 53)), Map.of()),
            DnsRoutes.OF_MACHINE);
  }
}
