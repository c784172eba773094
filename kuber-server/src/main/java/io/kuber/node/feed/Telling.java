package io.kuber.node.feed;

import io.kuber.loop.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an outlet what is the case, and again a second later if it throws. Owned by the loop. */
final class Telling<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final String what;
  private final Supplier<T> newest;
  private final Consumer<T> outlet;
  private final Loop loop;
  private boolean isStale = true;
  private boolean retryIsDue;
  private boolean closed;

  /**
   * @param what has failed if the outlet throws, for the log
   * @param newest what is the case, when it is told
   */
  Telling(String what, Supplier<T> newest, Consumer<T> outlet, Loop loop) {
    this.what = what;
    this.newest = newest;
    this.outlet = outlet;
    this.loop = loop;
  }

  /** What was told last is not the case any more. */
  void outdate() {
    isStale = true;
  }

  /** Tells, unless what was told last is still the case; the first time in any case. */
  void tell() {
    if (!isStale || closed) {
      return;
    }
    try {
      outlet.accept(newest.get());
      isStale = false;
    } catch (RuntimeException e) {
      LOG.warn("{}, trying again: {}", what, e.toString());
      retry();
    }
  }

  private void retry() {
    if (!retryIsDue) {
      retryIsDue = true;
      loop.schedule(
          RETRY,
          () -> {
            retryIsDue = false;
            tell();
          });
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Nobody is told anything any more once this returns; not on the loop. */
  void close() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(
        () -> {
          closed = true;
          ended.complete(null);
        });
    ended.completeOnTimeout(null, CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }
}
