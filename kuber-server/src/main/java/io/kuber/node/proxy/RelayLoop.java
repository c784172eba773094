package io.kuber.node.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that waits for sockets and hands each to its handler. All handlers' state belongs to
 * that thread; others reach it with {@link #execute}.
 */
final class RelayLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RelayLoop.class);
  private static final int TICK_MILLIS = 1000;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;
  private static final int PATIENCE_MILLIS = 5000;

  /** Somebody who is told when a socket is ready. */
  interface Handler {
    void ready(SelectionKey key) throws IOException;

    /** Called about once a second; idle things end here. */
    default void tick() {}

    /** The socket failed, or the loop ends; gives back what it has. */
    void close();
  }

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private long lastTick = System.nanoTime();

  RelayLoop(String name) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("making a selector", e);
    }
    thread = new Thread(this::loop, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs a task on the loop's thread, soon. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Runs a task on the loop's thread and waits; sockets it closed are really closed then. */
  void run(Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    execute(
        () -> {
          task.run();
          flush(done);
        });
    done.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
  }

  /** A selector keeps closed sockets until it selects again. */
  private void flush(CompletableFuture<Void> done) {
    try {
      selector.selectNow(this::dispatch);
      done.complete(null);
    } catch (IOException e) {
      done.completeExceptionally(e);
    }
  }

  /** Makes a handler responsible for a channel; from any thread. */
  void watch(SelectableChannel channel, int operations, Handler handler) throws IOException {
    channel.configureBlocking(false);
    channel.register(selector, operations, handler);
    selector.wakeup();
  }

  private void loop() {
    try {
      while (selector.isOpen()) {
        selector.select(this::dispatch, TICK_MILLIS);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        tick();
      }
    } catch (ClosedSelectorException ended) {
      LOG.debug("{} ended", thread.getName());
    } catch (IOException e) {
      LOG.error("{} cannot wait for sockets any more", thread.getName(), e);
    }
  }

  private void tick() {
    long now = System.nanoTime();
    if (now - lastTick >= TICK_NANOS) {
      lastTick = now;
      selector.keys().forEach(key -> ((Handler) key.attachment()).tick());
    }
  }

  private void dispatch(SelectionKey key) {
    Handler handler = (Handler) key.attachment();
    try {
      handler.ready(key);
    } catch (IOException | CancelledKeyException e) {
      LOG.debug("a relayed socket ended", e);
      handler.close();
    }
  }

  /** Closes every socket and waits for the thread to end. */
  @Override
  public void close() {
    execute(
        () -> {
          selector.keys().forEach(key -> ((Handler) key.attachment()).close());
          closeQuietly(selector);
        });
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes what nobody can do anything about if it fails. */
  static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.debug("closing {}", closeable, e);
    }
  }
}
