package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Routes;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.List;

/** What can be changed of containers that there are. For any thread. */
final class ChangeEndpoints {
  /** What an update may say beside what is refused. */
  private static final List<String> AMOUNTS =
      List.of(
          "CpuShares", "CpuPeriod", "CpuQuota", "NanoCpus", "Memory", "MemorySwap", "PidsLimit");

  private final Containers containers;

  ChangeEndpoints(Containers containers) {
    this.containers = containers;
  }

  /** Adds the routes. */
  void addTo(Routes routes) {
    routes
        .add("POST", "/containers/{id}/pause", call -> pause(call, true))
        .add("POST", "/containers/{id}/unpause", call -> pause(call, false))
        .add("POST", "/containers/{id}/update", this::update)
        .add("POST", "/containers/{id}/rename", this::rename)
        .add("POST", "/containers/{id}/resize", this::resize);
  }

  private Life life(Call call) {
    return containers.find(call.path("id"));
  }

  private void pause(Call call, boolean held) throws IOException {
    life(call).pause(held);
    call.done();
  }

  private void update(Call call) throws IOException {
    Life life = life(call);
    life.update(updated(life.record().host(), call.body()));
    call.json(Tree.of("Warnings", Items.EMPTY));
  }

  /**
   * What holds of a container after an update. Pure.
   *
   * @throws EngineException 400 for what cannot be, 409 for what cannot be with what is there
   */
  static Tree updated(Tree host, Tree said) {
    Unserved.check(said);
    Tree next = host;
    for (String field : AMOUNTS) {
      long amount = said.number(0, field);
      if (amount != 0) {
        next = next.with(field, amount);
      }
    }
    if (said.number(0, "NanoCpus") > 0) {
      next = next.without("CpuQuota").without("CpuPeriod");
    } else if (said.number(0, "CpuQuota") > 0 && next.number(0, "NanoCpus") > 0) {
      throw EngineException.conflict(
          "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set");
    }
    if (!said.text("RestartPolicy", "Name").isEmpty()) {
      if (host.isTrue("AutoRemove")) {
        throw EngineException.conflict(
            "Restart policy cannot be updated because AutoRemove is enabled for the container");
      }
      next = next.with("RestartPolicy", said.tree("RestartPolicy"));
      RestartPolicy.of(next);
    }
    Limits.resources(next);
    return next;
  }

  private void rename(Call call) throws IOException {
    containers.rename(life(call), call.query("name").orElse(""));
    call.done();
  }

  private void resize(Call call) throws IOException {
    int columns = (int) call.number("w", 80);
    int rows = (int) call.number("h", 24);
    life(call)
        .running()
        .orElseThrow(() -> EngineException.conflict("container is not running"))
        .resize(columns, rows);
    call.empty(200);
  }
}
