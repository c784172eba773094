package io.kuber.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.testkit.history.Change;
import io.kuber.testkit.history.Change.What;
import io.kuber.testkit.node.Behaviour;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.testkit.node.stage.Stage;
import io.kuber.view.Pods;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A clock that moves when the test says so, and all that hangs on it. */
final class VirtualClusterTest {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: some}]}
      """;

  private final VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(5, 2));

  @AfterEach
  void close() {
    cluster.close();
  }

  private static boolean isFinished(KubeObject job) {
    return job.status().number(0, "succeeded") == 1;
  }

  private void createJob(String name, String spec) {
    cluster.create(
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s}
        spec:
          %s
          template:
            metadata: {annotations: {kuber.io/exit-code: "%s"}}
            spec: {restartPolicy: Never, containers: [{name: main, image: some}]}
        """
            .formatted(name, spec, name.equals("bad") ? 1 : 0));
  }

  @Test
  void standsStillUnlessTold() {
    Instant before = cluster.now();
    long changes = cluster.history().changed();
    cluster.create(WEB);
    assertThat(cluster.now()).isEqualTo(before);
    assertThat(cluster.history().changed()).isEqualTo(changes + 1);
    assertThat(cluster.list(Resources.PODS, "default")).isEmpty();
  }

  @Test
  void comesToRestWithAllThatWasAskedFor() {
    cluster.create(WEB);
    cluster.settle();
    assertThat(cluster.list(Resources.PODS, "default")).hasSize(3).allMatch(Pods::isReady);
    KubeObject web = cluster.get(Resources.DEPLOYMENTS, "default", "web");
    assertThat(web.status().number(0, "availableReplicas")).isEqualTo(3);
    cluster.delete(Resources.DEPLOYMENTS, "default", "web");
    cluster.settle();
    assertThat(cluster.list(Resources.PODS, "default")).isEmpty();
  }

  @Test
  void runsCronJobAtEachOfItsHours() {
    cluster.create(
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: report}
        spec:
          schedule: "30 * * * *"
          successfulJobsHistoryLimit: 10
          jobTemplate:
            spec:
              template:
                spec: {restartPolicy: Never, containers: [{name: main, image: some}]}
        """);
    cluster.settle();
    assertThat(cluster.list(Resources.JOBS, "default")).isEmpty();
    cluster.advance(Duration.ofHours(3));
    assertThat(cluster.list(Resources.JOBS, "default"))
        .hasSize(3)
        .allMatch(VirtualClusterTest::isFinished)
        .extracting(job -> job.createdAt().toString())
        .containsExactly("2026-01-01T00:30:00Z", "2026-01-01T01:30:00Z", "2026-01-01T02:30:00Z");
  }

  @Test
  void forgetsFinishedJobAfterItsTime() {
    createJob("good", "ttlSecondsAfterFinished: 3600");
    cluster.settle();
    assertThat(cluster.list(Resources.JOBS, "default")).hasSize(1).allMatch(j -> isFinished(j));
    cluster.advance(Duration.ofMinutes(58));
    assertThat(cluster.list(Resources.JOBS, "default")).hasSize(1);
    cluster.advance(Duration.ofMinutes(3));
    assertThat(cluster.list(Resources.JOBS, "default")).isEmpty();
    assertThat(cluster.list(Resources.PODS, "default")).isEmpty();
  }

  @Test
  void waitsLongerBeforeEachNewPodOfFailingJob() {
    createJob("bad", "backoffLimit: 3");
    cluster.advance(Duration.ofMinutes(5));
    List<Instant> created =
        cluster.history().changes().stream()
            .filter(entry -> entry.what() == What.CREATED)
            .filter(entry -> entry.key().resource().equals("pods"))
            .map(Change::at)
            .toList();
    assertThat(created).hasSize(4);
    for (int i = 1; i < created.size(); i++) {
      Duration pause = Duration.between(created.get(i - 1), created.get(i));
      assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(5L << i));
    }
    assertThat(cluster.get(Resources.JOBS, "default", "bad").status().number(0, "failed"))
        .isEqualTo(4);
  }

  @Test
  void renewsLeasesHourAfterHour() {
    cluster.advance(Duration.ofHours(3));
    assertThat(cluster.list(Resources.LEASES, "kube-node-lease"))
        .hasSize(2)
        .allSatisfy(
            lease ->
                assertThat(Timestamps.parse(lease.spec().text("renewTime")))
                    .isAfter(cluster.now().minusSeconds(11)));
  }

  @Test
  void saysWhatStillMovesWhenItDoesNotComeToRest() {
    cluster.create("{apiVersion: v1, kind: ConfigMap, metadata: {name: counter}}");
    cluster.loops().loop("restless").execute(new Restless());
    assertThatThrownBy(cluster::settle)
        .isInstanceOf(NotSettledException.class)
        .hasMessage(
            "the cluster did not come to rest within PT1H: in the last PT1M"
                + " configmaps/default/counter changed 12 times; pods under way: none");
  }

  /** A controller that never has enough. */
  private final class Restless implements Runnable {
    private int count;

    @Override
    public void run() {
      count++;
      cluster.merge(Resources.CONFIG_MAPS, "default", "counter", "data: {n: '" + count + "'}");
      cluster.loops().loop("restless").schedule(Duration.ofSeconds(5), this);
    }
  }

  @Test
  void saysWhatWasAwaitedInVain() {
    assertThatThrownBy(() -> cluster.await("pigs fly", Duration.ofSeconds(2), () -> false))
        .isInstanceOf(NotSettledException.class)
        .hasMessageStartingWith("not within PT2S: pigs fly; ");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> cluster.advance(Duration.ofSeconds(-1)))
        .hasMessage("time does not run backwards: PT-1S");
    assertThatThrownBy(() -> cluster.create("{apiVersion: v2, kind: Pod, metadata: {name: a}}"))
        .hasMessage("no kind Pod of v2 is served");
    assertThatThrownBy(() -> cluster.create("{apiVersion: v1, kind: Pod, metadata: {name: A}}"))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void repeatsRunByteForByteFromItsSeed() {
    Run first = run(11);
    Run again = run(11);
    assertThat(first.text().lines()).hasSizeGreaterThan(150);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.digest()).isEqualTo(first.digest());
    assertThat(run(12).digest()).isNotEqualTo(first.digest());
  }

  /** Three hours with a rollout, a CronJob, starts that go wrong and the loss of a node. */
  /** What a run comes to. */
  private record Run(String text, String digest) {}

  private static Run run(long seed) {
    Stage start =
        Stage.of("risky start", PodState.CREATING, PodState.READY)
            .after(Duration.ofMillis(200), Duration.ofSeconds(2))
            .failing(0.3, PodState.PULL_FAILED);
    VirtualOptions options = VirtualOptions.of(seed, 5).with(Behaviour.PLAIN.with(List.of(start)));
    try (VirtualCluster run = VirtualCluster.start(options)) {
      run.create(WEB);
      run.create(
          """
          apiVersion: batch/v1
          kind: CronJob
          metadata: {name: tick}
          spec:
            schedule: "*/15 * * * *"
            jobTemplate:
              spec:
                template:
                  spec: {restartPolicy: Never, containers: [{name: main, image: some}]}
          """);
      run.settle();
      run.merge(Resources.DEPLOYMENTS, "default", "web", "spec: {replicas: 6}");
      run.nodes().silence("node-2");
      run.advance(Duration.ofHours(1));
      run.nodes().revive("node-2");
      run.advance(Duration.ofHours(2));
      assertThat(run.list(Resources.PODS, "default")).filteredOn(Pods::isReady).hasSize(6);
      return new Run(run.history().text(), run.digest());
    }
  }

  private boolean isKnown(String token) {
    KubeObject review = Resources.TOKEN_REVIEWS.object("", "").with(token, "spec", "token");
    return cluster
        .client()
        .create(Resources.TOKEN_REVIEWS, review)
        .toCompletableFuture()
        .join()
        .status()
        .isTrue("authenticated");
  }

  @Test
  void letsTokensExpire() {
    KubeObject request =
        KubeObject.of("authentication.k8s.io/v1", "TokenRequest", "default", "default")
            .with(3600L, "spec", "expirationSeconds");
    String token =
        cluster
            .client()
            .createSubresource(Resources.SERVICE_ACCOUNTS, "default", "default", "token", request)
            .toCompletableFuture()
            .join()
            .status()
            .text("token");
    cluster.advance(Duration.ofMinutes(59));
    assertThat(isKnown(token)).isTrue();
    cluster.advance(Duration.ofMinutes(5));
    assertThat(isKnown(token)).isFalse();
  }
}
