package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.container.ContainerProcess;
import io.kuber.container.ProcessSpec;
import io.kuber.container.User;
import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Routes;
import io.kuber.http.Duplex;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.UserNames;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docker exec}: further processes of containers. For any thread. */
final class ExecEndpoints {
  private final Containers containers;
  private final Execs execs = new Execs();

  /** Of these containers. */
  ExecEndpoints(Containers containers) {
    this.containers = containers;
  }

  /** Adds the routes. */
  void addTo(Routes routes) {
    routes
        .add("POST", "/containers/{id}/exec", this::create)
        .add("POST", "/exec/{id}/start", this::start)
        .add("POST", "/exec/{id}/resize", this::resize)
        .add("GET", "/exec/{id}/json", call -> call.json(execs.find(call.path("id")).tree()));
  }

  private void create(Call call) throws IOException {
    Tree body = call.body();
    Life life = containers.find(call.path("id"));
    Container container =
        life.running()
            .orElseThrow(
                () ->
                    EngineException.conflict(
                        "Container " + life.record().id() + " is not running"));
    if (body.isTrue("Privileged")) {
      throw EngineException.malformed("Privileged: processes have the rights of their container");
    }
    List<String> command = body.items("Cmd").texts();
    if (command.isEmpty()) {
      throw EngineException.malformed("No exec command specified");
    }
    Execs.Exec exec =
        execs.add(life.record().id(), container, process(life, container, command, body), body);
    life.tell("exec_create: " + String.join(" ", command), "execID", exec.id());
    call.json(201, Tree.of("Id", exec.id()));
  }

  private ProcessSpec process(Life life, Container container, List<String> command, Tree body)
      throws IOException {
    Map<String, String> environment = new LinkedHashMap<>(container.process().environment());
    environment.putAll(ProcessPlan.environment(body.items("Env")));
    String directory = body.text("WorkingDir");
    return new ProcessSpec(
        command,
        environment,
        directory.isEmpty() ? container.process().workingDirectory() : directory,
        user(life, container, body.text("User")),
        body.isTrue("Tty"),
        body.isTrue("AttachStdin"));
  }

  private User user(Life life, Container container, String name) throws IOException {
    if (name.isEmpty()) {
      return container.process().user();
    }
    return ProcessPlan.user(new UserNames(Syscalls.linux(), life.layers()).resolve(name));
  }

  private void start(Call call) throws IOException {
    boolean detached = call.body().isTrue("Detach");
    Execs.Exec exec = execs.find(call.path("id"));
    ContainerProcess process = exec.start();
    if (detached) {
      Streams.begin("exec-" + exec.id(), () -> drain(process));
      call.empty(200);
      return;
    }
    try (process) {
      Duplex client = call.hijack();
      Streams.serve(client, process, exec.hasTerminal(), exec.hasInput());
      client.endOutput();
    }
  }

  private static void drain(ContainerProcess process) throws IOException {
    try (process) {
      Streams.begin(
          "exec-errors", () -> process.stderr().transferTo(OutputStream.nullOutputStream()));
      process.stdout().transferTo(OutputStream.nullOutputStream());
      process.exit().toCompletableFuture().join();
    }
  }

  private void resize(Call call) throws IOException {
    execs.find(call.path("id")).resize((int) call.number("w", 0), (int) call.number("h", 0));
    call.empty(200);
  }
}
