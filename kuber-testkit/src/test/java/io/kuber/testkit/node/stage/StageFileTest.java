package io.kuber.testkit.node.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stages as people write them, and what they get wrong. */
final class StageFileTest {
  @Test
  void readsAllThatStageCanSay(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("pods.yaml");
    Files.writeString(
        file,
        """
        stages:
        - name: slow start
          from: creating
          to: ready
          delay: 1m30s
          jitter: 500ms
          labels: {app: web}
          namespace: shop
          owner: ReplicaSet
          restartPolicies: [Always]
          failure: {rate: 0.25, to: pull-failed}
          message: no such image
        - {from: ready, to: crashed, delay: 2h, exitCode: 3}
        """);
    Stage slow =
        Stage.of("slow start", PodState.CREATING, PodState.READY)
            .matching(
                Match.label("app", "web")
                    .in("shop")
                    .ownedBy("ReplicaSet")
                    .restarting(Set.of("Always")))
            .after(Duration.ofSeconds(90), Duration.ofMillis(500))
            .failing(0.25, PodState.PULL_FAILED)
            .saying("no such image");
    Stage crash =
        Stage.of("ready to crashed", PodState.READY, PodState.CRASHED)
            .after(Duration.ofHours(2))
            .exiting(3);
    assertThat(StageFile.read(file)).isEqualTo(List.of(slow, crash));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from: new, to: creating, delay: -5s      | delay: -5s is negative
          from: new, to: creating, jitter: -1ms    | jitter: -1ms is negative
          from: new, to: creating, delay: 5 pigs   | delay: 5 pigs is not a time such as 1m30s or 500ms
          from: new, to: creating, delay: 5        | delay: 5 is not a text
          from: new, to: creating, delay: 4000d    | delay: 4000d is longer than ten years
          from: new, to: creatng                   | to: there is no state creatng, only new, creating, pull-failed, pull-back-off, running, ready, crashed, back-off, succeeded, failed, stopping, gone
          from: new                                | to: is missing
          from: succeeded, to: running             | to: a pod that is succeeded cannot become running
          from: new, to: creating, dealy: 5s       | dealy: there is no such field, only from, to, labels, namespace, owner, restartPolicies, delay, jitter, exitCode, name, message, failure
          from: ready, to: crashed, exitCode: 256  | exitCode: 256 is not between 0 and 255
          from: ready, to: running, failure: {rate: 2, to: crashed}   | failure.rate: 2.0 is not between 0 and 1
          from: ready, to: running, failure: {rate: 0.5, to: gone}    | failure.to: a pod that is ready cannot become gone
          from: ready, to: running, failure: {rate: 1, to: crashed, x: 1} | failure.x: there is no such field, only rate, to
          from: new, to: creating, restartPolicies: [Sometimes] | restartPolicies: [Sometimes] are not all different and of [Always, Never, OnFailure]
          from: new, to: creating, labels: {app: 1}  | labels.app: 1 is not a text
          """)
  void refusesWhatMakesNoSense(String stage, String why) {
    String yaml = "stages:\n- {from: new, to: creating}\n- {" + stage + "}\n";
    assertThatThrownBy(() -> StageFile.parse("pods.yaml", yaml))
        .isInstanceOf(BadStageException.class)
        .hasMessage("pods.yaml:3: stages[1]." + why);
  }

  @Test
  void namesTheLineOfWhatIsNotYaml() {
    assertThatThrownBy(() -> StageFile.parse("pods.yaml", "stages:\n- {from: new\n- x"))
        .isInstanceOf(BadStageException.class)
        .hasMessageStartingWith("pods.yaml: ")
        .hasMessageContaining("line 3");
    assertThatThrownBy(() -> StageFile.parse("pods.yaml", "stages: 7"))
        .hasMessage("pods.yaml:1: stages: 7 is not a list");
    assertThatThrownBy(() -> StageFile.parse("pods.yaml", "stages: [7]"))
        .hasMessage("pods.yaml:1: stages[0]: 7 is not an object");
    assertThatThrownBy(() -> StageFile.parse("pods.yaml", "{stages: [], more: 1}"))
        .hasMessage("pods.yaml:1: more: there is no such field, only stages");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    String yaml =
        """
        stages:
        - {from: nowhere, to: ready, delay: -1s}
        - from: new
          to: gone
          dealy: 1s
        """;
    assertThatThrownBy(() -> StageFile.parse("pods.yaml", yaml))
        .hasMessageStartingWith("pods.yaml:2: stages[0].from: there is no state nowhere, only new")
        .hasMessageContaining("\npods.yaml:2: stages[0].delay: -1s is negative")
        .hasMessageContaining("\npods.yaml:5: stages[1].dealy: there is no such field, only")
        .hasMessageEndingWith("\npods.yaml:4: stages[1].to: a pod that is new cannot become gone");
  }

  @Test
  void refusesTheSameInJava() {
    Stage stage = Stage.of("a", PodState.NEW, PodState.CREATING);
    assertThatThrownBy(() -> stage.after(Duration.ofSeconds(-1)))
        .isInstanceOf(BadStageException.class)
        .hasMessage("delay: PT-1S is negative");
    assertThatThrownBy(() -> stage.failing(1.5, PodState.FAILED))
        .hasMessage("failure.rate: 1.5 is not between 0 and 1");
    assertThatThrownBy(() -> stage.to(PodState.GONE))
        .hasMessage("to: a pod that is new cannot become gone");
  }
}
