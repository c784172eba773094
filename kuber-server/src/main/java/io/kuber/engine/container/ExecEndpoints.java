package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.container.ContainerProcess;
import io.kuber.container.ProcessSpec;
import io.kuber.container.User;
import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Routes;
import io.kuber.http.Duplex;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
    if (life.record().state().isPaused()) {
      throw EngineException.conflict(
          "Container " + life.record().name() + " is paused, unpause the container before exec");
    }
    Execs.Exec exec =
        execs.add(life.record().id(), container, process(life, container, command, body), body);
    life.tell("exec_create: " + String.join(" ", command), "execID", exec.id());
    call.json(201, Tree.of("Id", exec.id()));
  }

  private ProcessSpec process(Life life, Container container, List<String> command, Tree body)
      throws IOException {
    Map<String, String> environment = new LinkedHashMap<>(container.process().environment());
    String directory = body.text("WorkingDir");
    User user = container.process().user();
    if (!body.text("User").isEmpty()) {
      Account account =
          Account.find(life.files().layers(life.record()), body.text("User"), life.record().host());
      environment.put("HOME", account.home());
      user = account.user();
    }
    environment.putAll(ProcessPlan.environment(body.items("Env")));
    return new ProcessSpec(
            command,
            environment,
            directory.isEmpty() ? container.process().workingDirectory() : directory,
            user,
            body.isTrue("Tty"),
            body.isTrue("AttachStdin"))
        .withLimits(container.process().limits());
  }

  private void start(Call call) throws IOException {
    boolean detached = call.body().isTrue("Detach");
    Execs.Exec exec = execs.find(call.path("id"));
    if (detached) {
      ContainerProcess process = exec.start();
      Streams.begin("exec-" + exec.id(), () -> drain(process));
      call.empty(200);
      return;
    }
    exec.checkNew();
    Duplex client = call.hijack();
    try (ContainerProcess process = exec.start()) {
      Streams.serve(client, process, exec.hasTerminal(), exec.hasInput());
      exec.awaitEnd();
    } catch (EngineException e) {
      // As Docker says it: clients read it as output, and the exit code by itself.
      byte[] words = (e.getMessage() + "\r\n").getBytes(StandardCharsets.UTF_8);
      Streams.out(client, exec.hasTerminal()).write(words);
    }
    client.endOutput();
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
