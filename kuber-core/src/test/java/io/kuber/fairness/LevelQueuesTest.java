package io.kuber.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.fairness.Level.Queues;
import io.kuber.fairness.LevelQueues.Started;
import io.kuber.fairness.LevelQueues.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LevelQueuesTest {
  private static final Queues QUEUES = new Queues(64, 6, 50);
  private static final long TENANT = FlowSchema.hash("global-default", "tenant");
  private static final long OTHER = FlowSchema.hash("global-default", "other");

  /** A level whose happenings are written down one after the other. */
  private static final class Story {
    private LevelQueues level;
    private final List<Started> inside = new ArrayList<>();
    private final List<Long> order = new ArrayList<>();
    private long now;

    Story(Queues queues, int seats) {
      level = LevelQueues.of(queues, seats);
    }

    Step arrive(long id, long hash, int wide) {
      return note(level.arrive(id, hash, wide, now));
    }

    /** The request that has been inside longest ends after a hundredth of a second. */
    void end() {
      now += 10_000_000;
      note(level.finish(inside.remove(0), 0.01, now));
    }

    Step note(Step step) {
      level = step.after();
      inside.addAll(step.started());
      step.started().forEach(started -> order.add(started.id()));
      return step;
    }
  }

  @ParameterizedTest(name = "{0} seats, {1} of {2} seats each: {3} go, {4} wait, {5} are refused")
  @CsvSource({
    "10,   5, 1,  5,   0,   0",
    "10,  20, 1, 10,  10,   0",
    "10,  20, 3,  3,  17,   0",
    // A flow has six queues of fifty.
    "10, 400, 1, 10, 300,  90",
    // What is wider than the level goes alone.
    " 2,   3, 4,  1,   2,   0",
    " 0,   3, 1,  1,   2,   0",
  })
  void letsGoWaitAndRefuses(int seats, int many, int wide, int go, int wait, int refused) {
    Story story = new Story(QUEUES, seats);
    int inVain = 0;
    for (int id = 0; id < many; id++) {
      inVain += story.arrive(id, TENANT, wide).refused().isPresent() ? 1 : 0;
    }
    assertThat(List.of(story.level.executing(), story.level.waiting(), inVain))
        .containsExactly(go, wait, refused);
  }

  @Test
  void refusesInALevelWithoutQueuesWhatFindsNoSeat() {
    Story story = new Story(Queues.NONE, 1);
    assertThat(story.arrive(1, TENANT, 1).refused()).isEmpty();
    assertThat(story.arrive(2, TENANT, 1).refused()).contains(Refusal.CONCURRENCY_LIMIT);
    story.end();
    assertThat(story.arrive(3, TENANT, 1).refused()).isEmpty();
  }

  @Test
  void refusesInAFullQueue() {
    Story story = new Story(new Queues(1, 1, 1), 1);
    story.arrive(1, TENANT, 1);
    story.arrive(2, TENANT, 1);
    assertThat(story.arrive(3, OTHER, 1).refused()).contains(Refusal.QUEUE_FULL);
  }

  @Test
  void letsASmallFlowGoBeforeTheRestOfAFlood() {
    Story story = new Story(QUEUES, 4);
    for (int id = 0; id < 200; id++) {
      story.arrive(id, TENANT, 1);
    }
    story.arrive(1000, OTHER, 1);
    story.order.clear();
    for (int i = 0; i < 12; i++) {
      story.end();
    }
    assertThat(story.order).contains(1000L);
  }

  @Test
  void givesQueuesTheSameNumberOfSeatsHoweverWideTheirRequestsAre() {
    Story story = new Story(new Queues(10_000, 1, 1000), 10);
    for (int id = 0; id < 300; id++) {
      story.arrive(id, TENANT, 5);
      story.arrive(1000 + id, OTHER, 1);
    }
    story.order.clear();
    for (int i = 0; i < 120; i++) {
      story.end();
    }
    long wide = story.order.stream().filter(id -> id < 1000).count();
    long narrow = story.order.size() - wide;
    assertThat((double) narrow / wide).as("narrow ones for a wide one").isBetween(3.5, 7.0);
  }

  @Test
  void keepsTheOrderWithinAQueue() {
    Story story = new Story(new Queues(1, 1, 50), 1);
    for (int id = 0; id < 20; id++) {
      story.arrive(id, TENANT, 1);
    }
    while (!story.inside.isEmpty()) {
      story.end();
    }
    assertThat(story.order).isSorted().hasSize(20);
  }

  @Test
  void letsGoWhoeverCameBehindOneThatLeft() {
    Story story = new Story(new Queues(1, 1, 50), 4);
    story.arrive(1, TENANT, 3);
    story.arrive(2, TENANT, 4);
    long lane = story.arrive(3, TENANT, 1).lane();
    assertThat(story.level.waiting()).isEqualTo(2);
    story.note(story.level.leave(2, lane, 0));
    assertThat(story.order).containsExactly(1L, 3L);
    assertThat(story.level.waiting()).isZero();
    assertThat(story.level.leave(2, lane, 0).after().demand()).isEqualTo(4);
  }

  @Test
  void letsMoreGoWhenItGetsMoreSeatsAndKeepsThemWhenItGetsLess() {
    Story story = new Story(QUEUES, 1);
    for (int id = 0; id < 5; id++) {
      story.arrive(id, TENANT, 1);
    }
    story.note(story.level.resize(QUEUES, 3, 0));
    assertThat(story.level.executing()).isEqualTo(3);
    story.note(story.level.resize(QUEUES, 1, 0));
    assertThat(story.level.executing()).isEqualTo(3);
    story.end();
    story.end();
    assertThat(story.level.executing()).isEqualTo(1);
    assertThat(story.level.waiting()).isEqualTo(2);
  }

  @Test
  void forgetsQueuesWithoutAnythingToDo() {
    Story story = new Story(QUEUES, 3);
    for (int id = 0; id < 40; id++) {
      story.arrive(id, TENANT + id * 7919L, 1);
    }
    while (!story.inside.isEmpty()) {
      story.end();
    }
    assertThat(story.level.busy()).isEmpty();
    assertThat(story.order).hasSize(40);
  }
}
