package io.kuber.container.linux;

import io.kuber.container.Leftovers;
import io.kuber.linux.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

  /** All that are there in one of the two places. */
  Set<String> sandboxes() {
    Set<String> names = new TreeSet<>(StateDirectory.names(state.sandboxes()));
    names.addAll(StateDirectory.names(state.containers()));
    cgroups.below(branch).forEach(path -> names.add(path.substring(branch.length() + 1)));
    return names;
  }

  Leftovers reclaim(Collection<String> sandboxes) {
    List<String> found = new ArrayList<>();
    List<String> containers = new ArrayList<>();
    int processes = 0;
    for (String id : sandboxes) {
      processes += endProcesses(branch + "/" + id);
      containers.addAll(StateDirectory.names(state.containers(id)));
      endKeepers(state.containers(id));
      StateDirectory.delete(state.containers(id));
      if (Files.exists(state.sandboxes().resolve(id))) {
        found.add(id);
        removeSandbox(linux, state.sandboxes().resolve(id));
      }
    }
    return new Leftovers(found, containers, processes);
  }

  private int endProcesses(String sandbox) {
    int processes =
        cgroups.below(sandbox).stream()
            .mapToInt(container -> cgroups.at(container).processes().size())
            .sum();
    Cgroup group = cgroups.at(sandbox);
    group.killAll();
    group.remove();
    return processes;
  }

  /** Keepers are in no group of the sandbox; each ends when it is asked for by number and time. */
  private void endKeepers(Path containers) {
    for (String id : StateDirectory.names(containers)) {
      Records.read(containers.resolve(id))
          .map(ContainerRecord::of)
          .map(container -> container.keeper().descriptor(linux))
          .filter(keeper -> keeper >= 0)
          .ifPresent(keeper -> Grip.end(linux, keeper));
    }
  }

  /** Lets go of a sandbox's namespaces and deletes its directory. */
  static void removeSandbox(Syscalls linux, Path directory) {
    StateDirectory.names(directory)
        .forEach(name -> PodNamespaces.unpin(linux, directory.resolve(name)));
    StateDirectory.delete(directory);
  }
}
