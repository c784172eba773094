package io.kuber.container.linux;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a runtime has on its machine: directories, and a branch of the control groups of the
 * same shape.
 *
 * @param state the directories
 * @param cgroups of the machine
 * @param branch the path of the group above those of all sandboxes
 */
record Estate(StateDirectory state, Cgroups cgroups, String branch) {
  /** Above the groups of all instances of a machine. */
  private static final String ALL = "kuber";

  static Estate of(StateDirectory state, Cgroups cgroups, String instance) {
    return new Estate(state, cgroups, ALL + "/" + instance);
  }

  /** All sandboxes that are there in one of the places. */
  Set<String> sandboxes() {
    Set<String> names = new TreeSet<>(StateDirectory.names(state.sandboxes()));
    names.addAll(StateDirectory.names(state.containers()));
    cgroups.below(branch).forEach(path -> names.add(path.substring(branch.length() + 1)));
    return names;
  }

  /** Where the namespaces of a sandbox are pinned. */
  Path directory(String sandbox) {
    return state.sandboxes().resolve(sandbox);
  }

  /** Where the containers of a sandbox are. */
  Path containers(String sandbox) {
    return state.containers(sandbox);
  }

  /** Where a container is. */
  Path directory(String sandbox, String container) {
    return containers(sandbox).resolve(container);
  }

  Cgroup group(String sandbox) {
    return cgroups.at(branch + "/" + sandbox);
  }

  Cgroup group(String sandbox, String container) {
    return cgroups.at(branch + "/" + sandbox + "/" + container);
  }

  /** How many processes there are in the groups of a sandbox. */
  int processes(String sandbox) {
    return cgroups.below(branch + "/" + sandbox).stream()
        .mapToInt(container -> cgroups.at(container).processes().size())
        .sum();
  }

  /** Ends what runs of a container, and removes it. */
  void remove(String sandbox, String container) {
    Cgroup group = group(sandbox, container);
    group.killAll();
    group.remove();
    StateDirectory.delete(directory(sandbox, container));
  }

  /** Removes the branch if it is empty, and what is above those of all instances with the last. */
  void leave() {
    if (cgroups.below(branch).isEmpty()) {
      cgroups.at(branch).remove();
      if (cgroups.below(ALL).isEmpty()) {
        cgroups.at(ALL).remove();
      }
    }
  }
}
