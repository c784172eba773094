package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.ProcessSpec;
import io.kuber.container.User;
import io.kuber.linux.Argument;
import io.kuber.linux.Argument.Inherited;
import io.kuber.linux.Argument.Result;
import io.kuber.linux.Call;
import io.kuber.linux.FileCalls;
import io.kuber.linux.Program;
import io.kuber.linux.SocketCalls;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;

/**
 * The standard streams of a process about to be started: pipes, or a terminal that the process
 * opens in its own file system and sends back. Owned by the starting thread; closing it closes what
 * the process was given, and everything when the start failed.
 */
final class Stdio implements AutoCloseable {
  private static final int GROUP_OF_TERMINALS = 5;
  private static final int MESSAGE_HEADER_OF_DESCRIPTOR = 20;
  private static final int MESSAGE_BYTES_OF_DESCRIPTOR = 24;

  private final Syscalls linux;
  private final ProcessSpec process;

  /** Closed in any case. */
  private final Descriptors theirs;

  /** Closed unless the process has started. */
  private final Descriptors ours;

  private int theirStdin = -1;
  private int theirStdout = -1;
  private int theirStderr = -1;
  private int terminalSender = -1;
  private int terminalReceiver = -1;
  private Ends ends = Ends.NONE;
  private boolean started;

  /** The agent's ends; -1 where there is none. With a terminal, input and output are its master. */
  record Ends(int stdin, int stdout, int stderr) {
    static final Ends NONE = new Ends(-1, -1, -1);
  }

  private Stdio(Syscalls linux, ProcessSpec process) {
    this.linux = linux;
    this.process = process;
    this.theirs = new Descriptors(linux);
    this.ours = new Descriptors(linux);
  }

  static Stdio of(Syscalls linux, ProcessSpec process) {
    Stdio stdio = new Stdio(linux, process);
    if (process.terminal()) {
      SocketCalls.SocketPair pair = linux.socketPair(Uapi.AF_UNIX, Uapi.SOCK_SEQPACKET);
      stdio.terminalSender = stdio.theirs.add(pair.left());
      stdio.terminalReceiver = stdio.theirs.add(pair.right());
    } else {
      stdio.makePipes();
    }
    return stdio;
  }

  private void makePipes() {
    int stdin = -1;
    if (process.stdin()) {
      FileCalls.Pipe pipe = linux.pipe();
      theirStdin = theirs.add(pipe.readEnd());
      stdin = ours.add(pipe.writeEnd());
    }
    FileCalls.Pipe out = outputPipe();
    FileCalls.Pipe err = outputPipe();
    theirStdout = out.writeEnd();
    theirStderr = err.writeEnd();
    ends = new Ends(stdin, out.readEnd(), err.readEnd());
  }

  /** A pipe whose writer can also read, so that the death of the agent does not break it. */
  private FileCalls.Pipe outputPipe() {
    FileCalls.Pipe pipe = linux.pipe();
    ours.add(pipe.readEnd());
    try {
      int both = linux.open("/proc/self/fd/" + pipe.writeEnd(), Uapi.O_RDWR, 0);
      return new FileCalls.Pipe(pipe.readEnd(), theirs.add(both));
    } finally {
      linux.close(pipe.writeEnd());
    }
  }

  /**
   * Adds the steps that give the streams to the process's user outside of its user namespace, so
   * that it may open them again by name; no one inside has the right to.
   */
  void giveTo(Program program, UserRange users) {
    User user = process.user();
    for (int descriptor : new int[] {theirStdin, theirStdout, theirStderr}) {
      if (descriptor >= 0) {
        program.must(
            Call.FCHOWN,
            new Inherited(descriptor),
            users.outside(user.uid()),
            users.outside(user.gid()));
      }
    }
  }

  /** Adds the steps that put the streams in place; they also make a session of the process. */
  void addTo(Program program) {
    if (process.terminal()) {
      addTerminal(program);
    } else {
      program.must(Call.SETSID);
      addInput(program);
      addOutput(program, theirStdout, 1);
      addOutput(program, theirStderr, 2);
    }
  }

  private void addInput(Program program) {
    if (theirStdin >= 0) {
      program.must(Call.DUP3, new Inherited(theirStdin), 0, 0);
      return;
    }
    // Who joins a container opens what that has put there, with rights the container lacks.
    int flags = Uapi.O_RDONLY | Uapi.O_NOFOLLOW | Uapi.O_NONBLOCK;
    Result nothing = program.must(Call.OPENAT, Uapi.AT_FDCWD, "/dev/null", flags, 0);
    program.must(Call.DUP3, nothing, 0, 0);
  }

  private void addOutput(Program program, int descriptor, int number) {
    program.must(Call.DUP3, new Inherited(descriptor), number, 0);
    User user = process.user();
    if (user.uid() != 0) {
      program.attempt(Call.FCHOWN, number, user.uid(), user.gid());
    }
  }

  private void addTerminal(Program program) {
    int flags = Uapi.O_RDWR | Uapi.O_NOCTTY | Uapi.O_CLOEXEC;
    int noLink = flags | Uapi.O_NOFOLLOW;
    Result master = program.must(Call.OPENAT, Uapi.AT_FDCWD, "/dev/pts/ptmx", noLink, 0);
    program.must(Call.IOCTL, master, Uapi.TIOCSPTLCK, Argument.space(Integer.BYTES));
    Result terminal = program.must(Call.IOCTL, master, Uapi.TIOCGPTPEER, flags);
    program.must(Call.SETSID);
    program.must(Call.IOCTL, terminal, Uapi.TIOCSCTTY, 0);
    program.attempt(Call.FCHOWN, terminal, process.user().uid(), GROUP_OF_TERMINALS);
    program.must(Call.SENDMSG, new Inherited(terminalSender), message(master), 0);
    for (int number = 0; number <= 2; number++) {
      program.must(Call.DUP3, terminal, number, 0);
    }
  }

  /** {@code struct msghdr} with one byte and one descriptor. */
  private static Argument message(Result descriptor) {
    Argument vector = Argument.words(Argument.space(1), 1);
    long levelAndType = Uapi.SOL_SOCKET | (long) Uapi.SCM_RIGHTS << 32;
    Argument control = Argument.words(MESSAGE_HEADER_OF_DESCRIPTOR, levelAndType, descriptor);
    return Argument.words(0, 0, vector, 1, control, MESSAGE_BYTES_OF_DESCRIPTOR, 0);
  }

  /**
   * What a keeper has to hold so that the streams stay good without the agent, as descriptors of
   * this process: the agent's ends, and of a terminal the socket in which its master waits.
   */
  Ends held() {
    if (process.terminal()) {
      return new Ends(-1, terminalReceiver, -1);
    }
    return new Ends(process.stdinStays() ? ends.stdin() : -1, ends.stdout(), ends.stderr());
  }

  /** To be called when the process has started: hands over the agent's ends. */
  Ends started() {
    if (process.terminal()) {
      ends = terminal(linux, terminalReceiver);
      ours.add(ends.stdin());
      ours.add(ends.stdout());
    }
    started = true;
    return ends;
  }

  /** The agent's ends of a container's streams, from the process that holds them. */
  static Ends take(Syscalls linux, int keeper, Ends held, boolean terminal) {
    int stdout = linux.descriptorOf(keeper, held.stdout());
    if (terminal) {
      try {
        return terminal(linux, stdout);
      } finally {
        linux.close(stdout);
      }
    }
    int stdin = held.stdin() < 0 ? -1 : linux.descriptorOf(keeper, held.stdin());
    return new Ends(stdin, stdout, linux.descriptorOf(keeper, held.stderr()));
  }

  private static Ends terminal(Syscalls linux, int receiver) {
    int master = linux.peekDescriptor(receiver);
    if (master < 0) {
      throw new ContainerException("the process did not send its terminal");
    }
    return new Ends((int) linux.fcntl(master, Uapi.F_DUPFD_CLOEXEC, 0), master, -1);
  }

  @Override
  public void close() {
    theirs.close();
    if (!started) {
      ours.close();
    }
  }
}
