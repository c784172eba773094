package io.kuber.node.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.node.policy.PolicySet;
import io.kuber.object.KubeObject;
import org.junit.jupiter.api.Test;

final class PolicyBoardTest {
  private final PolicyBoard board = new PolicyBoard("node-1");

  private static KubeObject pod(String node, String condition) {
    return object(
        "{metadata: {name: web, namespace: default}, spec: {nodeName: %s, containers: [{name: c}]},"
                .formatted(node)
            + " status: {podIP: 10.244.0.2, conditions: [{type: %s}]}}".formatted(condition));
  }

  private static KubeObject policy(String spec) {
    return object("{metadata: {name: p, namespace: default}, spec: {podSelector: {}" + spec + "}}");
  }

  private static KubeObject object(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  @Test
  void closesPodsOfItsNode() {
    board.pod("default/web", pod("node-1", "Ready"));
    assertThat(board.planned()).isEqualTo(PolicySet.EMPTY);
    board.policy("default/p", policy(""));
    assertThat(board.hasPolicies()).isTrue();
    assertThat(board.planned().closedPods()).isEqualTo(1);
    board.pod("default/web", pod("node-2", "Ready"));
    assertThat(board.planned().closedPods()).isZero();
    board.policy("default/p", null);
    assertThat(board.planned()).isEqualTo(PolicySet.EMPTY);
  }

  @Test
  void plansAgainOnlyWhenSomethingChangedThatPoliciesSee() {
    board.policy("default/p", policy(""));
    board.pod("default/web", pod("node-1", "Ready"));
    PolicySet planned = board.planned();
    board.pod("default/web", pod("node-1", "ContainersReady"));
    assertThat(board.isStale()).isFalse();
    assertThat(board.planned()).isSameAs(planned);
    board.namespace("default", object("{metadata: {name: default}}"));
    assertThat(board.isStale()).isTrue();
  }

  @Test
  void leavesOutAPolicyThatCannotBeRead() {
    board.policy("default/p", policy(", ingress: [{from: [{ipBlock: {cidr: nonsense}}]}]"));
    assertThat(board.hasPolicies()).isFalse();
  }
}
