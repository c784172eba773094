package io.kuber.container.linux;

import io.kuber.container.ContainerProcess;
import io.kuber.container.Exit;
import io.kuber.linux.Child;
import io.kuber.linux.ProcessCalls;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A process that has joined a container. The lock guards its descriptor, closed at its end. */
final class LinuxProcess implements ContainerProcess {
  private static final int SIGNAL_EXIT_BASE = 128;

  private final Machine machine;
  private final Child child;
  private final DescriptorOutput stdin;
  private final InputStream stdout;
  private final InputStream stderr;
  private final int terminal;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private boolean ended;
  private boolean closed;

  LinuxProcess(Machine machine, Child child, Stdio.Ends ends) {
    Syscalls linux = machine.linux();
    this.machine = machine;
    this.child = child;
    this.stdin = new DescriptorOutput(linux, ends.stdin());
    this.stdout = new DescriptorInput(linux, ends.stdout());
    boolean hasTerminal = ends.stderr() < 0;
    this.stderr =
        hasTerminal ? InputStream.nullInputStream() : new DescriptorInput(linux, ends.stderr());
    this.terminal = hasTerminal ? ends.stdout() : -1;
  }

  /** Lets the pump notice the end; to be called once. */
  void watch() {
    machine.pump().watch(child.pidfd(), this::end);
  }

  private void end() {
    ProcessCalls.ChildExit how = reap();
    int code = how.signalled() ? SIGNAL_EXIT_BASE + how.code() : how.code();
    int signal = how.signalled() ? how.code() : 0;
    exit.complete(new Exit(code, signal, false, machine.clock().instant()));
  }

  private synchronized ProcessCalls.ChildExit reap() {
    ended = true;
    machine.pump().unwatch(child.pidfd());
    ProcessCalls.ChildExit how = machine.linux().awaitExit(child.pidfd());
    machine.linux().close(child.pidfd());
    return how;
  }

  @Override
  public int pid() {
    return child.pid();
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public InputStream stdout() {
    return stdout;
  }

  @Override
  public InputStream stderr() {
    return stderr;
  }

  @Override
  public synchronized void resize(int columns, int rows) {
    if (terminal >= 0 && !closed) {
      Terminal.resize(machine.linux(), terminal, columns, rows);
    }
  }

  @Override
  public CompletionStage<Exit> exit() {
    return exit.minimalCompletionStage();
  }

  @Override
  public synchronized void kill() {
    if (!ended) {
      machine.linux().signal(child.pidfd(), Uapi.SIGKILL);
    }
  }

  @Override
  public void close() {
    kill();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    stdin.close();
    closeQuietly(stdout);
    closeQuietly(stderr);
  }

  private static void closeQuietly(InputStream stream) {
    if (stream instanceof DescriptorInput input) {
      input.close();
    }
  }
}
