package io.kuber.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.node.ContainerState.Instance;
import io.kuber.node.ContainerState.Problem;
import io.kuber.node.ContainerState.Termination;
import io.kuber.node.PodMachine.Decision;
import io.kuber.node.PodState.Sandbox;
import io.kuber.node.PodState.Verdict;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodMachineTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Problem PROBLEM = new Problem("ErrImagePull", "no such image");

  private static final Instance INSTANCE = new Instance("id", "", "image", NOW, Tree.EMPTY);

  private static KubeObject object(String spec) {
    String yaml = "{metadata: {name: web, namespace: default, uid: u}, spec: {" + spec + "}}";
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  private static PodSpec pod(String spec) {
    return PodSpec.of(object(spec));
  }

  private static PodSpec deleted(String spec, Duration left) {
    return PodSpec.of(
        object(spec)
            .with(NOW.plus(left).toString(), "metadata", "deletionTimestamp")
            .with(30L, "metadata", "deletionGracePeriodSeconds"));
  }

  private static PodState fresh() {
    return PodState.of(object("containers: []"), NOW);
  }

  private static PodState ready() {
    return fresh().sandboxReady("10.244.0.2");
  }

  private static ContainerState running(ContainerState before) {
    return before.running(INSTANCE, true, true);
  }

  private static Termination end(int code) {
    return new Termination("id", code, 0, "Error", "", NOW.minusSeconds(5), NOW);
  }

  private static ContainerState exited(ContainerState before, int code) {
    return running(before).exited(end(code));
  }

  private static Decision decide(PodSpec pod, PodState state) {
    return PodMachine.decide(pod, state, NOW);
  }

  @Test
  void makesTheSandboxFirst() {
    assertThat(decide(pod("containers: [{name: a}]"), fresh()).actions())
        .containsExactly(new PodAction.MakeSandbox());
  }

  @ParameterizedTest
  @CsvSource({"600, 1", "0, 0"})
  void leavesAnEvictedPodASecondAtMost(long own, long left) {
    PodSpec pod = pod("terminationGracePeriodSeconds: " + own + ", containers: [{name: a}]");
    PodState evicted =
        ready().with("a", PodMachineTest::running).failed(Verdict.evicted("short of memory"));
    assertThat(decide(pod, evicted).actions())
        .contains(new PodAction.Stop("a", Duration.ofSeconds(left), "Stopping container a"));
  }

  @Test
  void saysThatAnEvictedPodGoesThroughNoFaultOfItsOwn() {
    KubeObject object = object("containers: [{name: a}]");
    PodState evicted = ready().failed(Verdict.evicted("short of memory"));
    Tree status = PodStatus.of(PodSpec.of(object), evicted, object, "192.0.2.1", Tree.EMPTY, NOW);
    Tree condition = PodConditions.find(status.items("conditions"), "DisruptionTarget");
    assertThat(condition.text("reason")).isEqualTo("TerminationByKubelet");
    assertThat(condition.text("message")).isEqualTo("short of memory");
    assertThat(status.text("reason")).isEqualTo("Evicted");
  }

  @Test
  void waitsBeforeItTriesASandboxAgain() {
    Instant again = NOW.plusSeconds(10);
    Decision decision =
        decide(pod("containers: [{name: a}]"), fresh().sandboxFailed("no address", again));
    assertThat(decision.actions()).isEmpty();
    assertThat(decision.wakeAt()).contains(again);
  }

  @Test
  void doesNothingWhileTheSandboxIsBeingMade() {
    assertThat(decide(pod("containers: [{name: a}]"), fresh().in(Sandbox.MAKING)).actions())
        .isEmpty();
  }

  @Test
  void startsAllContainersAtOnce() {
    assertThat(decide(pod("containers: [{name: a}, {name: b}]"), ready()).actions())
        .containsExactly(new PodAction.Start("a"), new PodAction.Start("b"));
  }

  @Test
  void startsNothingWhileAnInitContainerRuns() {
    PodSpec pod = pod("initContainers: [{name: i}], containers: [{name: a}]");
    assertThat(decide(pod, ready()).actions()).containsExactly(new PodAction.Start("i"));
    PodState state = ready().with("i", PodMachineTest::running);
    assertThat(decide(pod, state).actions()).isEmpty();
  }

  @Test
  void goesOnOnceASidecarHasStarted() {
    PodSpec pod =
        pod("initContainers: [{name: s, restartPolicy: Always}], containers: [{name: a}]");
    PodState starting = ready().with("s", before -> before.running(INSTANCE, false, false));
    assertThat(decide(pod, starting).actions()).isEmpty();
    PodState started = starting.with("s", before -> before.withStarted(true));
    assertThat(decide(pod, started).actions()).containsExactly(new PodAction.Start("a"));
  }

  @Test
  void restartsAtOnceTheFirstTimeAndLaterTheSecond() {
    PodSpec pod = pod("containers: [{name: a}]");
    PodState once = ready().with("a", before -> exited(before, 1));
    assertThat(decide(pod, once).actions()).containsExactly(new PodAction.Start("a"));
    PodState twice = once.with("a", before -> exited(before, 1));
    Decision decision = decide(pod, twice);
    assertThat(decision.actions()).isEmpty();
    assertThat(decision.wakeAt()).contains(NOW.plus(BackOff.FIRST));
  }

  @Test
  void waitsForAnImageWithoutCountingARestart() {
    PodState state = ready().with("a", before -> before.failedToStart(PROBLEM, NOW));
    Decision decision = decide(pod("containers: [{name: a}]"), state);
    assertThat(decision.actions()).isEmpty();
    assertThat(decision.wakeAt()).contains(NOW.plus(BackOff.FIRST));
    assertThat(state.container("a").restarts()).isZero();
  }

  @Test
  void endsContainerThatIsToHaveAnotherImage() {
    PodState state = ready().with("a", PodMachineTest::running);
    assertThat(decide(pod("containers: [{name: a, image: new}]"), state).actions())
        .containsExactly(
            new PodAction.Stop(
                "a", Duration.ofSeconds(30), "Container a definition changed, will be restarted"));
  }

  @Test
  void endsSidecarsWhenTheOthersAreDone() {
    PodSpec pod =
        pod(
            "restartPolicy: Never, initContainers: [{name: s, restartPolicy: Always}],"
                + " containers: [{name: a}]");
    PodState state =
        ready().with("s", PodMachineTest::running).with("a", before -> exited(before, 0));
    assertThat(decide(pod, state).actions())
        .containsExactly(new PodAction.Stop("s", Duration.ofSeconds(30), "Stopping container s"));
  }

  @Test
  void takesTheSandboxAwayWhenAllIsOver() {
    PodSpec pod = pod("restartPolicy: Never, containers: [{name: a}]");
    PodState state = ready().with("a", before -> exited(before, 0));
    assertThat(decide(pod, state).actions()).containsExactly(new PodAction.RemoveSandbox());
    assertThat(decide(pod, state.in(Sandbox.GONE)).actions()).isEmpty();
  }

  @Test
  void startsNothingOfAPodThatWasEvicted() {
    KubeObject evicted = object("containers: [{name: a}]").with("Failed", "status", "phase");
    assertThat(decide(PodSpec.of(evicted), fresh()).actions()).isEmpty();
  }

  @Test
  void stopsADeletedPodWithTheTimeThatIsLeft() {
    PodSpec pod = deleted("containers: [{name: a}]", Duration.ofSeconds(12));
    Decision decision = decide(pod, ready().with("a", PodMachineTest::running));
    assertThat(decision.actions())
        .containsExactly(new PodAction.Stop("a", Duration.ofSeconds(12), "Stopping container a"));
    assertThat(decision.wakeAt()).contains(NOW.plusSeconds(12));
  }

  @Test
  void killsWhatHasNotEndedInTime() {
    PodSpec pod = deleted("containers: [{name: a}]", Duration.ofSeconds(0));
    PodState state =
        ready().with("a", PodMachineTest::running).with("a", s -> s.stopping(NOW.plusSeconds(60)));
    assertThat(decide(pod, state).actions()).containsExactly(new PodAction.Kill("a"));
    PodState killed = state.with("a", ContainerState::killed);
    assertThat(decide(pod, killed).actions()).isEmpty();
    assertThat(decide(pod, killed).wakeAt()).isEmpty();
  }

  @Test
  void deletesTheObjectOnlyAfterTheSandbox() {
    PodSpec pod = deleted("containers: [{name: a}]", Duration.ofSeconds(5));
    PodState ended = ready().with("a", before -> exited(before, 0));
    assertThat(decide(pod, ended).actions()).containsExactly(new PodAction.RemoveSandbox());
    assertThat(decide(pod, ended.in(Sandbox.REMOVING)).actions()).isEmpty();
    assertThat(decide(pod, ended.in(Sandbox.GONE)).actions())
        .containsExactly(new PodAction.DeleteObject());
  }

  @Test
  void waitsForASandboxInTheMakingBeforeItDeletes() {
    PodSpec pod = deleted("containers: [{name: a}]", Duration.ZERO);
    assertThat(decide(pod, fresh().in(Sandbox.MAKING)).actions()).isEmpty();
    assertThat(decide(pod, fresh()).actions()).containsExactly(new PodAction.DeleteObject());
  }

  @Test
  void endsMainContainersFirstAndThenSidecarsInReverse() {
    PodSpec pod = deleted(SIDECARS, Duration.ofSeconds(12));
    PodState all = ready();
    for (String name : List.of("s", "t", "a")) {
      all = all.with(name, PodMachineTest::running);
    }
    assertThat(stopped(pod, all)).containsExactly("a");
    PodState mainIsStopping = all.with("a", before -> before.stopping(NOW.plusSeconds(12)));
    assertThat(stopped(pod, mainIsStopping)).isEmpty();
    PodState mainEnded = mainIsStopping.with("a", before -> before.exited(end(0)));
    assertThat(stopped(pod, mainEnded)).containsExactly("t");
    PodState lastSidecarEnded = mainEnded.with("t", before -> before.exited(end(0)));
    assertThat(stopped(pod, lastSidecarEnded)).containsExactly("s");
    assertThat(stopped(deleted(SIDECARS, Duration.ZERO), all)).contains("a", "t", "s");
  }

  private static final String SIDECARS =
      "initContainers: [{name: s, restartPolicy: Always}, {name: t, restartPolicy: Always}],"
          + " containers: [{name: a}]";

  private static List<String> stopped(PodSpec pod, PodState state) {
    return decide(pod, state).actions().stream()
        .filter(PodAction.Stop.class::isInstance)
        .map(stop -> ((PodAction.Stop) stop).container())
        .toList();
  }

  @Test
  void givesUpAPodThatWasActiveForTooLong() {
    PodSpec pod = pod("activeDeadlineSeconds: 60, containers: [{name: a}]");
    PodState state = ready().with("a", PodMachineTest::running);
    assertThat(decide(pod, state).wakeAt()).contains(NOW.plusSeconds(60));
    Instant late = NOW.plusSeconds(60);
    PodAction.Fail fail = (PodAction.Fail) PodMachine.decide(pod, state, late).actions().get(0);
    assertThat(fail.why().reason()).isEqualTo("DeadlineExceeded");
    PodState failed = state.failed(fail.why());
    assertThat(stopped(pod, failed)).containsExactly("a");
    PodState ended = failed.with("a", before -> before.exited(end(0)));
    assertThat(PodPhase.of(pod, ended)).isEqualTo(PodPhase.FAILED);
    assertThat(decide(pod, ended).actions()).containsExactly(new PodAction.RemoveSandbox());
  }

  @Test
  void startsAContainerAgainAfterTheCodesOfItsRules() {
    PodSpec pod =
        pod(
            "restartPolicy: Never, containers: [{name: a, restartPolicy: Never,"
                + " restartPolicyRules: [{action: Restart,"
                + " exitCodes: {operator: In, values: [42]}}]}, {name: b, restartPolicy: Always}]");
    PodState planned = ready().with("a", before -> exited(before, 42)).with("b", b -> exited(b, 0));
    assertThat(decide(pod, planned).actions())
        .containsExactly(new PodAction.Start("a"), new PodAction.Start("b"));
    PodState other = planned.with("a", before -> exited(before, 1));
    assertThat(decide(pod, other).actions()).containsExactly(new PodAction.Start("b"));
  }

  @Test
  void startsEphemeralContainersBesideInitContainersAndOnlyOnce() {
    PodSpec pod =
        pod(
            "initContainers: [{name: i}], containers: [{name: a}],"
                + " ephemeralContainers: [{name: debug}]");
    PodState state = ready().with("i", PodMachineTest::running);
    assertThat(decide(pod, state).actions()).containsExactly(new PodAction.Start("debug"));
    PodState ended = state.with("debug", before -> exited(before, 1));
    assertThat(decide(pod, ended).actions()).isEmpty();
  }
}
