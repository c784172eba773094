package io.kuber.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.scheduler.state.Lab;
import io.kuber.scheduler.state.PodEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReportTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:09Z");
  private static final Report NO_ROOM = Report.unschedulable("no room");

  private final Lab lab = new Lab();

  private PodEntry pod(String status) {
    Tree tree = lab.pod("web", "{}", "{}").object().tree().withAt(7L, "metadata", "generation");
    return lab.cluster.putPod(
        Lab.key("web"),
        KubeObject.of(tree.with("status", Lab.yaml("status: " + status).tree("status"))));
  }

  private static String shown(Tree patch) {
    Tree status = patch.tree("status");
    Tree condition = status.items("conditions").tree(0);
    return "%s=%s %s: %s since %s of %d for <%s>"
        .formatted(
            condition.text("type"),
            condition.text("status"),
            condition.text("reason"),
            condition.text("message"),
            condition.text("lastTransitionTime"),
            condition.number(0, "observedGeneration"),
            status.text("nominatedNodeName"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      textBlock =
          """
          {} | '' | PodScheduled=False Unschedulable: no room since 2026-01-01T00:00:09Z of 7 for <>
          {} | one | PodScheduled=False Unschedulable: no room since 2026-01-01T00:00:09Z of 7 for <one>
          {conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: no room, lastTransitionTime: '2026-01-01T00:00:01Z'}]} | '' | nothing
          {conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: no room, lastTransitionTime: '2026-01-01T00:00:01Z'}]} | one | PodScheduled=False Unschedulable: no room since 2026-01-01T00:00:01Z of 7 for <one>
          {nominatedNodeName: one, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: no room, lastTransitionTime: '2026-01-01T00:00:01Z'}]} | one | nothing
          {conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: no node, lastTransitionTime: '2026-01-01T00:00:01Z'}]} | '' | PodScheduled=False Unschedulable: no room since 2026-01-01T00:00:01Z of 7 for <>
          {conditions: [{type: PodScheduled, status: 'False', reason: SchedulerError, message: no room, lastTransitionTime: '2026-01-01T00:00:01Z'}]} | '' | PodScheduled=False Unschedulable: no room since 2026-01-01T00:00:01Z of 7 for <>
          {conditions: [{type: PodScheduled, status: 'False', reason: SchedulingGated, message: blocked}]} | '' | PodScheduled=False Unschedulable: no room since 2026-01-01T00:00:09Z of 7 for <>
          {conditions: [{type: PodScheduled, status: 'True', lastTransitionTime: '2026-01-01T00:00:01Z'}]} | '' | PodScheduled=False Unschedulable: no room since 2026-01-01T00:00:09Z of 7 for <>
          """)
  void changesTheStatusOnlyWhereItSaysSomethingElse(
      String status, String nominated, @Nullable String patch) {
    assertThat(NO_ROOM.patch(pod(status), nominated, NOW).map(ReportTest::shown))
        .isEqualTo(Optional.ofNullable(patch));
  }

  @Test
  void namesWhatFailed() {
    ApiException gone = new ApiException(StatusReason.NOT_FOUND, "pods \"web\" not found");
    assertThat(Report.bindingFailed(new CompletionException(gone)))
        .isEqualTo(
            new Report(
                "SchedulerError", "running Bind plugin \"DefaultBinder\": pods \"web\" not found"));
    assertThat(Report.volumesFailed(new IllegalStateException("binding volumes: too late")))
        .isEqualTo(
            new Report(
                "SchedulerError",
                "running PreBind plugin \"VolumeBinding\": binding volumes: too late"));
  }

  @Test
  void cutsTheEventButNotTheCondition() {
    String exact = "x".repeat(1024);
    assertThat(Report.unschedulable(exact).note()).isEqualTo(exact);
    Report report = Report.unschedulable(exact + "y");
    assertThat(report.note()).isEqualTo("x".repeat(1020) + " ...");
    assertThat(report.message()).hasSize(1025);
  }
}
