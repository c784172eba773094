package io.kuber.container.linux;

import io.kuber.container.Container;
import io.kuber.container.ContainerProcess;
import io.kuber.container.ContainerStartException;
import io.kuber.container.Exit;
import io.kuber.container.OutputSink;
import io.kuber.container.OutputSink.Stream;
import io.kuber.container.ProcessSpec;
import io.kuber.container.Usage;
import io.kuber.linux.Child;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A container that was started. The pump's thread reads its output and notices its end; the lock
 * guards the descriptors, which are closed then.
 */
final class LinuxContainer implements Container {
  private static final int READ_BYTES = 1 << 16;

  /** What is told of a container whose keeper was killed before it could tell more. */
  private static final int UNSEEN_EXIT = 137;

  private static final long KILL_LIMIT_SECONDS = 30;

  private final Machine machine;
  private final ContainerRecord record;
  private final Path directory;
  private final Cgroup cgroup;
  private final Grip grip;
  private final DescriptorOutput stdin;
  private final List<OutputSink> sinks = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();

  // Guarded by this; -1 once closed.
  private int stdout;
  private int stderr;
  private boolean ended;
  private boolean removed;

  LinuxContainer(
      Machine machine,
      ContainerRecord record,
      Path directory,
      Cgroup cgroup,
      Grip grip,
      OutputSink output) {
    this.machine = machine;
    this.record = record;
    this.directory = directory;
    this.cgroup = cgroup;
    this.grip = grip;
    this.stdin = new DescriptorOutput(machine.linux(), grip.streams().stdin());
    this.stdout = grip.streams().stdout();
    this.stderr = grip.streams().stderr();
    sinks.add(output);
  }

  /** Lets the pump work for this container; to be called once. */
  void watch() {
    if (grip.end() < 0) {
      end(); // Nobody else will tell of it.
      return;
    }
    Pump pump = machine.pump();
    pump.watch(stdout, () -> pumpOnce(Stream.STDOUT));
    if (stderr >= 0) {
      pump.watch(stderr, () -> pumpOnce(Stream.STDERR));
    }
    pump.watch(grip.end(), this::ended);
  }

  private synchronized int descriptor(Stream stream) {
    return stream == Stream.STDOUT ? stdout : stderr;
  }

  /** Reads once and hands over; at the end of the stream, closes it and returns false. */
  private boolean pumpOnce(Stream stream) {
    int descriptor = descriptor(stream);
    byte[] buffer = new byte[READ_BYTES];
    int count = read(descriptor, buffer);
    if (count == 0) {
      closeOutput(stream);
      return false;
    }
    byte[] bytes = Arrays.copyOf(buffer, count);
    sinks.forEach(sink -> sink.accept(stream, bytes));
    return true;
  }

  private int read(int descriptor, byte[] buffer) {
    try {
      return machine.linux().read(descriptor, buffer, 0, buffer.length);
    } catch (SyscallException e) {
      if (e.is(Errno.EIO)) {
        return 0; // A terminal that nobody has open any more.
      }
      throw e;
    }
  }

  private synchronized void closeOutput(Stream stream) {
    int descriptor = descriptor(stream);
    machine.pump().unwatch(descriptor);
    machine.linux().close(descriptor);
    if (stream == Stream.STDOUT) {
      stdout = -1;
    } else {
      stderr = -1;
    }
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
    for (Stream stream : Stream.values()) {
      drain(stream);
    }
    grip.endKeeper(machine.linux());
    sinks.forEach(OutputSink::end);
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

  private void drain(Stream stream) {
    while (descriptor(stream) >= 0 && machine.linux().awaitReadable(descriptor(stream), 0)) {
      if (!pumpOnce(stream)) {
        return;
      }
    }
    if (descriptor(stream) >= 0) {
      closeOutput(stream);
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
          new ExecProgram(process, record.security(), pidfd, cgroup, entrance, stdio);
      Child joined = machine.launcher().launch(program.write(), 0, cgroup.cloneTarget(entrance));
      LinuxProcess result = new LinuxProcess(machine, joined, stdio.started());
      result.watch();
      return result;
    } catch (SyscallException e) {
      throw Execution.explain(id(), process, e);
    }
  }

  /** A descriptor of the first process that stays good when the container ends meanwhile. */
  private synchronized int ownPidfd() {
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
    sinks.add(sink);
    return () -> sinks.remove(sink);
  }

  @Override
  public synchronized void resize(int columns, int rows) {
    if (record.process().terminal() && stdout >= 0) {
      Terminal.resize(machine.linux(), stdout, columns, rows);
    }
  }

  @Override
  public Usage usage() {
    return cgroup.usage();
  }

  /** Closes the descriptors and leaves everything as it is; the pump has to be closed. */
  synchronized void letGo() {
    if (!ended) {
      ended = true;
      grip.close(machine.linux(), stdout, stderr);
      stdin.close();
    }
  }

  @Override
  public Optional<Path> writableLayer() {
    return Optional.of(directory.resolve(OverlayRoot.UPPER));
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
