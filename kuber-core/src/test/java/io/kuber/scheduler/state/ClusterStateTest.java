package io.kuber.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClusterStateTest {
  private final Lab lab = new Lab();
  private final NodeState node = lab.node("one");
  private final PodEntry there = lab.placed("one", "there", "{}", "{}");
  private final PodEntry waiting = lab.pod("waiting", "{}", "{}");

  @Test
  void versionOfNodeChangesWithItsPodsAndWithThoseWhoWaitForIt() {
    change("a pod came", () -> lab.placed("one", "new", "{}", "{}"));
    change("a pod changed", () -> lab.pod("there", "{other: labels}", "{}"));
    change("a pod left", () -> lab.cluster.unplace(there.key()));
    change("the node changed", () -> lab.node("one"));
    change("a pod waits for it", () -> lab.cluster.nominations().nominate(waiting, "one"));
    change("it waits for another", () -> lab.cluster.nominations().nominate(waiting, "two"));
    change("it waits again", () -> lab.cluster.nominations().nominate(waiting, "one"));
    change("it waits no more", () -> lab.cluster.nominations().withdraw(waiting.key()));
  }

  private void change(String what, Runnable change) {
    long before = node.podsVersion();
    change.run();
    assertThat(node.podsVersion()).as(what).isNotEqualTo(before);
  }

  @Test
  void versionOfNodeStaysWhereNothingChanges() {
    lab.cluster.nominations().nominate(waiting, "one");
    long before = node.podsVersion();
    lab.cluster.nominations().nominate(lab.pod("waiting", "{}", "{}"), "one");
    lab.node("two");
    lab.placed("two", "elsewhere", "{}", "{}");
    assertThat(node.podsVersion()).isEqualTo(before);
  }

  @Test
  void versionOfNodeStaysWhenOnlySupposedOtherwise() {
    long before = node.podsVersion();
    int supposed =
        lab.cluster.suppose(
            node,
            () -> {
              lab.cluster.place(waiting, "one");
              int count = node.podCount();
              lab.cluster.unplace(waiting.key());
              return count;
            });
    assertThat(supposed).isEqualTo(2);
    assertThat(node.podCount()).isOne();
    assertThat(node.podsVersion()).isEqualTo(before);
  }

  @Test
  void noTwoNodesEverShareVersion() {
    NodeState other = lab.node("two");
    assertThat(other.podsVersion()).isNotEqualTo(node.podsVersion());
    lab.cluster.removeNode("two");
    NodeState successor = lab.node("three");
    assertThat(successor.slot()).isEqualTo(other.slot());
    assertThat(successor.podsVersion()).isNotEqualTo(other.podsVersion());
  }
}
