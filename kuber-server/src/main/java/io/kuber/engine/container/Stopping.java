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

  /** Sends a signal; 409 when it does not run. */
  void kill(int signal) {
    Container now = life.running().orElseThrow(life::notRunning);
    now.signal(signal);
    if (signal == KILL) {
      life.letGoOn();
    }
    life.tell("kill", "signal", Integer.toString(signal));
  }

  /**
   * Asks it to end, and ends it when it has not after so many seconds.
   *
   * @return false when it does not run
   */
  boolean stop(long seconds) {
    Optional<Container> now = life.running();
    life.keep(life.record().stopped(true));
    if (now.isEmpty()) {
      return false;
    }
    CompletableFuture<ContainerState> end = life.end();
    now.get().signal(Signals.number(life.record().config().text("StopSignal")));
    life.letGoOn();
    if (!isOver(end, seconds)) {
      now.get().signal(KILL);
      isOver(end, END_SECONDS);
    }
    life.tell("stop");
    return true;
  }

  private static boolean isOver(CompletableFuture<ContainerState> end, long seconds) {
    try {
      end.get(seconds, TimeUnit.SECONDS);
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
