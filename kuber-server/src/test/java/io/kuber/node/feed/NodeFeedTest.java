package io.kuber.node.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Ipv4Block;
import io.kuber.node.network.NodeReach;
import io.kuber.object.KubeObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeFeedTest {
  private static KubeObject node(String type, String address, String pods) {
    return KubeObject.of(
        Yaml.parse(
            """
            apiVersion: v1
            kind: Node
            metadata: {name: b}
            spec: {podCIDR: "%s"}
            status: {addresses: [{type: Hostname, address: b}, {type: %s, address: "%s"}]}
            """
                .formatted(pods, type, address)
                .getBytes(UTF_8)));
  }

  @Test
  void readsWhereANodeIsAndWhatAddressesItsPodsHave() {
    assertThat(NodeFeed.reach(node("InternalIP", "192.168.1.2", "10.244.1.0/24")))
        .contains(new NodeReach("b", Ipv4.parse("192.168.1.2"), Ipv4Block.parse("10.244.1.0/24")));
  }

  @ParameterizedTest
  @CsvSource({
    "ExternalIP, 192.0.2.2, 10.244.1.0/24",
    "InternalIP, fd00::1, 10.244.1.0/24",
    "InternalIP, 192.168.1.2, ''",
    "InternalIP, 192.168.1.2, 10.244.1.1/24",
    "InternalIP, 192.168.1.2, fd00::/64"
  })
  void knowsNoWayToANodeThatDoesNotSay(String type, String address, String pods) {
    assertThat(NodeFeed.reach(node(type, address, pods))).isEmpty();
  }
}
