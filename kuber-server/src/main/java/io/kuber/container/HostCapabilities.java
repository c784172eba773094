package io.kuber.container;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a machine offers to containers.
 *
 * @param kernel its version, such as {@code 6.1.0}
 * @param architecture whether there is machine code for its processor
 * @param root whether kuber runs as root
 * @param namespaces whether the kernel makes all kinds of namespaces
 * @param ownUsers whether a pod can have users of its own, a user namespace over mapped mounts
 * @param overlay whether it has the overlay file system
 * @param seccomp whether it filters system calls
 * @param nfTables whether it has nf_tables, for service addresses
 * @param cgroupVersion 1, 2, or 0 when none is mounted
 * @param controllers the control group controllers that can be used
 */
public record HostCapabilities(
    String kernel,
    boolean architecture,
    boolean root,
    boolean namespaces,
    boolean ownUsers,
    boolean overlay,
    boolean seccomp,
    boolean nfTables,
    int cgroupVersion,
    Set<String> controllers) {
  public HostCapabilities {
    controllers = Collections.unmodifiableSet(new TreeSet<>(controllers));
  }

  /** Whether containers can be run. */
  public boolean canRunContainers() {
    return obstacles().isEmpty();
  }

  /** Why containers cannot be run, a sentence each; empty when they can. */
  public List<String> obstacles() {
    List<String> list = new ArrayList<>();
    if (!architecture) {
      list.add("containers need an x86-64 processor; aarch64 is not supported yet");
    }
    if (!root) {
      list.add("containers need root; run kuber with sudo");
    }
    if (!namespaces) {
      list.add("the kernel lacks namespaces (CONFIG_NAMESPACES with PID, NET, IPC and UTS)");
    }
    if (!overlay) {
      list.add("the kernel lacks the overlay file system; load it with: modprobe overlay");
    }
    if (cgroupVersion == 0) {
      list.add("no control groups are mounted at /sys/fs/cgroup");
    }
    return list;
  }

  /** What will not work although containers run, a sentence each. */
  public List<String> shortcomings() {
    List<String> list = new ArrayList<>();
    for (String controller : List.of("memory", "cpu", "pids")) {
      if (cgroupVersion != 0 && !controllers.contains(controller)) {
        list.add("limits of " + controller + " are refused: there is no such cgroup controller");
      }
    }
    if (!ownUsers) {
      list.add("pods with hostUsers: false are refused: they need user namespaces and Linux 6.13");
    }
    if (!seccomp) {
      list.add("system calls are not filtered: the kernel lacks seccomp");
    }
    if (!nfTables) {
      list.add("service addresses are served in user space: the kernel lacks nf_tables");
    }
    return list;
  }
}
