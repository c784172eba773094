package io.kuber.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kuber.client.Client;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.scheduler.plugin.ScoringStrategy;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Store;
import io.kuber.view.Condition;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SchedulerLoopTest {
  /** As many as are decided in two turns. */
  private static final int MANY = 128;

  private static final Duration LONGEST_WAIT = QueuedPod.MAX_WAIT.plusSeconds(1);

  private final Workbench bench = new Workbench(1);

  @Test
  void bindsAndSaysSo() {
    bench.node("one", "{}", "{}");
    bench.pod("web", "{}", "{}", "1");
    assertThat(bench.nodeOf("web")).isEqualTo("one");
    assertThat(bench.events("Scheduled"))
        .containsExactly("Successfully assigned default/web to one");
  }

  @Test
  void saysWhyPodWaitsAndTriesAgainWhenNodeComes() {
    bench.node("small", "{}", "{taints: [{key: gpu, value: 'yes', effect: NoSchedule}]}");
    bench.pod("web", "{}", "{}", "1");
    String why =
        "0/1 nodes are available: 1 node(s) had untolerated taint(s). no new claims to deallocate,"
            + " preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";
    assertThat(bench.waitsFor("web")).isEqualTo(why);
    assertThat(bench.events("FailedScheduling")).containsExactly(why);
    bench.node("two", "{}", "{}");
    bench.pass(LONGEST_WAIT);
    assertThat(bench.nodeOf("web")).isEqualTo("two");
  }

  @Test
  void bindsNothingMoreThatItHasDecidedOnceItHasStopped() {
    bench.scheduler.stop();
    IntStream.range(0, 32).forEach(node -> bench.node("node-" + node, "{}", "{}"));
    IntStream.range(0, MANY).forEach(pod -> bench.pod("web-" + pod, "{}", "{}", "1m"));
    bench.store.subscribe(new StopAtFirstBinding(bench.scheduler));
    bench.scheduler.start();
    bench.pass(LONGEST_WAIT);
    assertThat(IntStream.range(0, MANY).filter(pod -> !bench.nodeOf("web-" + pod).isEmpty()))
        .hasSizeBetween(1, MANY - 1);
  }

  private record StopAtFirstBinding(SchedulerLoop scheduler) implements Store.Listener {
    @Override
    public void changed(Delta delta, Image image) {
      if (delta.key().resource().equals("pods")) {
        scheduler.stop();
      }
    }
  }

  @Test
  void leavesPodWithClosedGateAloneUntilItIsOpened() {
    bench.node("one", "{}", "{}");
    bench.pod("web", "{}", "{schedulingGates: [{name: wait}]}", "1");
    bench.pass(LONGEST_WAIT);
    assertThat(bench.nodeOf("web")).isEmpty();
    assertThat(bench.events("FailedScheduling")).isEmpty();
    assertThat(bench.waitsFor("web"))
        .isEqualTo("Scheduling is blocked due to non-empty scheduling gates");
    bench.merge(Resources.PODS, "web", "", "{spec: {schedulingGates: []}}");
    assertThat(bench.nodeOf("web")).isEqualTo("one");
  }

  @Test
  void leavesPodsOfOtherSchedulersAlone() {
    bench.node("one", "{}", "{}");
    bench.pod("web", "{}", "{schedulerName: mine}", "1");
    bench.pass(LONGEST_WAIT);
    assertThat(bench.nodeOf("web")).isEmpty();
    assertThat(bench.list(Resources.EVENTS)).isEmpty();
  }

  @Test
  void givesEachPodTheRulesOfItsScheduler() {
    Profile packing =
        DefaultProfile.of(
            "packing", new ScoringStrategy.MostAllocated(ScoringStrategy.CPU_AND_MEMORY));
    Workbench two = new Workbench(1, List.of(DefaultProfile.profile(), packing));
    two.node("a", "{}", "{}");
    two.pod("first", "{}", "{}", "100m");
    two.node("b", "{}", "{}");
    two.pod("packed", "{}", "{schedulerName: packing}", "100m");
    two.pod("spread", "{}", "{}", "100m");
    assertThat(two.nodeOf("packed")).isEqualTo("a");
    assertThat(two.nodeOf("spread")).isEqualTo("b");
    assertThat(two.list(Resources.EVENTS))
        .extracting(event -> event.tree().text("source", "component"))
        .contains("packing", "default-scheduler");
  }

  @Test
  void makesRoomForMoreImportantPod() {
    bench.create(Resources.PRIORITY_CLASSES, "{metadata: {name: high}, value: 1000}");
    bench.node("one", "{}", "{}");
    bench.pod("low", "{}", "{}", "2");
    bench.pod("high", "{}", "{priorityClassName: high}", "1");
    assertThat(bench.nodeOf("low")).isEqualTo("gone");
    String uid = bench.find(Resources.PODS, "high").orElseThrow().uid();
    assertThat(bench.events("Preempted"))
        .containsExactly("Preempted by pod " + uid + " on node one");
    assertThat(bench.find(Resources.PODS, "high").orElseThrow().status().text("nominatedNodeName"))
        .isEqualTo("one");
    bench.pass(LONGEST_WAIT);
    assertThat(bench.nodeOf("high")).isEqualTo("one");
  }

  @Test
  void saysWhatItWasDoingAndWhoHadToDoWithIt() {
    bench.create(Resources.PRIORITY_CLASSES, "{metadata: {name: high}, value: 1000}");
    bench.node("one", "{}", "{}");
    bench.pod("low", "{}", "{}", "2");
    bench.pod("high", "{}", "{priorityClassName: high}", "1");
    bench.pass(LONGEST_WAIT);
    assertThat(bench.list(Resources.EVENTS))
        .extracting(
            event -> event.tree().text("reason"),
            event -> event.tree().text("action"),
            event -> event.tree().text("related", "name"))
        .contains(
            tuple("Scheduled", "Binding", ""),
            tuple("FailedScheduling", "Scheduling", ""),
            tuple("Preempted", "Preempting", "high"));
  }

  @Test
  void saysThatPodBeingDeletedGetsNoNode() {
    bench.pod("web", "{}", "{}", "1");
    bench.merge(Resources.PODS, "web", "", "{metadata: {finalizers: [a.example/wait]}}");
    bench.delete(Resources.PODS, "web");
    assertThat(bench.events("FailedScheduling"))
        .contains("skip schedule deleting pod: default/web");
    bench.node("one", "{}", "{}");
    bench.pass(LONGEST_WAIT);
    assertThat(bench.nodeOf("web")).isEmpty();
  }

  @Test
  void waitsForVictimThatTakesItsTimeAndPreemptsNobodyElse() {
    bench.create(Resources.PRIORITY_CLASSES, "{metadata: {name: high}, value: 1000}");
    bench.node("one", "{}", "{}");
    bench.node("two", "{}", "{}");
    bench.pod("low-1", "{}", "{terminationGracePeriodSeconds: 30}", "2");
    bench.pod("low-2", "{}", "{terminationGracePeriodSeconds: 30}", "2");
    bench.pod("high", "{}", "{priorityClassName: high}", "1");
    bench.pod("small", "{}", "{}", "1");
    bench.pass(LONGEST_WAIT);
    assertThat(bench.list(Resources.PODS)).filteredOn(pod -> pod.isBeingDeleted()).hasSize(1);
    assertThat(bench.nodeOf("high")).isEmpty();
    assertThat(bench.nodeOf("small")).isEmpty();
    String victim =
        bench.list(Resources.PODS).stream()
            .filter(pod -> pod.isBeingDeleted())
            .findFirst()
            .orElseThrow()
            .name();
    String node = bench.nodeOf(victim);
    bench
        .client
        .delete(Resources.PODS, "default", victim, new Client.DeleteOptions(0, "", "", ""))
        .toCompletableFuture()
        .join();
    bench.pass(LONGEST_WAIT);
    assertThat(bench.nodeOf("high")).isEqualTo(node);
    assertThat(bench.nodeOf("small")).isEqualTo(node);
  }

  @Test
  void waitsForPodThatLeavesAnywayWithoutPreemptingIt() {
    bench.create(Resources.PRIORITY_CLASSES, "{metadata: {name: high}, value: 1000}");
    bench.node("one", "{}", "{}");
    bench.pod("low", "{}", "{terminationGracePeriodSeconds: 30}", "2");
    bench.delete(Resources.PODS, "low");
    bench.pod("high", "{}", "{priorityClassName: high}", "1");
    assertThat(bench.find(Resources.PODS, "high").orElseThrow().status().text("nominatedNodeName"))
        .isEqualTo("one");
    KubeObject low = bench.find(Resources.PODS, "low").orElseThrow();
    assertThat(low.isBeingDeleted()).isTrue();
    assertThat(Condition.find(low.status(), "DisruptionTarget")).isEmpty();
    assertThat(bench.events("Preempted")).isEmpty();
  }

  @Test
  void preemptsNobodyForPodThatMayNot() {
    bench.create(
        Resources.PRIORITY_CLASSES,
        "{metadata: {name: polite}, value: 1000, preemptionPolicy: Never}");
    bench.node("one", "{}", "{}");
    bench.pod("low", "{}", "{}", "2");
    bench.pod("polite", "{}", "{priorityClassName: polite}", "1");
    assertThat(bench.nodeOf("low")).isEqualTo("one");
    assertThat(bench.waitsFor("polite"))
        .isEqualTo(
            "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not"
                + " eligible due to preemptionPolicy=Never.");
  }

  @Test
  void triesMoreImportantPodsFirst() {
    bench.create(Resources.PRIORITY_CLASSES, "{metadata: {name: high}, value: 1000}");
    bench.pod("low", "{}", "{}", "2");
    bench.pod("high", "{}", "{priorityClassName: high}", "2");
    bench.node("one", "{}", "{}");
    bench.pass(LONGEST_WAIT);
    assertThat(bench.nodeOf("high")).isEqualTo("one");
    assertThat(bench.nodeOf("low")).isEmpty();
  }

  @Test
  void choosesLocalVolumeAndWaitsUntilItIsBound() {
    bench.create(
        Resources.STORAGE_CLASSES,
        """
        metadata: {name: local}
        provisioner: kubernetes.io/no-provisioner
        volumeBindingMode: WaitForFirstConsumer
        """);
    bench.node("a", "{disk: 'no'}", "{}");
    bench.node("b", "{disk: 'yes'}", "{}");
    bench.create(
        Resources.PERSISTENT_VOLUMES,
        """
        metadata: {name: v}
        spec:
          storageClassName: local
          capacity: {storage: 5Gi}
          accessModes: [ReadWriteOnce]
          local: {path: /data}
          nodeAffinity: {required: {nodeSelectorTerms: [
            {matchExpressions: [{key: disk, operator: In, values: ['yes']}]}]}}
        """);
    String mounts = "{volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}";
    bench.pod("db", "{}", mounts, "1");
    assertThat(bench.waitsFor("db")).contains("persistentvolumeclaim \"data\" not found");
    bench.create(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        """
        metadata: {name: data, namespace: default}
        spec:
          storageClassName: local
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
        """);
    bench.pass(LONGEST_WAIT);
    assertThat(bench.nodeOf("db")).isEmpty();
    assertThat(
            bench
                .find(Resources.PERSISTENT_VOLUMES, "v")
                .orElseThrow()
                .spec()
                .text("claimRef", "name"))
        .isEqualTo("data");
    bench.merge(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        "data",
        "",
        "{metadata: {annotations: {pv.kubernetes.io/bind-completed: 'yes'}}, spec: {volumeName: v}}");
    assertThat(bench.nodeOf("db")).isEqualTo("b");
  }

  @Test
  void asksForNewVolumeOnTheNodeThatItChose() {
    bench.create(
        Resources.STORAGE_CLASSES,
        """
        metadata: {name: fast}
        provisioner: csi.example.com
        volumeBindingMode: WaitForFirstConsumer
        allowedTopologies: [{matchLabelExpressions: [{key: zone, values: [b]}]}]
        """);
    bench.node("a", "{zone: a}", "{}");
    bench.node("b", "{zone: b}", "{}");
    bench.create(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        """
        metadata: {name: data, namespace: default}
        spec:
          storageClassName: fast
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
        """);
    bench.pod("db", "{}", "{volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}", "1");
    assertThat(bench.find(Resources.PERSISTENT_VOLUME_CLAIMS, "data").orElseThrow().annotations())
        .containsEntry("volume.kubernetes.io/selected-node", "b");
  }

  @Test
  void saysThatVolumeDidNotComeAndTriesAgain() {
    bench.create(
        Resources.STORAGE_CLASSES,
        """
        metadata: {name: slow}
        provisioner: csi.example.com
        volumeBindingMode: WaitForFirstConsumer
        """);
    bench.node("a", "{}", "{}");
    bench.create(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        """
        metadata: {name: data, namespace: default}
        spec:
          storageClassName: slow
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
        """);
    bench.pod("db", "{}", "{volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}", "1");
    bench.pass(Duration.ofMinutes(10));
    KubeObject waiting = bench.find(Resources.PODS, "db").orElseThrow();
    assertThat(Condition.find(waiting.status(), "PodScheduled").orElseThrow().reason())
        .isEqualTo("SchedulerError");
    String why =
        "running PreBind plugin \"VolumeBinding\": binding volumes: context deadline exceeded";
    assertThat(bench.waitsFor("db")).isEqualTo(why);
    assertThat(bench.events("FailedScheduling")).containsExactly(why);
    bench.create(
        Resources.PERSISTENT_VOLUMES,
        """
        metadata: {name: v}
        spec:
          storageClassName: slow
          capacity: {storage: 5Gi}
          accessModes: [ReadWriteOnce]
          csi: {driver: csi.example.com, volumeHandle: v}
          claimRef: {namespace: default, name: data}
        """);
    bench.merge(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        "data",
        "",
        "{metadata: {annotations: {pv.kubernetes.io/bind-completed: 'yes'}}, spec: {volumeName: v}}");
    bench.pass(LONGEST_WAIT);
    assertThat(bench.nodeOf("db")).isEqualTo("a");
  }
}
