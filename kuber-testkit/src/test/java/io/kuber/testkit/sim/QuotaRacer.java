package io.kuber.testkit.sim;

import com.google.common.base.Throwables;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A client that wants one map of its own, from any server that knows of the quota, again and again;
 * until it settles it deletes the map at times.
 */
final class QuotaRacer {
  private static final int PAUSE_MILLIS = 800;
  private static final Duration PATIENCE = Duration.ofSeconds(13);

  private final String name;
  private final List<Host> hosts;
  private final Loop loop;
  private final Entropy entropy;
  private boolean settled;
  private long call;
  private int refusals;

  QuotaRacer(String name, List<Host> hosts, Loops loops) {
    this.name = name;
    this.hosts = hosts;
    this.loop = loops.loop(name);
    this.entropy = loops.entropy();
    pause();
  }

  /** From now on it keeps what it has. */
  void settle() {
    settled = true;
  }

  int refusals() {
    return refusals;
  }

  private void pause() {
    loop.schedule(Duration.ofMillis(1 + entropy.below(PAUSE_MILLIS)), this::next);
  }

  private void next() {
    Host.Running server = hosts.get(entropy.below(hosts.size())).running();
    if (server == null || server.server().image().get(QuotaRace.QUOTA) == null) {
      pause();
      return;
    }
    long mine = ++call;
    CompletionStage<?> answer =
        !settled && entropy.below(3) == 0
            ? server
                .client()
                .delete(Resources.CONFIG_MAPS, Maps.NAMESPACE, name, DeleteOptions.DEFAULT)
            : server.client().create(Resources.CONFIG_MAPS, Maps.of(name, "red-1"));
    answer.whenComplete((done, failure) -> loop.execute(() -> ended(mine, failure)));
    server.died().thenRun(() -> loop.execute(() -> ended(mine, null)));
    loop.schedule(PATIENCE, () -> ended(mine, null));
  }

  private void ended(long which, @Nullable Throwable failure) {
    if (which == call) {
      call++;
      if (failure != null
          && Throwables.getRootCause(failure) instanceof ApiException refused
          && refused.reason() == StatusReason.FORBIDDEN) {
        refusals++;
      }
      pause();
    }
  }
}
