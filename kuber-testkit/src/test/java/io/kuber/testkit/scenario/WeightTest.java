package io.kuber.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class WeightTest {
  private static Weight of(String steps) {
    return Weight.of(ScenarioFile.parse("big.yaml", "nodes: [{count: 100}]\nsteps:\n" + steps));
  }

  @Test
  void countsThePodsThatAreThereAtOnce() {
    assertThat(of("- create: {kind: Job, name: a, count: 3, pods: 5}").pods()).isEqualTo(15);
    assertThat(of("- create: {kind: DaemonSet, name: a}").pods()).isEqualTo(100);
    assertThat(
            of("""
                    - create: {kind: Deployment, name: a, count: 2, pods: 10}
                    - scale: {of: a, pods: 100}
                    - delete: {of: a}
                    - create: {kind: Deployment, name: b, pods: 100}
                    """)
                .pods())
        .isEqualTo(200);
    assertThat(
            of("""
                    - create: {kind: Deployment, name: a, pods: 100}
                    - rollout: {of: a, image: "a:2"}
                    """)
                .pods())
        .isEqualTo(125);
  }

  @Test
  void saysHowMuchMemoryAnImpossibleSizeNeeds() {
    Weight weight = new Weight(10_000, 1_000_000);
    assertThatThrownBy(() -> weight.check(1L << 30))
        .isInstanceOf(BadScenarioException.class)
        .hasMessageStartingWith("10,000 nodes and 1,000,000 pods need about ")
        .hasMessageContaining("GiB of memory; this JVM has 1 GiB. Give it more with -Xmx")
        .hasMessageContaining("KUBER_MAX_HEAP=");
    weight.check(1L << 40);
  }
}
