package io.kuber.scheduler;

import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.reconcile.Fence;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One term of leadership: from the first image to the stop. Owned by the scheduler's loop. */
final class Term implements Store.Listener {
  /** Pods decided before the loop may turn to something else. */
  private static final int MAX_PODS_PER_TURN = 64;

  /** How often pods are looked at that nothing helped for very long. */
  private static final Duration LONG_LOOK = Duration.ofSeconds(30);

  private final Loops loops;
  private final Loop loop;
  private final Store store;
  private final Intake intake;
  private final Cycle cycle;
  private final PodQueue queue = new PodQueue();
  private final Fence fence;
  private boolean turnIsDue;
  private Instant flushAt = Instant.MAX;
  private boolean over;

  Term(List<Profile> profiles, Store store, Writes writes, Fence fence, Loops loops, Loop loop) {
    this.fence = fence;
    this.loops = loops;
    this.loop = loop;
    this.store = store;
    Image base = store.subscribe(this);
    ClusterState cluster = new ClusterState(base);
    Wakeup wakeup = new Wakeup(queue, cluster, loops.clock());
    VolumePreparation volumes = new VolumePreparation(cluster, writes, loop);
    this.cycle = new Cycle(profiles, cluster, queue, wakeup, volumes, writes, this::onLoop, loops);
    this.intake = new Intake(profiles, cluster, queue, wakeup, volumes, writes, loops.clock());
  }

  /** Takes in all there is, and begins to decide. */
  void begin() {
    intake.begin();
    keepLooking();
    proceed();
  }

  void end() {
    over = true;
    fence.close();
    store.unsubscribe(this);
  }

  @Override
  public void changed(Delta delta, Image image) {
    if (Intake.follows(delta.key().resource())) {
      onLoop(() -> intake.take(delta, image));
    }
  }

  /** Runs a task of this term on the loop, unless the term is over, and goes on afterwards. */
  private void onLoop(Runnable task) {
    loop.execute(
        () -> {
          if (!over) {
            task.run();
            proceed();
          }
        });
  }

  private void proceed() {
    if (!turnIsDue && cycle.hasWork()) {
      turnIsDue = true;
      loop.execute(this::turn);
    }
    Instant due = queue.nextDue().orElse(Instant.MAX);
    if (due.isBefore(flushAt)) {
      flushAt = due;
      loop.schedule(Duration.between(loops.clock().instant(), due), this::flush);
    }
  }

  private void turn() {
    turnIsDue = false;
    if (over) {
      return;
    }
    for (int decided = 0; decided < MAX_PODS_PER_TURN && cycle.hasWork(); decided++) {
      cycle.decideNext();
    }
    proceed();
  }

  private void flush() {
    flushAt = Instant.MAX;
    if (!over) {
      queue.pass(loops.clock().instant());
      proceed();
    }
  }

  private void keepLooking() {
    loop.schedule(
        LONG_LOOK,
        () -> {
          if (!over) {
            queue.passRests(loops.clock().instant());
            proceed();
            keepLooking();
          }
        });
  }
}
