package io.kuber.boot;

import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.loop.EndingLoops;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whoever acts by himself in an embedded cluster: controllers, scheduler and nodes, on loops of
 * their own, so that they go as a whole before the image is replaced and nothing of them is written
 * afterwards. Of loops that were given, a simulation's, they have a share, and nobody is waited
 * for: they only move when their owner lets them. Used by one thread at a time.
 */
final class Crew implements AutoCloseable {
  private static final String NODE = "kuber";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Teardown parts = new Teardown();
  private final Loops loops;
  private Runnable farewell = () -> {};
  private final ControlPlane plane;
  private final KuberOptions options;
  private Deciders deciders;

  private Crew(ControlPlane plane, KuberOptions options) {
    this.plane = plane;
    this.options = options;
    loops = options.loops().map(this::share).orElseGet(this::ownLoops);
    deciders = begin();
    parts.add(this::stop);
  }

  private Deciders begin() {
    return Deciders.start(plane.controllers("", loops), plane.scheduler(loops), options.paused());
  }

  private void stop() throws InterruptedException {
    CompletionStage<Void> stopped = deciders.stop();
    if (options.loops().isEmpty()) {
      await(stopped);
    }
  }

  /** Controllers and scheduler decide nothing any more; nodes go on. */
  void resign() throws InterruptedException {
    stop();
  }

  /** Controllers and scheduler begin anew, remembering nothing, as on another server. */
  void lead() throws InterruptedException {
    stop();
    deciders = begin();
  }

  private Loops share(Loops given) {
    EndingLoops share = parts.add(new EndingLoops(given));
    farewell = share::hurry;
    return share;
  }

  private Loops ownLoops() {
    ThreadLoops own = new ThreadLoops();
    parts.add(() -> end(own));
    return own;
  }

  /** Starts all of it, and returns once the nodes are at work. */
  static Crew start(ControlPlane plane, KuberOptions options, LateGateway gateway)
      throws Exception {
    Crew crew = new Crew(plane, options);
    try {
      if (options.nodes().isPresent()) {
        Path dataDir = options.dataDir().orElseGet(Crew::noDirectory);
        RunningNodes running =
            crew.parts.add(
                options
                    .nodes()
                    .get()
                    .start(plane.halfFor(NODE, dataDir, crew.loops), Progress.SILENT));
        gateway.connect(running);
      }
      return crew;
    } catch (Exception e) {
      crew.close();
      throw e;
    }
  }

  /** For nodes that keep files although the cluster does not; made by those that do. */
  private static Path noDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"), "kuber-" + ProcessHandle.current().pid());
  }

  Deciders deciders() {
    return deciders;
  }

  /** What the stage comes to; gives up when it takes longer than anything here may. */
  static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the controllers did not come to it within %d s".formatted(PATIENCE.toSeconds()), e);
    }
  }

  private static void end(ThreadLoops loops) throws InterruptedException {
    loops.close();
    if (!loops.awaitEnd(PATIENCE)) {
      throw new IllegalStateException(
          "a task has not ended within %d s".formatted(PATIENCE.toSeconds()));
    }
  }

  /** Lets everybody go: nothing of them happens any more. */
  @Override
  public void close() {
    farewell.run();
    parts.close();
  }
}
