package io.kuber.node;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.container.FakeContainer;
import io.kuber.container.FakeContainers;
import io.kuber.container.FakeProcess;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.scheduling.SystemPriorities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent in virtual time, with containers made of Java objects and an API in memory. */
final class NodeAgentTest {
  private final AgentBench bench = new AgentBench();
  private final FakeContainers machine = bench.machine();
  private final TestCluster cluster = bench.cluster();
  private final List<String> events = bench.events();

  @TempDir private Path directory;

  @BeforeEach
  void startAgent() throws IOException {
    bench.start(directory);
  }

  private KubeObject run(String spec) {
    cluster.create(
        Resources.PODS, "{metadata: {name: web}, spec: {nodeName: node-1, " + spec + "}}");
    pass(Duration.ZERO);
    return web();
  }

  private KubeObject web() {
    return cluster.pod("web");
  }

  private void pass(Duration time) {
    bench.pass(time);
  }

  private FakeContainer container(String name) {
    return machine.containers().stream()
        .filter(container -> container.id().contains("-" + name + "-"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no container " + name));
  }

  private boolean runs(String name) {
    return machine.containers().stream()
        .anyMatch(
            container ->
                container.id().contains("-" + name + "-")
                    && !container.exit().toCompletableFuture().isDone());
  }

  private Tree status(String container) {
    return web().status().items("containerStatuses").trees().stream()
        .filter(status -> status.text("name").equals(container))
        .findFirst()
        .orElseThrow();
  }

  private String condition(String type) {
    return web().status().items("conditions").trees().stream()
        .filter(condition -> condition.text("type").equals(type))
        .map(condition -> condition.text("status"))
        .findFirst()
        .orElse("");
  }

  private void delete(long graceSeconds) {
    await(
        cluster
            .client()
            .delete(Resources.PODS, "default", "web", new DeleteOptions(graceSeconds, "", "", "")));
    pass(Duration.ZERO);
  }

  @Test
  void registersItsNodeAndRenewsItsLease() {
    KubeObject node = cluster.find(Resources.NODES, "node-1").orElseThrow();
    assertThat(node.status().text("nodeInfo", "kubeletVersion")).isEqualTo(NodeConfig.VERSION);
    String first = renewTime();
    pass(Duration.ofSeconds(15));
    assertThat(renewTime()).isNotEqualTo(first);
  }

  private String renewTime() {
    return cluster.find(Resources.LEASES, "node-1").orElseThrow().spec().text("renewTime");
  }

  @Test
  void runsAPodAndTellsItsAddress() {
    KubeObject pod = run("containers: [{name: main, image: app}]");
    assertThat(pod.status().text("phase")).isEqualTo("Running");
    assertThat(pod.status().text("podIP")).isEqualTo("10.244.0.2");
    assertThat(pod.status().text("hostIP")).isEqualTo("192.0.2.10");
    assertThat(condition("Ready")).isEqualTo("True");
    assertThat(status("main").text("imageID")).isEqualTo("app@sha256:1");
    assertThat(events).containsExactly("Pulling", "Pulled", "Created", "Started");
  }

  @Test
  void restartsACrashedContainerAtOnceAndThenBacksOff() {
    run("containers: [{name: main, image: app}]");
    container("main").exitWith(1);
    pass(Duration.ZERO);
    assertThat(status("main").number(-1, "restartCount")).isEqualTo(1);
    container("main").exitWith(1);
    pass(Duration.ZERO);
    assertThat(status("main").text("state", "waiting", "reason")).isEqualTo("CrashLoopBackOff");
    assertThat(status("main").number(-1, "lastState", "terminated", "exitCode")).isEqualTo(1);
    assertThat(runs("main")).isFalse();
    pass(Duration.ofSeconds(10));
    assertThat(runs("main")).isTrue();
    assertThat(status("main").number(-1, "restartCount")).isEqualTo(2);
    assertThat(events).contains("BackOff");
  }

  @Test
  void doesNotRestartUnderNever() {
    run("restartPolicy: Never, containers: [{name: main, image: app}]");
    container("main").exitWith(3);
    pass(Duration.ofMinutes(10));
    assertThat(web().status().text("phase")).isEqualTo("Failed");
    assertThat(machine.sandboxes()).isEmpty();
  }

  @Test
  void restartsOnFailureUntilItSucceeds() {
    run("restartPolicy: OnFailure, containers: [{name: main, image: app}]");
    container("main").exitWith(3);
    pass(Duration.ZERO);
    assertThat(runs("main")).isTrue();
    container("main").exitWith(0);
    pass(Duration.ofMinutes(10));
    assertThat(web().status().text("phase")).isEqualTo("Succeeded");
    assertThat(status("main").text("state", "terminated", "reason")).isEqualTo("Completed");
  }

  @Test
  void runsInitContainersOneAfterAnotherFirst() {
    run(
        "initContainers: [{name: one, image: app}, {name: two, image: app}],"
            + " containers: [{name: main, image: app}]");
    assertThat(runs("one")).isTrue();
    assertThat(runs("two")).isFalse();
    container("one").exitWith(0);
    pass(Duration.ZERO);
    assertThat(runs("two")).isTrue();
    assertThat(status("main").text("state", "waiting", "reason")).isEqualTo("PodInitializing");
    container("two").exitWith(0);
    pass(Duration.ZERO);
    assertThat(runs("main")).isTrue();
    assertThat(condition("Initialized")).isEqualTo("True");
  }

  @Test
  void givesADeletedPodItsGraceAndThenKillsIt() {
    run("terminationGracePeriodSeconds: 20, containers: [{name: main, image: app}]");
    String id = container("main").id();
    container("main").ignoreTermination();
    delete(-1);
    assertThat(machine.history()).contains("signal " + id + " 15");
    pass(Duration.ofSeconds(19));
    assertThat(cluster.find(Resources.PODS, "web")).isPresent();
    assertThat(machine.history()).doesNotContain("signal " + id + " 9");
    pass(Duration.ofSeconds(2));
    assertThat(machine.history()).contains("signal " + id + " 9");
    assertThat(cluster.find(Resources.PODS, "web")).isEmpty();
    assertThat(machine.sandboxes()).isEmpty();
    assertThat(directory.resolve("pods")).isEmptyDirectory();
    assertThat(directory.resolve("logs")).isEmptyDirectory();
  }

  @Test
  void shortensTheGraceWhenAPodIsDeletedAgain() {
    run("terminationGracePeriodSeconds: 600, containers: [{name: main, image: app}]");
    container("main").ignoreTermination();
    delete(-1);
    delete(5);
    pass(Duration.ofSeconds(6));
    assertThat(cluster.find(Resources.PODS, "web")).isEmpty();
  }

  @Test
  void waitsForThePreStopHookBeforeItSignals() {
    run(
        "containers: [{name: main, image: app,"
            + " lifecycle: {preStop: {exec: {command: [farewell]}}}}]");
    String id = container("main").id();
    delete(-1);
    assertThat(machine.history())
        .containsSubsequence("exec " + id + " farewell", "signal " + id + " 15");
  }

  @Test
  void restartsAContainerWhoseLivenessProbeFails() {
    run(
        "containers: [{name: main, image: app, livenessProbe:"
            + " {exec: {command: [check]}, periodSeconds: 5, failureThreshold: 2}}]");
    machine.onExec(process -> FakeProcess.Script.exits(1));
    pass(Duration.ofSeconds(12));
    assertThat(events).contains("Unhealthy", "Killing");
    assertThat(status("main").number(-1, "restartCount")).isEqualTo(1);
  }

  @Test
  void isReadyOnlyWhileItsReadinessProbePasses() {
    machine.onExec(process -> FakeProcess.Script.exits(1));
    run(
        "containers: [{name: main, image: app, readinessProbe:"
            + " {exec: {command: [check]}, periodSeconds: 1, failureThreshold: 1}}]");
    pass(Duration.ofSeconds(2));
    assertThat(condition("Ready")).isEqualTo("False");
    machine.onExec(process -> FakeProcess.Script.exits(0));
    pass(Duration.ofSeconds(2));
    assertThat(condition("Ready")).isEqualTo("True");
    assertThat(status("main").number(-1, "restartCount")).isZero();
  }

  @Test
  void takesNoPodForOneOfItsOwnFilesBecauseItSaysSo() {
    cluster.create(
        Resources.PODS,
        "{metadata: {name: web, annotations: {kubernetes.io/config.source: file}},"
            + " spec: {nodeName: node-1, containers: [{name: main, image: app}]}}");
    pass(Duration.ZERO);
    assertThat(web().status().text("phase")).isEqualTo("Running");
  }

  @Test
  void letsOthersGoForAPodThatTheNodeCannotDoWithout() {
    run("containers: [{name: main, image: app, resources: {requests: {cpu: 1500m}}}]");
    SystemPriorities.classes()
        .forEach(each -> await(cluster.client().create(Resources.PRIORITY_CLASSES, each)));
    cluster.create(
        Resources.PODS,
        "{metadata: {name: critical}, spec: {nodeName: node-1,"
            + " priorityClassName: system-node-critical,"
            + " containers: [{name: main, image: app, resources: {requests: {cpu: 1}}}]}}");
    pass(Duration.ofSeconds(31));
    assertThat(cluster.pod("critical").status().text("phase")).isEqualTo("Running");
    assertThat(web().status().text("phase")).isEqualTo("Failed");
    assertThat(web().status().text("reason")).isEqualTo("Preempting");
    assertThat(web().status().text("message"))
        .isEqualTo("Preempted in order to admit critical pod");
    assertThat(condition("DisruptionTarget")).isEqualTo("True");
  }

  @Test
  void tellsHowFarAPullIs() {
    run("containers: [{name: main, image: slow}]");
    assertThat(bench.messages())
        .startsWith("Pulling image \"slow\"", "Pulling image \"slow\": 1 of 3 bytes (33%)");
  }

  @Test
  void tellsThatAnImageCannotBePulledAndThatItWaits() {
    run("containers: [{name: main, image: missing}]");
    assertThat(status("main").text("state", "waiting", "reason")).isEqualTo("ErrImagePull");
    assertThat(status("main").text("state", "waiting", "message"))
        .isEqualTo("cannot pull missing: no such image");
    pass(Duration.ofSeconds(2));
    assertThat(status("main").text("state", "waiting", "reason")).isEqualTo("ImagePullBackOff");
    assertThat(web().status().text("phase")).isEqualTo("Pending");
  }

  @Test
  void doesNotPullWhatItMayNot() {
    run("containers: [{name: main, image: missing, imagePullPolicy: Never}]");
    assertThat(status("main").text("state", "waiting", "reason")).isEqualTo("ErrImageNeverPull");
    assertThat(status("main").text("state", "waiting", "message"))
        .isEqualTo("Container image \"missing\" is not present with pull policy of Never");
    pass(Duration.ofSeconds(2));
    assertThat(status("main").text("state", "waiting", "reason")).isEqualTo("ErrImageNeverPull");
    assertThat(events).contains("ErrImageNeverPull", "Failed");
  }

  @Test
  void startsAPodOfTheSameNameAnew() {
    run("containers: [{name: main, image: app}]");
    delete(0);
    KubeObject second = run("containers: [{name: main, image: app}]");
    assertThat(second.status().text("phase")).isEqualTo("Running");
    assertThat(machine.sandboxes()).containsExactly(second.uid());
  }

  @Test
  void startsPodsOfAnEarlierRunAnewAndCountsThat() throws IOException {
    run("containers: [{name: main, image: app}]");
    machine.reclaim();
    bench.die();
    startAgent();
    pass(Duration.ofSeconds(1));
    assertThat(web().status().text("phase")).isEqualTo("Running");
    assertThat(status("main").number(-1, "restartCount")).isEqualTo(1);
    assertThat(status("main").text("lastState", "terminated", "reason"))
        .isEqualTo("ContainerStatusUnknown");
  }

  @Test
  void leavesPodsAloneThatHadRunTheirCourse() throws IOException {
    run("restartPolicy: Never, containers: [{name: main, image: app}]");
    container("main").exitWith(0);
    pass(Duration.ofSeconds(1));
    bench.die();
    startAgent();
    pass(Duration.ofMinutes(1));
    assertThat(machine.containers()).isEmpty();
    assertThat(web().status().text("phase")).isEqualTo("Succeeded");
  }
}
