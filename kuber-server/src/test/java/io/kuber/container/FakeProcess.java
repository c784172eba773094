package io.kuber.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A process of a {@link FakeContainer}: everything it will ever do is known when it starts. */
public final class FakeProcess implements ContainerProcess {
  private final Script script;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
  private final InstantSource clock;

  /** What a process writes and exits with; one that hangs exits when it is killed. */
  public record Script(String stdout, String stderr, int exitCode, boolean hangs) {
    public static Script exits(int code) {
      return new Script("", "", code, false);
    }

    public static Script prints(String stdout) {
      return new Script(stdout, "", 0, false);
    }

    public static Script hanging() {
      return new Script("", "", 0, true);
    }
  }

  FakeProcess(Script script, InstantSource clock) {
    this.script = script;
    this.clock = clock;
    if (!script.hangs()) {
      exit.complete(new Exit(script.exitCode(), 0, false, clock.instant()));
    }
  }

  @Override
  public OutputStream stdin() {
    return typed;
  }

  @Override
  public InputStream stdout() {
    return new ByteArrayInputStream(script.stdout().getBytes(UTF_8));
  }

  @Override
  public InputStream stderr() {
    return new ByteArrayInputStream(script.stderr().getBytes(UTF_8));
  }

  @Override
  public int pid() {
    return 0;
  }

  @Override
  public void resize(int columns, int rows) {}

  @Override
  public CompletionStage<Exit> exit() {
    return exit;
  }

  @Override
  public void kill() {
    exit.complete(new Exit(137, 9, false, clock.instant()));
  }

  @Override
  public void close() {
    kill();
  }
}
