package io.kuber.container.linux;

import io.kuber.container.Leftovers;
import io.kuber.linux.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Removes all that earlier runs left, by enumerating the two places where it can be. */
final class Reclamation {
  private final Syscalls linux;
  private final Estate estate;

  Reclamation(Syscalls linux, Estate estate) {
    this.linux = linux;
    this.estate = estate;
  }

  Leftovers reclaim(Collection<String> sandboxes) {
    List<String> found = new ArrayList<>();
    List<String> containers = new ArrayList<>();
    int processes = 0;
    for (String id : sandboxes) {
      processes += endProcesses(id);
      containers.addAll(StateDirectory.names(estate.containers(id)));
      endKeepers(estate.containers(id));
      StateDirectory.delete(estate.containers(id));
      if (Files.exists(estate.directory(id))) {
        found.add(id);
        removeSandbox(linux, estate.directory(id));
      }
    }
    return new Leftovers(found, containers, processes);
  }

  private int endProcesses(String sandbox) {
    int processes = estate.processes(sandbox);
    Cgroup group = estate.group(sandbox);
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
