package io.kuber.container.linux;

import io.kuber.container.Container;
import io.kuber.container.ContainerProcess;
import io.kuber.container.ContainerStartException;
import io.kuber.container.Exit;
import io.kuber.container.OutputSink;
import io.kuber.container.ProcessSpec;
import io.kuber.container.Resources;
import io.kuber.container.Usage;
import io.kuber.linux.Child;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A container that was started. The pump's thread notices its end; the lock guards the descriptors,
 * which are closed then.
 */
final class LinuxContainer implements Container {
  /** What is told of a container whose keeper was killed before it could tell more. */
  private static final int UNSEEN_EXIT = 137;

  private static final long KILL_LIMIT_SECONDS = 30;

  private final Machine machine;
  private final ContainerRecord record;
  private final Path directory;
  private final Path writable;
  private final Cgroup cgroup;
  private final Grip grip;
  private final DescriptorOutput stdin;
  private final ContainerOutput output;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();

  // Guarded by this.
  private boolean ended;
  private boolean removed;

  LinuxContainer(
      Machine machine,
      ContainerRecord record,
      Path directory,
      Path writable,
      Cgroup cgroup,
      Grip grip,
      OutputSink output) {
    this.machine = machine;
    this.record = record;
    this.directory = directory;
    this.writable = writable;
    this.cgroup = cgroup;
    this.grip = grip;
    this.stdin = new DescriptorOutput(machine.linux(), grip.streams().stdin());
    this.output = new ContainerOutput(machine, grip.streams(), output);
  }

  /** Lets the pump work for this container; to be called once. */
  void watch() {
    if (grip.end() < 0) {
      end(); // Nobody else will tell of it.
      return;
    }
    output.watch();
    machine.pump().watch(grip.end(), this::ended);
  }

  private void ended() {
    machine.pump().unwatch(grip.end());
    machine.linux().close(grip.end());
    end();
  }

  /** The first process has ended: end the others, hand over what they wrote, tell everybody. */
  private void end() {
    forgetFirst();
    cgroup.killAll();
    output.drain();
    grip.endKeeper(machine.linux());
    output.end();
    boolean oomKilled = cgroup.oomKilled();
    exit.complete(
        ExitFile.read(directory, oomKilled)
            .orElseGet(() -> new Exit(UNSEEN_EXIT, 0, oomKilled, machine.clock().instant())));
  }

  private synchronized void forgetFirst() {
    ended = true;
    if (grip.first() >= 0) {
      machine.linux().close(grip.first());
    }
  }

  @Override
  public String id() {
    return record.id();
  }

  @Override
  public ProcessSpec process() {
    return record.process();
  }

  @Override
  public int pid() {
    return record.pid();
  }

  @Override
  public Instant startedAt() {
    return record.startedAt();
  }

  @Override
  public List<Integer> processes() {
    return cgroup.processes();
  }

  @Override
  public CompletionStage<Exit> exit() {
    return exit.minimalCompletionStage();
  }

  @Override
  public synchronized void signal(int signal) {
    if (ended || grip.first() < 0) {
      return;
    }
    try {
      machine.linux().signal(grip.first(), signal);
    } catch (SyscallException e) {
      if (!e.is(Errno.ESRCH)) {
        throw e;
      } // Otherwise it has ended, which is about to be noticed.
    }
  }

  @Override
  public ContainerProcess exec(ProcessSpec process) {
    Syscalls linux = machine.linux();
    try (Descriptors opened = new Descriptors(linux);
        Stdio stdio = Stdio.of(linux, process)) {
      int pidfd = opened.add(ownPidfd());
      List<Integer> entrance = opened.addAll(cgroup.open());
      ExecProgram program =
          new ExecProgram(
              process, record.security(), pidfd, cgroup, entrance, stdio, record.users());
      Child joined = machine.launcher().launch(program.write(), 0, cgroup.cloneTarget(entrance));
      LinuxProcess result = new LinuxProcess(machine, joined, stdio.started());
      result.watch();
      return result;
    } catch (SyscallException e) {
      throw Execution.explain(id(), process, e);
    }
  }

  /** A descriptor of the first process that stays good when the container ends meanwhile. */
  synchronized int ownPidfd() {
    if (ended || grip.first() < 0) {
      throw new ContainerStartException(
          "container " + id() + " has ended", ContainerStartException.NOT_STARTED);
    }
    return (int) machine.linux().fcntl(grip.first(), Uapi.F_DUPFD_CLOEXEC, 0);
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public Attachment attach(OutputSink sink) {
    output.add(sink);
    return () -> output.remove(sink);
  }

  @Override
  public void resize(int columns, int rows) {
    if (record.process().terminal()) {
      output.resize(columns, rows);
    }
  }

  @Override
  public void limit(Resources resources) {
    cgroup.limit(resources);
  }

  @Override
  public void pause(boolean held) {
    cgroup.freeze(held);
  }

  @Override
  public Usage usage() {
    return cgroup.usage();
  }

  /** Closes the descriptors and leaves everything as it is; the pump has to be closed. */
  synchronized void letGo() {
    if (!ended) {
      ended = true;
      grip.close(machine.linux());
      output.letGo();
      stdin.close();
    }
  }

  @Override
  public Optional<Path> writableLayer() {
    return Optional.of(writable.resolve(OverlayRoot.UPPER)).filter(Files::isDirectory);
  }

  @Override
  public void remove() {
    synchronized (this) {
      if (removed) {
        return;
      }
      removed = true;
    }
    signal(Uapi.SIGKILL);
    exit.copy().orTimeout(KILL_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    machine.forget(this);
    stdin.close();
    cgroup.remove();
    StateDirectory.delete(directory);
  }
}
