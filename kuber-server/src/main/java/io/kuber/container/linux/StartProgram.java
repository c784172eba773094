package io.kuber.container.linux;

import io.kuber.container.ContainerSpec;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.linux.Argument;
import io.kuber.linux.Argument.Inherited;
import io.kuber.linux.Call;
import io.kuber.linux.CloneArguments;
import io.kuber.linux.Program;
import io.kuber.linux.Uapi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the first process of a container does before it becomes the container's program, in order.
 *
 * @param spec the container
 * @param namespaces descriptors of the pod's namespaces, by {@code CLONE_NEW*} flag
 * @param view which processes the container sees
 * @param cgroups the machine's control groups
 * @param cgroup the container's
 * @param entrance what {@link Cgroup#open} opened
 * @param users the pod's users, if they are not the machine's
 * @param devices the devices that it gets
 * @param template a descriptor of the mount namespace to begin with
 * @param root a descriptor of the detached root file system
 * @param mounts what gets mounted into it
 * @param stdio its standard streams
 * @param keeper what the process does that stays behind as the parent
 */
record StartProgram(
    ContainerSpec spec,
    Map<Long, Integer> namespaces,
    ProcessView view,
    Cgroups cgroups,
    Cgroup cgroup,
    List<Integer> entrance,
    Optional<OwnUsers> users,
    DeviceNodes devices,
    int template,
    int root,
    Mounts mounts,
    Stdio stdio,
    KeeperPart keeper) {
  private static final long JOINED_BEFORE = Uapi.CLONE_NEWPID | Uapi.CLONE_NEWUSER;

  Program write() {
    boolean privileged = spec.security().privileged();
    ProcessSpec process = spec.process();
    Program program = Program.ofChild();
    Argument.Result first = leaveKeeper(program);
    cgroup.join(program, entrance);
    if (users.isPresent()) {
      OwnUsers.becomeRoot(program);
    } else {
      setOomScore(program);
    }
    joinNamespaces(program);
    changeRoot(program);
    program.must(Call.UMASK, 0);
    Filesystems.addTo(program, cgroups, privileged, devices);
    if (!privileged && !spec.security().unmasked()) {
      Filesystems.hide(program);
    }
    // What the pod mounts may be anything, also over /dev: from then on no path is to be trusted.
    stdio.addTo(program);
    mounts.addTo(program);
    Filesystems.makeDirectories(program, process.workingDirectory());
    if (spec.security().readOnlyRoot()) {
      Filesystems.remount(program, "/", Uapi.MS_RDONLY);
    }
    program.must(Call.UMASK, 022);
    program.closeDescriptors();
    program.must(Call.CHDIR, process.workingDirectory());
    Credentials.limit(program, process.limits());
    Credentials.addTo(program, spec.security(), process.user());
    Execution.addTo(program, process);
    keeper.addTo(program, first, users.isPresent());
    return program;
  }

  /**
   * Makes the container's first process; what made it stays as its parent. A PID namespace takes in
   * only children, so it is the parent that joins one that the pod shares, or makes a new one.
   */
  private Argument.Result leaveKeeper(Program program) {
    program.must(Call.SETSID);
    users.ifPresent(own -> joinUsers(program, own));
    long flags = Uapi.CLONE_VM | Uapi.CLONE_VFORK;
    if (view == ProcessView.CONTAINER) {
      flags |= Uapi.CLONE_NEWPID;
    } else if (view == ProcessView.POD) {
      join(program, Uapi.CLONE_NEWPID);
    }
    OptionalInt group = cgroup.cloneTarget(entrance);
    Argument target = Argument.of(0);
    if (group.isPresent()) {
      flags |= Uapi.CLONE_INTO_CGROUP;
      target = new Inherited(group.getAsInt());
    }
    return program.keep(CloneArguments.of(flags, Argument.of(0), Argument.of(0), target));
  }

  /**
   * Whoever makes a namespace has to be of the user namespace that it is to belong to, and from
   * there on has no rights outside: what needs them comes before.
   */
  private void joinUsers(Program program, OwnUsers own) {
    stdio.giveTo(program, own.range());
    setOomScore(program);
    program.must(Call.SETNS, new Inherited(template), Uapi.CLONE_NEWNS);
    program.must(Call.SETNS, new Inherited(own.namespace()), Uapi.CLONE_NEWUSER);
  }

  private void join(Program program, long namespace) {
    Integer descriptor = Objects.requireNonNull(namespaces.get(namespace), "the pod's namespace");
    program.must(Call.SETNS, new Inherited(descriptor), namespace);
  }

  /** Lowering the score needs a right that root lacks on some machines; the start goes on then. */
  private void setOomScore(Program program) {
    byte[] score =
        Integer.toString(spec.resources().oomScoreAdjustment()).getBytes(StandardCharsets.UTF_8);
    Argument file =
        program.attempt(Call.OPENAT, Uapi.AT_FDCWD, "/proc/self/oom_score_adj", Uapi.O_WRONLY, 0);
    program.attempt(Call.WRITE, file, score, score.length);
  }

  private void joinNamespaces(Program program) {
    namespaces.keySet().stream()
        .filter(namespace -> (namespace & JOINED_BEFORE) == 0)
        .forEach(namespace -> join(program, namespace));
    program.must(Call.UNSHARE, Uapi.CLONE_NEWCGROUP);
    if (users.isEmpty()) {
      program.must(Call.SETNS, new Inherited(template), Uapi.CLONE_NEWNS);
    }
    program.must(Call.UNSHARE, Uapi.CLONE_NEWNS);
  }

  private void changeRoot(Program program) {
    program.must(
        Call.MOVE_MOUNT,
        new Inherited(root),
        "",
        Uapi.AT_FDCWD,
        TemplateNamespace.ROOT,
        Uapi.MOVE_MOUNT_F_EMPTY_PATH);
    program.must(Call.FCHDIR, new Inherited(root));
    program.must(Call.PIVOT_ROOT, ".", ".");
    // Root of a user namespace may mount these only while it sees others of their kind.
    if (users.isPresent()) {
      Filesystems.addKernel(program, spec.security().privileged());
    }
    program.must(Call.UMOUNT2, ".", Uapi.MNT_DETACH);
    program.must(Call.CHDIR, "/");
    if (users.isEmpty()) {
      Filesystems.addKernel(program, spec.security().privileged());
    }
  }
}
