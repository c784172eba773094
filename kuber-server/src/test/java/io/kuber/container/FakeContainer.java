package io.kuber.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A container of {@link FakeContainers}; tests make it write and end. */
public final class FakeContainer implements Container {
  private static final int SIGNAL_EXIT_BASE = 128;

  private final FakeContainers runtime;
  private final ContainerSpec spec;
  private final InstantSource clock;
  private final int pid;
  private final Instant startedAt;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final List<OutputSink> sinks = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
  private volatile boolean ignoresTermination;

  FakeContainer(FakeContainers runtime, ContainerSpec spec, InstantSource clock, int pid) {
    this.runtime = runtime;
    this.spec = spec;
    this.clock = clock;
    this.pid = pid;
    this.startedAt = clock.instant();
    sinks.add(spec.output());
  }

  public ContainerSpec spec() {
    return spec;
  }

  /** Writes to the container's standard output. */
  public void write(String text) {
    sinks.forEach(sink -> sink.accept(OutputSink.Stream.STDOUT, text.getBytes(UTF_8)));
  }

  /** Ends the container with an exit code. */
  public void exitWith(int code) {
    end(new Exit(code, 0, false, clock.instant()));
  }

  /** Ends the container as the kernel does when it reaches its memory limit. */
  public void runOutOfMemory() {
    end(new Exit(SIGNAL_EXIT_BASE + 9, 9, true, clock.instant()));
  }

  /** From now on only signal 9 ends the container. */
  public void ignoreTermination() {
    ignoresTermination = true;
  }

  /** What was written to its standard input. */
  public String typed() {
    return typed.toString(UTF_8);
  }

  private void end(Exit how) {
    if (!exit.isDone()) {
      sinks.forEach(OutputSink::end);
      exit.complete(how);
    }
  }

  @Override
  public String id() {
    return spec.id();
  }

  @Override
  public ProcessSpec process() {
    return spec.process();
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public List<Integer> processes() {
    return List.of(pid);
  }

  @Override
  public CompletionStage<Exit> exit() {
    return exit;
  }

  @Override
  public void signal(int signal) {
    runtime.note("signal " + id() + " " + signal);
    if (signal == 9 || !ignoresTermination) {
      end(new Exit(SIGNAL_EXIT_BASE + signal, signal, false, clock.instant()));
    }
  }

  @Override
  public ContainerProcess exec(ProcessSpec process) {
    if (exit.isDone()) {
      throw new ContainerStartException(
          "container " + id() + " has ended", ContainerStartException.NOT_STARTED);
    }
    runtime.note("exec " + id() + " " + String.join(" ", process.command()));
    return new FakeProcess(runtime.scriptOf(process), clock);
  }

  @Override
  public OutputStream stdin() {
    return typed;
  }

  @Override
  public Attachment attach(OutputSink sink) {
    sinks.add(sink);
    return () -> sinks.remove(sink);
  }

  @Override
  public void resize(int columns, int rows) {
    runtime.note("resize " + id() + " " + columns + "x" + rows);
  }

  @Override
  public void limit(Resources resources) {
    runtime.note("limit " + id() + " " + resources.memoryBytes());
  }

  @Override
  public void pause(boolean held) {
    runtime.note((held ? "pause " : "resume ") + id());
  }

  @Override
  public Usage usage() {
    return Usage.NONE;
  }

  @Override
  public void remove() {
    end(new Exit(SIGNAL_EXIT_BASE + 9, 9, false, clock.instant()));
    runtime.forget(this);
  }
}
