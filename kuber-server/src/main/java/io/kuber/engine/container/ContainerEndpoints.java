package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Filters;
import io.kuber.engine.wire.Routes;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** {@code /containers} of the Engine API: from making to removing. */
public final class ContainerEndpoints {
  private static final long PATIENCE_SECONDS = 10;
  private static final int KILL = 9;
  private static final int NOT_MODIFIED = 304;

  private final Containers containers;

  /** Shows these containers. */
  public ContainerEndpoints(Containers containers) {
    this.containers = containers;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .add("GET", "/containers/json", this::list)
        .add("POST", "/containers/create", this::create)
        .add("GET", "/containers/{id}/json", this::inspect)
        .add("POST", "/containers/{id}/start", this::start)
        .add("POST", "/containers/{id}/stop", this::stop)
        .add("POST", "/containers/{id}/restart", this::restart)
        .add("POST", "/containers/{id}/kill", this::kill)
        .add("POST", "/containers/{id}/wait", this::await)
        .add("DELETE", "/containers/{id}", this::remove)
        .add("POST", "/containers/prune", this::prune)
        .add("GET", "/containers/{id}/logs", call -> new LogAnswer(call, life(call)).send());
    new ChangeEndpoints(containers).addTo(routes);
  }

  private Life life(Call call) {
    return containers.find(call.path("id"));
  }

  private void list(Call call) throws IOException {
    Filters filters =
        call.filters()
            .allow(
                "id",
                "name",
                "label",
                "status",
                "ancestor",
                "exited",
                "network",
                "volume",
                "health");
    boolean all = call.isTrue("all") || call.number("limit", 0) > 0;
    Instant now = containers.ground().clock().instant();
    List<Life> found =
        containers.all().stream()
            .filter(life -> ContainerFilter.admits(filters, life, all))
            .limit(call.number("limit", 0) > 0 ? call.number("limit", 0) : Long.MAX_VALUE)
            .toList();
    List<Tree> shown = new ArrayList<>();
    for (Life life : found) {
      Tree summary = ContainerTrees.summary(life, now);
      shown.add(call.isTrue("size") ? ContainerSizes.with(summary, life) : summary);
    }
    call.json(Items.copyOf(shown));
  }

  private void inspect(Call call) throws IOException {
    Life life = life(call);
    Tree whole = ContainerTrees.whole(life);
    call.json(call.isTrue("size") ? ContainerSizes.with(whole, life) : whole);
  }

  /** All containers with what they take of the disk. */
  public Items disk() throws IOException {
    Instant now = containers.ground().clock().instant();
    List<Tree> all = new ArrayList<>();
    for (Life life : containers.all()) {
      all.add(ContainerSizes.with(ContainerTrees.summary(life, now), life));
    }
    return Items.copyOf(all);
  }

  private void create(Call call) throws IOException {
    Life life = containers.create(call.query("name").orElse(""), call.body());
    call.json(201, Tree.of("Id", life.record().id(), "Warnings", Items.EMPTY));
  }

  private void start(Call call) throws IOException {
    call.empty(containers.start(life(call)) ? 204 : NOT_MODIFIED);
  }

  private void stop(Call call) throws IOException {
    Life life = life(call);
    call.empty(containers.stop(life, patience(call, life)) ? 204 : NOT_MODIFIED);
  }

  private void restart(Call call) throws IOException {
    Life life = life(call);
    containers.restart(life, patience(call, life));
    call.done();
  }

  private static long patience(Call call, Life life) {
    return call.number("t", life.record().config().number(PATIENCE_SECONDS, "StopTimeout"));
  }

  private void kill(Call call) throws IOException {
    String signal = call.query("signal").orElse("KILL");
    Life life = life(call);
    new Stopping(life).kill(Signals.number(signal));
    call.done();
  }

  /** The head goes out at once: {@code docker run} waits before it starts. */
  private void await(Call call) throws IOException {
    Life life = life(call);
    String condition = call.query("condition").orElse("not-running");
    CompletableFuture<ContainerState> shared =
        switch (condition) {
          case "not-running" ->
              life.running().isPresent()
                  ? life.end()
                  : CompletableFuture.completedFuture(life.record().state());
          case "next-exit" -> life.nextEnd();
          case "removed" -> life.removal();
          default -> throw EngineException.malformed("invalid condition: \"" + condition + "\"");
        };
    CompletableFuture<ContainerState> end = shared.copy();
    call.onGone(() -> end.completeExceptionally(new EOFException("the client is gone")));
    try (OutputStream answer = call.answerStream("application/json")) {
      answer.write(Json.print(Tree.of("StatusCode", (long) end.get().exitCode())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  private void remove(Call call) throws IOException {
    Life life = life(call);
    if (call.isTrue("force") && life.running().isPresent()) {
      life.change(record -> record.stopped(true));
      killIfRunning(life);
    }
    containers.remove(life, call.isTrue("v"));
    call.done();
  }

  /** It may end by itself meanwhile. */
  private static void killIfRunning(Life life) {
    try {
      new Stopping(life).kill(KILL);
    } catch (EngineException e) {
      if (life.running().isPresent()) {
        throw e;
      }
    }
  }

  private void prune(Call call) throws IOException {
    Filters filters = call.filters().allow("label");
    List<String> removed = new ArrayList<>();
    long gained = 0;
    for (Life life : containers.all()) {
      if (life.running().isEmpty() && filters.admitsLabels("label", life.record().labels())) {
        gained += ContainerSizes.written(life);
        containers.remove(life, false);
        removed.add(life.record().id());
      }
    }
    call.json(Tree.of("ContainersDeleted", Items.copyOf(removed), "SpaceReclaimed", gained));
  }
}
