package io.kuber.node.image;

import io.kuber.node.image.registry.SourceException;
import io.kuber.node.image.registry.SourceException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks again when a source may answer the next time: it was busy, or could not be reached. */
final class Retries {
  /** Attempts at one thing; the pod's own back-off follows when they are used up. */
  static final int MOST = 5;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Pause pause;

  Retries(Pause pause) {
    this.pause = pause;
  }

  /** Waits; tests write down for how long. */
  @FunctionalInterface
  interface Pause {
    Pause REAL =
        duration ->
            new CompletableFuture<>()
                .completeOnTimeout(null, duration.toMillis(), TimeUnit.MILLISECONDS)
                .join();

    void wait(Duration duration);
  }

  /** What is asked for. */
  @FunctionalInterface
  interface Attempt<T> {
    T make() throws IOException;
  }

  /** The first answer, or the last failure. */
  <T> T run(Attempt<T> attempt) throws IOException {
    Duration next = FIRST_PAUSE;
    for (int count = 1; ; count++) {
      try {
        return attempt.make();
      } catch (IOException e) {
        if (count == MOST || isFinal(e)) {
          throw e;
        }
        Duration asked = e instanceof SourceException no ? no.pause() : Duration.ZERO;
        pause.wait(asked.compareTo(next) > 0 ? asked : next);
        next = next.multipliedBy(2);
      }
    }
  }

  private static boolean isFinal(IOException failure) {
    return Thread.currentThread().isInterrupted()
        || (failure instanceof SourceException no && no.kind() != Kind.BUSY);
  }
}
