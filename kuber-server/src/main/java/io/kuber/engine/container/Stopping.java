package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.engine.EngineException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Signals to a container, and its end by them. For any thread. */
record Stopping(Life life) {
  private static final int KILL = 9;
  private static final int END_SECONDS = 30;

  /** Sends a signal; 409 when it does not run. After SIGKILL it waits for the end. */
  void kill(int signal) {
    CompletableFuture<ContainerState> end = life.end();
    Container now = life.running().orElseThrow(life::notRunning);
    now.signal(signal);
    life.tell("kill", "signal", Integer.toString(signal));
    if (signal == KILL) {
      life.letGoOn();
      awaitEnd(end);
    }
  }

  private void awaitEnd(CompletableFuture<ContainerState> end) {
    if (!isOver(end, END_SECONDS)) {
      throw EngineException.failed(
          "container %s has not ended %d s after SIGKILL; try again"
              .formatted(life.record().name(), END_SECONDS));
    }
  }

  /**
   * Asks it to end, and ends it when it has not after so many seconds.
   *
   * @param seconds negative for as long as it takes
   * @return false when it does not run
   * @throws EngineException 500 when it cannot be ended
   */
  boolean stop(long seconds) {
    Optional<Container> now = life.running();
    life.change(record -> record.stopped(true));
    if (now.isEmpty()) {
      return false;
    }
    CompletableFuture<ContainerState> end = life.end();
    now.get().signal(Signals.number(life.record().config().text("StopSignal")));
    life.letGoOn();
    if (!isOver(end, seconds)) {
      now.get().signal(KILL);
      awaitEnd(end);
    }
    life.tell("stop");
    return true;
  }

  private static boolean isOver(CompletableFuture<ContainerState> end, long seconds) {
    try {
      end.get(seconds < 0 ? Long.MAX_VALUE : seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(500, "interrupted while a container ends", e);
    } catch (ExecutionException e) {
      throw new EngineException(500, String.valueOf(e.getMessage()), e);
    }
  }
}
