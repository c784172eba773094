package io.kuber.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.boot.Progress;
import io.kuber.testkit.report.Mark;
import io.kuber.testkit.report.Phase;
import io.kuber.testkit.report.Report;
import io.kuber.testkit.scenario.ScenarioRun.Outcome;
import io.kuber.testkit.scenario.ScenarioRun.Watcher;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Scenarios as they are played, and the page that tells of it. */
final class ScenarioRunTest {
  private static final String SHOP =
      """
      name: A <small> shop
      clock: CLOCK
      nodes:
      - {pool: general, count: 12, zones: [a, b, c]}
      - {pool: large, count: 2, labels: {size: large}, taints: ["size=large:NoSchedule"]}
      stages:
      - {name: pull, from: creating, to: ready, delay: 200ms, jitter: 100ms}
      steps:
      - create: {kind: Deployment, name: shop, count: 2, pods: 6, every: 10ms, spread: zone}
      - create:
          kind: Job
          name: night
          pods: 2
          lasting: 1s
          nodeSelector: {size: large}
          tolerations: ["size=large:NoSchedule"]
      - wait: {until: available}
      - wait: {until: complete}
      - rollout: {of: shop, image: "shop:2"}
      - wait: {until: available}
      - drain: {nodes: 2, pool: general}
      - scale: {of: shop, pods: 3}
      - wait: {until: available}
      """;

  private static final String OUTAGE =
      """
      - fail: {nodes: 2, zone: b}
      - wait: {until: nodes-lost}
      - return: {}
      - wait: {until: nodes-ready}
      - delete: {of: shop}
      - wait: {until: gone, of: shop}
      """;

  private static Outcome play(String yaml) throws Exception {
    return ScenarioRun.play(ScenarioFile.parse("shop.yaml", yaml), Progress.SILENT, Watcher.NOBODY);
  }

  @Test
  void playsAllStepsOnTheVirtualClock() throws Exception {
    Outcome outcome = play(SHOP.replace("CLOCK", "virtual") + OUTAGE);
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.measured().marks()).hasSize(16).noneMatch(Mark::failed);
    assertThat(outcome.measured().requests()).isEmpty();
    assertThat(outcome.measured().started().count()).isGreaterThanOrEqualTo(12 + 12 + 2);
    assertThat(outcome.measured().started().seconds(50)).isBetween(0.2, 0.5);
  }

  @Test
  void doesTheSameForTheSameSeed() throws Exception {
    String yaml = SHOP.replace("CLOCK", "virtual");
    Outcome once = play(yaml);
    assertThat(play(yaml).measured().marks()).isEqualTo(once.measured().marks());
    assertThat(play("seed: 9\n" + yaml).measured().started())
        .isNotEqualTo(once.measured().started());
  }

  @Test
  void measuresTheApiOnTheRealClock() throws Exception {
    Outcome outcome = play(SHOP.replace("CLOCK", "real"));
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.measured().requests().values())
        .anyMatch(latencies -> latencies.count() > 10 && latencies.seconds(99) > 0);
  }

  @Test
  void endsWithTheStepThatFailsAndStillTells() throws Exception {
    Outcome outcome =
        play(
            """
            clock: virtual
            nodes: [{count: 1, pods: 2}]
            steps:
            - create: {kind: Deployment, name: a, pods: 5}
            - wait: {until: available, atMost: 30s}
            - delete: {of: a}
            """);
    assertThat(outcome.failure())
        .get()
        .asString()
        .contains("wait until available: not within 30 s");
    assertThat(outcome.measured().marks()).hasSize(3).last().matches(Mark::failed);
    assertThat(
            outcome.measured().samples().stream()
                .mapToInt(sample -> sample.census().in(Phase.PENDING))
                .max()
                .orElse(0))
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void tellsOnOnePageThatNeedsNothingElse() throws Exception {
    String html = Report.html(play(SHOP.replace("CLOCK", "real")).measured());
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html)));
    assertThat(page.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("A <small> shop");
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(10);
    NodeList headings = page.getElementsByTagName("h2");
    assertThat(headings.getLength()).isGreaterThanOrEqualTo(8);
    assertThat(html).contains("drain 2 nodes of general", "pool: general");
    assertThat(html).doesNotContain("<script", "http://", "https://", "url(", "@import", "NaN");
  }
}
