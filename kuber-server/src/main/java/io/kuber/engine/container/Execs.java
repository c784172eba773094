package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerProcess;
import io.kuber.container.ContainerStartException;
import io.kuber.container.ProcessSpec;
import io.kuber.engine.EngineException;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Further processes of containers, by their ids. For any thread. */
final class Execs {
  /** How many are known; of more, the oldest that do not run and cannot any more are forgotten. */
  static final int MOST = 4096;

  private static final int ID_BYTES = 32;

  private final Map<String, Exec> known = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * Keeps one that is to be started.
   *
   * @throws EngineException 409 when there are too many that have not ended
   */
  synchronized Exec add(String container, Container in, ProcessSpec process, Tree said) {
    known.values().removeIf(exec -> known.size() >= MOST && exec.isSettled());
    if (known.size() >= MOST) {
      throw EngineException.conflict("there are " + MOST + " exec instances that have not ended");
    }
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    Exec exec = new Exec(HexFormat.of().formatHex(bytes), container, in, process, said);
    known.put(exec.id(), exec);
    return exec;
  }

  /** One by its id; 404 when there is none. */
  synchronized Exec find(String id) {
    Exec exec = known.get(id);
    if (exec == null) {
      throw EngineException.absent("No such exec instance: " + id);
    }
    return exec;
  }

  /** One of them. For any thread; the lock guards the fields. */
  static final class Exec {
    private final String id;
    private final String container;
    private final Container in;
    private final ProcessSpec process;
    private final Tree said;
    private final CompletableFuture<Integer> over = new CompletableFuture<>();
    private Optional<ContainerProcess> started = Optional.empty();
    private Optional<Integer> code = Optional.empty();

    private Exec(String id, String container, Container in, ProcessSpec process, Tree said) {
      this.id = id;
      this.container = container;
      this.in = in;
      this.process = process;
      this.said = said;
    }

    String id() {
      return id;
    }

    boolean hasTerminal() {
      return process.terminal();
    }

    boolean hasInput() {
      return process.stdin();
    }

    synchronized boolean isOver() {
      return code.isPresent();
    }

    /** Whether it has ended, or is for a container that ended before it began. */
    synchronized boolean isSettled() {
      return code.isPresent() || started.isEmpty() && in.exit().toCompletableFuture().isDone();
    }

    /** Refuses with 409 one that has been started. */
    synchronized void checkNew() {
      if (started.isPresent() || code.isPresent()) {
        throw EngineException.conflict("Error: Exec command " + id + " is already running");
      }
    }

    /**
     * Starts it.
     *
     * @throws EngineException 409 when that was done before or its container has ended, 400 when it
     *     cannot be executed
     */
    synchronized ContainerProcess start() {
      checkNew();
      try {
        ContainerProcess running = in.exec(process);
        started = Optional.of(running);
        running.exit().thenAccept(exit -> ended(exit.code()));
        return running;
      } catch (ContainerStartException e) {
        ended(e.exitCode());
        throw new EngineException(
            400, "OCI runtime exec failed: exec failed: " + e.getMessage(), e);
      } catch (ContainerException e) {
        ended(ContainerStartException.NOT_STARTED);
        throw new EngineException(
            409, "Container " + container + " is not running: " + e.getMessage(), e);
      }
    }

    private synchronized void ended(int exitCode) {
      code = Optional.of(exitCode);
      over.complete(exitCode);
    }

    /** Waits until it has ended and everybody may know. */
    void awaitEnd() {
      over.join();
    }

    /** Sets the size of its terminal; 409 when it does not run. */
    synchronized void resize(int columns, int rows) {
      if (started.isEmpty() || code.isPresent()) {
        throw EngineException.conflict("exec instance " + id + " is not running");
      }
      started.get().resize(columns, rows);
    }

    /** As inspecting shows it. */
    synchronized Tree tree() {
      Tree tree =
          Tree.builder()
              .put("ID", id)
              .put("ContainerID", container)
              .put("Running", started.isPresent() && code.isEmpty())
              .put("OpenStdin", said.isTrue("AttachStdin"))
              .put("OpenStdout", said.isTrue("AttachStdout"))
              .put("OpenStderr", said.isTrue("AttachStderr"))
              .put("CanRemove", false)
              .put("DetachKeys", said.text("DetachKeys"))
              .put("Pid", isOver() ? 0L : (long) started.map(ContainerProcess::pid).orElse(0))
              .put(
                  "ProcessConfig",
                  Tree.of(
                      "tty",
                      process.terminal(),
                      "entrypoint",
                      process.command().get(0),
                      "arguments",
                      Items.copyOf(process.command().subList(1, process.command().size())),
                      "user",
                      said.text("User"),
                      "privileged",
                      false))
              .build();
      return code.isPresent()
          ? tree.with("ExitCode", (long) code.get())
          : tree.with("ExitCode", Nil.NIL);
    }
  }
}
