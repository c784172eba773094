package io.kuber.container.linux;

import io.kuber.container.ProcessSpec;
import io.kuber.container.Security;
import io.kuber.linux.Argument.Inherited;
import io.kuber.linux.Call;
import io.kuber.linux.Program;
import io.kuber.linux.Uapi;
import java.util.List;
import java.util.Optional;

/**
 * What a process does to get into a running container and become another program there, in order.
 *
 * @param process the other program
 * @param security the container's rights
 * @param container a descriptor of the container's first process
 * @param cgroup the container's control group
 * @param entrance what {@link Cgroup#open} opened
 * @param stdio the standard streams
 * @param users who the container's users are, if they are not the machine's
 */
record ExecProgram(
    ProcessSpec process,
    Security security,
    int container,
    Cgroup cgroup,
    List<Integer> entrance,
    Stdio stdio,
    Optional<UserRange> users) {
  private static final long ALL_NAMESPACES =
      Uapi.CLONE_NEWNS
          | Uapi.CLONE_NEWPID
          | Uapi.CLONE_NEWNET
          | Uapi.CLONE_NEWIPC
          | Uapi.CLONE_NEWUTS
          | Uapi.CLONE_NEWCGROUP;

  Program write() {
    Program program = Program.ofChild();
    cgroup.join(program, entrance);
    users.ifPresent(range -> stdio.giveTo(program, range));
    long ofUsers = users.isPresent() ? Uapi.CLONE_NEWUSER : 0;
    program.must(Call.SETNS, new Inherited(container), ALL_NAMESPACES | ofUsers);
    program.handOver(Uapi.CLONE_VM | Uapi.CLONE_VFORK);
    users.ifPresent(range -> OwnUsers.becomeRoot(program));
    program.must(Call.UMASK, 022);
    stdio.addTo(program);
    program.closeDescriptors();
    program.must(Call.CHDIR, process.workingDirectory());
    Credentials.limit(program, process.limits());
    Credentials.addTo(program, security, process.user());
    Execution.addTo(program, process);
    return program;
  }
}
