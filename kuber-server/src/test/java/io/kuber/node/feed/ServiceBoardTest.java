package io.kuber.node.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.dns.DnsZone;
import io.kuber.json.Yaml;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.ServedPort;
import io.kuber.object.KubeObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServiceBoardTest {
  private final ServiceBoard board = new ServiceBoard("node-1");

  private static KubeObject service(String name, int version) {
    return object(
        "{metadata: {name: %s, namespace: default, uid: %s, resourceVersion: '%d'}, spec:"
                .formatted(name, name, version)
            + " {clusterIP: 10.96.0.7, ports: [{port: 80}]}}");
  }

  private static KubeObject slice(String service, String address, int version) {
    return object(
        "{metadata: {name: s, namespace: default, uid: s, resourceVersion: '%d', labels:"
                .formatted(version)
            + " {kubernetes.io/service-name: %s}}, addressType: IPv4, ports: [{port: 80}],"
                .formatted(service)
            + " endpoints: [{addresses: [%s]}]}".formatted(address));
  }

  private static KubeObject object(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  private List<ServedPort> ports() {
    return board.served("").ports();
  }

  @Test
  void looksAgainAtServicesOnlyThatWereHeardOf() {
    board.service("default/a", service("a", 1));
    board.service("default/b", service("b", 2));
    List<ServedPort> before = ports();
    board.slice("default/s", slice("b", "10.244.0.2", 3));
    board.service("default/a", service("a", 1));
    List<ServedPort> after = ports();
    assertThat(after.get(0)).isSameAs(before.get(0));
    assertThat(after.get(1).backends()).containsExactly(new Backend("10.244.0.2", 80));
  }

  @Test
  void followsASliceThatMovesToAnotherService() {
    board.service("default/a", service("a", 1));
    board.service("default/b", service("b", 2));
    board.slice("default/s", slice("a", "10.244.0.2", 3));
    assertThat(ports()).extracting(port -> port.backends().size()).containsExactly(1, 0);
    board.slice("default/s", slice("b", "10.244.0.2", 4));
    assertThat(ports()).extracting(port -> port.backends().size()).containsExactly(0, 1);
    board.slice("default/s", null);
    assertThat(ports()).extracting(port -> port.backends().size()).containsExactly(0, 0);
  }

  @Test
  void knowsASliceThatCameBeforeItsService() {
    board.slice("default/s", slice("a", "10.244.0.2", 3));
    assertThat(ports()).isEmpty();
    board.service("default/a", service("a", 4));
    assertThat(ports()).extracting(port -> port.backends().size()).containsExactly(1);
  }

  @Test
  void tellsNamesOnlyWhenTheyChange() {
    board.service("default/a", service("a", 1));
    assertThat(board.namesChanged()).isTrue();
    DnsZone named = board.renamed(DnsZone.of(DnsZone.DEFAULT_DOMAIN, List.of(), List.of()));
    assertThat(named.size()).isEqualTo(1);
    board.slice("default/s", slice("a", "10.244.0.2", 3));
    assertThat(board.namesChanged()).as("an address of its own hides endpoints").isFalse();
    board.service("default/a", null);
    assertThat(board.namesChanged()).isTrue();
    assertThat(board.renamed(named).size()).isZero();
  }
}
