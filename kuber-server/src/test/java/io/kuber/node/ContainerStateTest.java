package io.kuber.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.ContainerState.Instance;
import io.kuber.node.ContainerState.Problem;
import io.kuber.node.ContainerState.Termination;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContainerStateTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Instance INSTANCE =
      new Instance("id", "image:1", "image", START, Tree.EMPTY);

  private static ContainerState crashed(ContainerState before, Duration ran) {
    Instant end = START.plus(ran);
    return before
        .running(INSTANCE, true, true)
        .exited(new Termination("id", 1, 0, "Error", "", START, end));
  }

  private static Duration wait(ContainerState ended) {
    return Duration.between(ended.last().orElseThrow().finishedAt(), ended.notBefore());
  }

  @Test
  void doublesTheWaitUpToFiveMinutes() {
    List<Long> waits = new ArrayList<>();
    ContainerState state = ContainerState.NEW;
    for (int crash = 0; crash < 8; crash++) {
      state = crashed(state, Duration.ofSeconds(1));
      waits.add(wait(state).toSeconds());
    }
    assertThat(waits).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
    assertThat(state.restarts()).isEqualTo(7);
  }

  @Test
  void forgivesAContainerThatRanLong() {
    ContainerState state = ContainerState.NEW;
    for (int crash = 0; crash < 5; crash++) {
      state = crashed(state, Duration.ofSeconds(1));
    }
    state = crashed(state, Duration.ofMinutes(11));
    assertThat(wait(state)).isZero();
    assertThat(wait(crashed(state, Duration.ofSeconds(1)))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void waitsLongerAfterEachFailureToStart() {
    Problem problem = new Problem("ErrImagePull", "no");
    ContainerState once = ContainerState.NEW.failedToStart(problem, START);
    ContainerState twice = once.failedToStart(problem, START);
    assertThat(once.notBefore()).isEqualTo(START.plusSeconds(10));
    assertThat(twice.notBefore()).isEqualTo(START.plusSeconds(20));
    assertThat(twice.hasRun()).isFalse();
  }

  @Test
  void forgetsAProblemOnceItRuns() {
    ContainerState state =
        ContainerState.NEW
            .failedToStart(new Problem("ErrImagePull", "no"), START)
            .running(INSTANCE, true, true);
    assertThat(state.problem()).isEmpty();
    assertThat(state.restarts()).isZero();
  }
}
