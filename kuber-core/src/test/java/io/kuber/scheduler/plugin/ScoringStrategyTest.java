package io.kuber.scheduler.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.scheduler.plugin.ScoringStrategy.LeastAllocated;
import io.kuber.scheduler.plugin.ScoringStrategy.MostAllocated;
import io.kuber.scheduler.plugin.ScoringStrategy.RequestedToCapacityRatio;
import io.kuber.scheduler.plugin.ScoringStrategy.RequestedToCapacityRatio.Point;
import io.kuber.scheduler.plugin.ScoringStrategy.Weight;
import io.kuber.scheduler.state.Lab;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScoringStrategyTest {
  private static final List<Weight> BOTH = ScoringStrategy.CPU_AND_MEMORY;

  /** A node of 2 CPUs and 4 GiB; what the pod asks for, and the scores. */
  @ParameterizedTest
  @CsvSource({
    "0,0,100,0",
    "1,0,75,25",
    "1,2Gi,50,50",
    "2,4Gi,0,100",
    "500m,1Gi,75,25",
    "3,4Gi,0,100"
  })
  void scoreHowFullTheNodeWouldBe(String cpu, String memory, long least, long most) {
    Lab lab = new Lab();
    NodeState node = lab.node("a");
    PodEntry pod =
        lab.pod(
            "p",
            "{}",
            "{containers: [{resources: {requests: {cpu: '%s', memory: '%s'}}}]}"
                .formatted(cpu, memory));
    assertThat(new LeastAllocated(BOTH).score(pod.shape().scored(), node)).isEqualTo(least);
    assertThat(new MostAllocated(BOTH).score(pod.shape().scored(), node)).isEqualTo(most);
  }

  @Test
  void countContainerThatAsksForNothing() {
    Lab lab = new Lab();
    NodeState node = lab.node("a");
    PodEntry pod = lab.pod("p", "{}", "{containers: [{name: c}]}");
    assertThat(new LeastAllocated(BOTH).score(pod.shape().scored(), node)).isEqualTo(95);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "20,20", "50,50", "75,75", "100,100", "150,100"})
  void followLineThroughPoints(long used, long expected) {
    RequestedToCapacityRatio line =
        new RequestedToCapacityRatio(List.of(new Point(0, 0), new Point(100, 10)), BOTH);
    assertThat(line.score(used, 100)).isEqualTo(expected);
  }

  @Test
  void countExtendedResources() {
    Lab lab = new Lab();
    NodeState node = lab.node("a");
    PodEntry pod =
        lab.pod("p", "{}", "{containers: [{resources: {requests: {example.com/gpu: 1}}}]}");
    List<Weight> gpu = List.of(new Weight("example.com/gpu", 1));
    assertThat(new MostAllocated(gpu).score(pod.shape().scored(), node)).isEqualTo(100);
  }
}
