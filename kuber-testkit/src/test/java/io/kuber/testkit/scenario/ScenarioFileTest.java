package io.kuber.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.testkit.node.stage.PodState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios as people write them, and what they get wrong. */
final class ScenarioFileTest {
  private static Scenario parse(String yaml) {
    return ScenarioFile.parse("rush.yaml", yaml);
  }

  @Test
  void readsAllThatAScenarioCanSay() {
    Scenario scenario =
        parse(
            """
            name: A rush
            seed: 7
            clock: virtual
            nodes:
            - pool: large
              count: 20
              cpu: "32"
              memory: 128Gi
              pods: 200
              labels: {size: large}
              taints: ["size=large:NoSchedule"]
              zones: [a, b]
            - {}
            stages:
            - {from: creating, to: ready, delay: 2s}
            steps:
            - create: {kind: Deployment, name: shop, count: 3, pods: 5, every: 100ms, spread: zone}
            - create:
                kind: Job
                name: night
                lasting: 3s
                nodeSelector: {size: large}
                tolerations: ["size=large:NoSchedule"]
            - rollout: {of: shop, image: "shop:2"}
            - scale: {of: shop, pods: 9}
            - fail: {nodes: 2, pool: large, zone: a}
            - return: {}
            - drain: {nodes: 1}
            - pause: 1m
            - wait: {until: available, of: shop, atMost: 2m}
            - delete: {of: shop}
            """);
    assertThat(scenario.name()).isEqualTo("A rush");
    assertThat(scenario.seed()).isEqualTo(7);
    assertThat(scenario.clock()).isEqualTo(Clock.VIRTUAL);
    assertThat(scenario.nodes()).isEqualTo(21);
    assertThat(scenario.pools().get(0))
        .isEqualTo(
            new Pool(
                "large",
                20,
                "32",
                "128Gi",
                200,
                Map.of("size", "large"),
                List.of("size=large:NoSchedule"),
                List.of("a", "b")));
    assertThat(scenario.stages())
        .singleElement()
        .satisfies(stage -> assertThat(stage.to()).isEqualTo(PodState.READY));
    assertThat(scenario.steps())
        .extracting(Step::text)
        .containsExactly(
            "create 3 Deployments shop of 5 pods each, one every 100ms",
            "create Job night of 1 pods",
            "roll out shop:2 to shop",
            "scale shop to 9 pods",
            "take away 2 nodes of large in zone a",
            "bring back all nodes",
            "drain 1 node",
            "pause 1m",
            "wait until shop is available",
            "delete shop");
    assertThat(scenario.steps().get(8))
        .isEqualTo(new Step.Wait(Until.AVAILABLE, "shop", Duration.ofMinutes(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pause: -5s                               | pause: -5s is negative
          pause: 5 pigs                            | pause: 5 pigs is not a time such as 1m30s or 500ms
          expode: {}                               | expode: there is no such step, only create, rollout, scale, delete, fail, return, drain, wait, pause
          {pause: 1s, delete: {of: a}}             | : a step has one field, of create, rollout, scale, delete, fail, return, drain, wait, pause
          create: {kind: Deploiment, name: b}      | create.kind: there is no kind Deploiment, only Deployment, StatefulSet, DaemonSet, Job
          create: {kind: Job, name: a}             | create.name: a is created before
          create: {kind: Job, name: B}             | create.name: "B" is no name: small letters, digits and dashes, 40 at most
          create: {kind: Job, name: b, count: -1}  | create.count: -1 is not between 1 and 1000000
          create: {kind: Job, name: b, every: -1s} | create.every: -1s is negative
          create: {kind: Job, name: b, cpu: lots}  | create.cpu: "lots" is no amount such as 100m or 2Gi
          create: {kind: Job, name: b, spread: x}  | create.spread: there is no spread over x, only zone, node
          create: {kind: Job, name: b, tolerations: [x]} | create.tolerations: "x" is not of the form key=value:NoSchedule
          create: {kind: Job, name: b, size: 3}    | create.size: there is no such field, only kind, name, count, pods, every, image, cpu, memory, nodeSelector, tolerations, spread, lasting
          rollout: {of: b, image: "x:1"}           | rollout.of: no step before creates b, only a, job
          rollout: {of: job, image: "x:1"}         | rollout.of: a Job cannot be rolled out
          rollout: {of: a}                         | rollout.image: is missing
          scale: {of: job, pods: 1}                | scale.of: a Job cannot be scaled
          scale: {of: a}                           | scale.pods: is missing
          delete: {}                               | delete.of: is missing
          fail: {nodes: 4}                         | fail.nodes: 4 is not between 0 and 3
          fail: {pool: x}                          | fail.pool: there is no pool x
          drain: {zone: x}                         | drain.zone: no pool has a zone x
          wait: {until: done}                      | wait.until: there is no condition done, only scheduled, available, complete, gone, nodes-ready, nodes-lost
          """)
  void refusesStepsThatMakeNoSense(String step, String why) {
    String yaml =
        """
        nodes: [{count: 3, zones: [a]}]
        steps:
        - create: {kind: Deployment, name: a}
        - create: {kind: Job, name: job}
        - %s
        """;
    String at = why.startsWith(":") ? "steps[2]" : "steps[2].";
    assertThatThrownBy(() -> parse(yaml.formatted(step)))
        .isInstanceOf(BadScenarioException.class)
        .hasMessage("rush.yaml:5: " + at + why);
  }

  @Test
  void tellsAllThatIsWrongAtOnceWithItsLines() {
    String yaml =
        """
        clock: sundial
        nodes:
        - {count: 40000}
        - taints: [nonsense]
        stages:
        - from: creating
          to: nowhere
          delay: -3s
        sped: 7
        """;
    assertThatThrownBy(() -> parse(yaml))
        .hasMessageContaining("rush.yaml:1: clock: there is no clock sundial, only real, virtual")
        .hasMessageContaining("rush.yaml:3: nodes[0].count: 40000 is not between 1 and 30000")
        .hasMessageContaining(
            "rush.yaml:4: nodes[1].taints: \"nonsense\" is not of the form key=value:NoSchedule")
        .hasMessageContaining("rush.yaml:4: nodes[1].pool: there is another pool node")
        .hasMessageContaining("rush.yaml:7: stages[0].to: there is no state nowhere, only new")
        .hasMessageContaining("rush.yaml:8: stages[0].delay: -3s is negative")
        .hasMessageContaining("rush.yaml:1: steps: is missing: nothing would happen")
        .hasMessageContaining("rush.yaml:9: sped: there is no such field, only");
  }

  @Test
  void readsTheScenariosOfDocumentsAndSamples() throws IOException {
    Path docs = docs();
    Scenario sample =
        ScenarioFile.read(docs.resolve("examples/rolling-update/rolling-update.yaml"));
    assertThat(sample.nodes()).isEqualTo(5000);
    String document = Files.readString(docs.resolve("testkit.md"));
    int start = document.indexOf("```yaml\nname: ") + "```yaml\n".length();
    Scenario shown = parse(document.substring(start, document.indexOf("```", start)));
    assertThat(shown.steps()).hasSize(4);
  }

  /** The documents, from wherever in the source tree the test runs. */
  private static Path docs() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/testkit.md"))) {
      at = Objects.requireNonNull(at.getParent(), "no docs above the working directory");
    }
    return at.resolve("docs");
  }

  @Test
  void namesTheLineOfWhatIsNotYaml() {
    assertThatThrownBy(() -> parse("nodes: [\nsteps: {")).hasMessageContaining("line 2");
  }
}
