package io.kuber.container.linux;

import static io.kuber.linux.Uapi.CLOCK_REALTIME;
import static io.kuber.linux.Uapi.O_CREAT;
import static io.kuber.linux.Uapi.O_WRONLY;
import static io.kuber.linux.Uapi.P_PID;
import static io.kuber.linux.Uapi.WEXITED;

import io.kuber.linux.Argument;
import io.kuber.linux.Argument.Inherited;
import io.kuber.linux.Argument.Result;
import io.kuber.linux.Call;
import io.kuber.linux.FileCalls;
import io.kuber.linux.Program;
import io.kuber.linux.Syscalls;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a container's keeper is given and does. The keeper is the parent of the container's first
 * process, in the machine's namespaces; it outlives the agent. It holds the agent's ends of the
 * container's streams, so that nothing breaks or is lost while there is no agent, waits for the
 * first process, writes down how that ended, and then holds the streams until an agent has emptied
 * them and ends it. It needs two pages of memory.
 *
 * <p>That the container has ended shows as the end of a pipe that only the keeper writes to, also
 * when somebody has killed the keeper. Owned by the starting thread; closing it closes what only
 * the keeper is to have, and the agent's end of that pipe as well when the start failed.
 */
final class KeeperPart implements AutoCloseable {
  private static final int READABLE_BY_OWNER = 0600;

  private final Syscalls linux;
  private final Descriptors theirs;
  private final Stdio.Ends streams;
  private final int exitFile;
  private final FileCalls.Pipe end;
  private boolean started;

  /**
   * Prepares a keeper.
   *
   * @param directory the container's, where the keeper writes
   * @param streams the descriptors of this process that it holds
   */
  KeeperPart(Syscalls linux, Path directory, Stdio.Ends streams) {
    this.linux = linux;
    this.theirs = new Descriptors(linux);
    this.streams = streams;
    String file = directory.resolve(ExitFile.NAME).toString();
    this.exitFile = theirs.add(linux.open(file, O_WRONLY | O_CREAT, READABLE_BY_OWNER));
    this.end = linux.pipe();
    theirs.add(end.writeEnd());
  }

  /** Adds what the keeper does; {@code first} is the number of the container's first process. */
  void addTo(Program program, Result first, boolean ownUsers) {
    program.beginKeeper(kept());
    if (ownUsers) {
      OwnUsers.becomeRoot(program); // Of the machine's root it needs nothing any more.
    }
    program.must(Call.CHDIR, "/");
    Argument how = Argument.space(ExitFile.SIGINFO_BYTES);
    Argument when = Argument.space(ExitFile.TIME_BYTES);
    program.must(Call.WAITID, P_PID, first, how, WEXITED, 0);
    program.must(Call.CLOCK_GETTIME, CLOCK_REALTIME, when);
    program.must(Call.WRITE, new Inherited(exitFile), how, ExitFile.SIGINFO_BYTES);
    program.must(Call.WRITE, new Inherited(exitFile), when, ExitFile.TIME_BYTES);
    program.must(Call.CLOSE, new Inherited(end.writeEnd()));
    program.must(Call.PPOLL, 0, 0, 0, 0, 0);
  }

  private List<Integer> kept() {
    return Stream.of(
            exitFile,
            end.readEnd(),
            end.writeEnd(),
            streams.stdin(),
            streams.stdout(),
            streams.stderr())
        .filter(descriptor -> descriptor >= 0)
        .toList();
  }

  /** The numbers that the streams have in the keeper. */
  Stdio.Ends streams() {
    return streams;
  }

  /** The number that the readable end of the pipe has in the keeper. */
  int end() {
    return end.readEnd();
  }

  /** To be called when the container has started: hands over the readable end of the pipe. */
  int started() {
    started = true;
    return end.readEnd();
  }

  @Override
  public void close() {
    theirs.close();
    if (!started) {
      linux.close(end.readEnd());
    }
  }
}
