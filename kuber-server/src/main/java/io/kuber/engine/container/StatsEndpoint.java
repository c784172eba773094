package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Routes;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code /containers/{id}/stats}: what a container uses, once or every second. */
final class StatsEndpoint {
  private static final Path PROC = Path.of("/proc");
  private static final long PERIOD_SECONDS = 1;

  private final Containers containers;
  private final long machineMemory;

  StatsEndpoint(Containers containers, long machineMemory) {
    this.containers = containers;
    this.machineMemory = machineMemory;
  }

  void addTo(Routes routes) {
    routes.add("GET", "/containers/{id}/stats", this::send);
  }

  private void send(Call call) throws IOException {
    Life life = containers.find(call.path("id"));
    boolean goesOn = call.isTrue("stream", true);
    Sample before = Sample.nothing(Instant.EPOCH);
    try (OutputStream out = call.answerStream("application/json")) {
      if (!goesOn && !call.isTrue("one-shot")) {
        before = sample(life);
        awaitEnd(life);
      }
      do {
        Sample now = sample(life);
        out.write(Json.print(tree(life, now, before)));
        out.write('\n');
        before = now;
      } while (goesOn && !awaitEnd(life));
    }
  }

  private Sample sample(Life life) throws IOException {
    Instant now = containers.ground().clock().instant();
    Optional<Container> runs = life.running();
    return runs.isPresent()
        ? Sample.take(now, runs.get().usage(), PROC, runs.get().pid())
        : Sample.nothing(now);
  }

  private Tree tree(Life life, Sample now, Sample before) {
    ContainerRecord record = life.record();
    long own = record.host().number(0, "Memory");
    return now.tree(
        before,
        record.id(),
        record.name(),
        Runtime.getRuntime().availableProcessors(),
        own > 0 ? own : machineMemory);
  }

  /** Waits for a second, or for less when the container ends; true when it has. */
  private static boolean awaitEnd(Life life) throws IOException {
    try {
      life.nextEnd().get(PERIOD_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException stillRuns) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while measuring", e);
    }
  }
}
