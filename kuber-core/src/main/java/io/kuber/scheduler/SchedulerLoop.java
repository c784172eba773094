package io.kuber.scheduler;

import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.reconcile.Fence;
import io.kuber.store.Store;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Gives pending pods nodes, for one scheduler or several by the names in {@code
 * spec.schedulerName}; pods that name none of them are left alone.
 *
 * <p>Started and stopped as this process gains and loses leadership.
 */
public final class SchedulerLoop {
  private final List<Profile> profiles;
  private final Store store;
  private final Client client;
  private final Loops loops;
  private final Loop loop;
  private final Loop writing;

  /** What runs between a start and a stop; written on {@link #loop} only. */
  private @Nullable Term current;

  /** The default scheduler, which reads the store and binds through the client. */
  public SchedulerLoop(Store store, Client client, Loops loops) {
    this(List.of(DefaultProfile.profile()), store, client, loops);
  }

  /** The same with schedulers of given rules, each under its name. */
  public SchedulerLoop(List<Profile> profiles, Store store, Client client, Loops loops) {
    this.profiles = List.copyOf(profiles);
    this.store = store;
    this.client = client;
    this.loops = loops;
    this.loop = loops.loop("scheduler");
    this.writing = loops.loop("scheduler-writes");
  }

  /** Starts; does nothing when started already. May be called from any thread. */
  public void start() {
    loop.execute(
        () -> {
          if (current == null) {
            Fence fence = new Fence();
            Writes writes = new Writes(fence.around(client), loops, writing);
            Term term = new Term(profiles, store, writes, fence, loops, loop);
            current = term;
            term.begin();
          }
        });
  }

  /**
   * Stops: nothing new is decided, and nothing that was decided is sent any more. May be called
   * from any thread; completes once that holds, while what was sent may still take effect.
   */
  public CompletionStage<Void> stop() {
    return CompletableFuture.runAsync(
        () -> {
          if (current != null) {
            current.end();
            current = null;
          }
        },
        loop);
  }
}
