package io.kuber.container.linux;

import io.kuber.container.Leftovers;
import io.kuber.linux.Syscalls;
import java.nio.file.Path;
import java.util.List;

/** Removes all that earlier runs left, by enumerating the two places where it can be. */
final class Reclamation {
  private final Syscalls linux;
  private final StateDirectory state;
  private final Cgroups cgroups;
  private final String branch;

  Reclamation(Syscalls linux, StateDirectory state, Cgroups cgroups, String branch) {
    this.linux = linux;
    this.state = state;
    this.cgroups = cgroups;
    this.branch = branch;
  }

  Leftovers reclaim() {
    int processes = endProcesses();
    List<String> containers = StateDirectory.names(state.containers());
    containers.forEach(id -> StateDirectory.delete(state.containers().resolve(id)));
    List<String> sandboxes = StateDirectory.names(state.sandboxes());
    sandboxes.forEach(id -> removeSandbox(linux, state.sandboxes().resolve(id)));
    return new Leftovers(sandboxes, containers, processes);
  }

  private int endProcesses() {
    int processes = 0;
    for (String sandbox : cgroups.below(branch)) {
      for (String container : cgroups.below(sandbox)) {
        processes += cgroups.at(container).processes().size();
      }
      Cgroup group = cgroups.at(sandbox);
      group.killAll();
      group.remove();
    }
    return processes;
  }

  /** Lets go of a sandbox's namespaces and deletes its directory. */
  static void removeSandbox(Syscalls linux, Path directory) {
    StateDirectory.names(directory)
        .forEach(name -> PodNamespaces.unpin(linux, directory.resolve(name)));
    StateDirectory.delete(directory);
  }
}
