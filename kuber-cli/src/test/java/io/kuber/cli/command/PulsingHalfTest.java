package io.kuber.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.User;
import io.kuber.api.NodeGateway;
import io.kuber.boot.Kuber;
import io.kuber.boot.KuberOptions;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.Progress;
import io.kuber.cli.output.Steps;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.SimulatedNodes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The line below a cluster of simulated nodes that tells how it is doing. */
final class PulsingHalfTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** One line on a terminal: it takes the place of the last one, and is never two. */
  private static final Pattern REDRAWN =
      Pattern.compile("\r\u001b\\[2K\u001b\\[\\?7l([^\u001b\n]*)\u001b\\[\\?7h");

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private @Nullable Kuber kuber;

  /** Three nodes that register once time passes. */
  private static final class ThreeNodes implements NodeHalf {
    @Override
    public void check() {}

    @Override
    public RunningNodes start(ServerHalf cluster, Progress progress) {
      SimulatedNodes nodes =
          SimulatedNodes.start(
              cluster.clients().of(User.system("system:kuber-simulation"), "kubelet"),
              cluster.loops(),
              NodeSettings.of(3));
      return new RunningNodes() {
        @Override
        public NodeGateway gateway() {
          return nodes.gateway();
        }

        @Override
        public void close() {
          nodes.close();
        }
      };
    }
  }

  private PulsingHalf start(boolean isTerminal) throws Exception {
    Steps steps = new Steps(new PrintStream(out, true, StandardCharsets.UTF_8), isTerminal);
    PulsingHalf half = new PulsingHalf(new ThreeNodes(), steps);
    kuber = Kuber.start(KuberOptions.inMemory().on(loops).with(half));
    return half;
  }

  @AfterEach
  void close() {
    if (kuber != null) {
      kuber.close();
    }
  }

  private String said() {
    String text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    return text;
  }

  private List<String> redrawn() {
    String text = said();
    Matcher line = REDRAWN.matcher(text);
    assertThat(line.replaceAll("")).isEmpty();
    return line.reset().results().map(result -> result.group(1)).toList();
  }

  private void createPod() {
    KubeObject pod =
        Resources.PODS
            .object("default", "web")
            .with(Items.of(Tree.of("name", "web", "image", "some")), "spec", "containers");
    Objects.requireNonNull(kuber).client().create(Resources.PODS, pod).toCompletableFuture().join();
  }

  @Test
  void saysNothingUntilAllElseHasBeenSaid() throws Exception {
    start(true);
    loops.advance(SECOND.multipliedBy(30));
    assertThat(said()).isEmpty();
  }

  @Test
  void replacesTheLineEachSecondOnATerminal() throws Exception {
    PulsingHalf half = start(true);
    half.show();
    loops.advance(SECOND.multipliedBy(20));
    List<String> lines = redrawn();
    assertThat(lines).hasSize(20);
    assertThat(lines.get(19))
        .matches("nodes 3/3 ready · pods 0 running · \\d+ requests/s · \\d+ events/s");
  }

  @Test
  void countsWhatHappensEachSecond() throws Exception {
    PulsingHalf half = start(true);
    loops.advance(SECOND.multipliedBy(20));
    half.show();
    loops.advance(SECOND);
    said();
    createPod();
    loops.advance(SECOND.multipliedBy(5));
    assertThat(redrawn())
        .anyMatch(line -> line.matches(".*· [1-9]\\d* requests/s · [1-9]\\d* events/s"))
        .last()
        .asString()
        .startsWith("nodes 3/3 ready · pods 1 running · ");
  }

  @Test
  void addsALineElsewhereOnlyWhenSomethingHasChanged() throws Exception {
    PulsingHalf half = start(false);
    half.show();
    loops.advance(SECOND.multipliedBy(60));
    assertThat(said())
        .matches("nodes 3/3 ready · pods 0 running · \\d+ requests/s · \\d+ events/s\n");
    createPod();
    loops.advance(SECOND.multipliedBy(60));
    assertThat(said()).contains("pods 1 running").endsWith(" events/s\n").doesNotContain("\r");
  }
}
