package io.kuber.container.linux;

import io.kuber.linux.FileCalls;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads what containers write and notices that processes have ended. Handlers
 * run on it and must not wait.
 */
final class Pump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
  private static final int MOST_EVENTS = 64;

  private final Syscalls linux;
  private final int epoll;
  private final FileCalls.Pipe wake;
  private final Map<Integer, Runnable> handlers = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  Pump(Syscalls linux) {
    this.linux = linux;
    this.epoll = linux.epoll();
    this.wake = linux.pipe();
    linux.epollAdd(epoll, wake.readEnd(), Uapi.EPOLLIN);
    this.thread = new Thread(this::run, "kuber-container-pump");
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs a handler whenever reading from the descriptor would not wait, until it is unwatched. */
  void watch(int descriptor, Runnable whenReady) {
    handlers.put(descriptor, whenReady);
    linux.epollAdd(epoll, descriptor, Uapi.EPOLLIN);
  }

  /** To be called before the descriptor is closed, by its handler or before the first event. */
  void unwatch(int descriptor) {
    handlers.remove(descriptor);
    linux.epollRemove(epoll, descriptor);
  }

  private void run() {
    while (!closed) {
      for (int descriptor : linux.epollWait(epoll, MOST_EVENTS, -1)) {
        Runnable handler = handlers.get(descriptor);
        if (handler != null && isStillReady(descriptor)) {
          handle(handler);
        }
      }
    }
  }

  /** A number may have been closed and opened anew since the kernel told of it. */
  private boolean isStillReady(int descriptor) {
    return linux.awaitReadable(descriptor, 0);
  }

  /** A handler that throws must not silence all other containers. */
  private static void handle(Runnable handler) {
    try {
      handler.run();
    } catch (RuntimeException e) {
      LOG.error("reading from a container failed", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    linux.close(wake.writeEnd());
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    linux.close(wake.readEnd());
    linux.close(epoll);
  }
}
