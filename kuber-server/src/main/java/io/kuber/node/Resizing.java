package io.kuber.node;

import com.google.common.collect.ImmutableMap;
import io.kuber.node.ContainerState.Problem;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a change of a running pod's resources has come (KEP 1287): what is wanted stands in the
 * pod's spec, what the node has given its word for is here, and what containers have stands in
 * their statuses. Immutable.
 *
 * @param allocated {@code resources} of each container that can be resized, by name
 * @param pending why what is wanted is not allocated: {@code Deferred} or {@code Infeasible}
 * @param underWay whether something was allocated that not all containers have yet
 * @param error why they do not have it, if that was tried in vain
 * @param restarting containers that are ended to be started with what was allocated
 */
record Resizing(
    Map<String, Tree> allocated,
    Optional<Problem> pending,
    boolean underWay,
    Optional<String> error,
    Set<String> restarting) {
  private static final List<String> LISTS = List.of("initContainers", "containers");
  private static final List<String> STATUSES =
      List.of("initContainerStatuses", "containerStatuses");

  Resizing {
    allocated = ImmutableMap.copyOf(allocated);
    restarting = Set.copyOf(restarting);
  }

  /** A pod begins with what it wants; one that ran before, with what it had. */
  static Resizing of(KubeObject pod) {
    Map<String, Tree> allocated = new LinkedHashMap<>(wanted(pod));
    for (String field : STATUSES) {
      for (Tree status : pod.status().items(field).trees()) {
        if (status.has("resources")) {
          allocated.replace(status.text("name"), status.tree("resources"));
        }
      }
    }
    return new Resizing(allocated, Optional.empty(), false, Optional.empty(), Set.of());
  }

  /** What the containers that can be resized want: all but init containers that end. */
  static Map<String, Tree> wanted(KubeObject pod) {
    Map<String, Tree> wanted = new LinkedHashMap<>();
    for (String list : LISTS) {
      for (Tree container : pod.spec().items(list).trees()) {
        boolean stays =
            list.equals("containers") || container.text("restartPolicy").equals("Always");
        if (stays) {
          wanted.put(container.text("name"), container.tree("resources"));
        }
      }
    }
    return wanted;
  }

  boolean isAllocated(KubeObject pod) {
    return allocated.equals(wanted(pod));
  }

  /** The pod with what its containers were allocated in place of what they want. */
  KubeObject over(KubeObject pod) {
    if (isAllocated(pod)) {
      return pod;
    }
    Tree spec = pod.spec();
    for (String list : LISTS) {
      spec = spec.withEach(list, this::over);
    }
    return pod.with(spec, "spec");
  }

  private Tree over(Tree container) {
    Tree own = allocated.get(container.text("name"));
    return own == null ? container : container.with("resources", own);
  }

  /** Nothing more is wanted than was allocated. */
  Resizing settled() {
    return new Resizing(allocated, Optional.empty(), underWay, error, restarting);
  }

  /** What is wanted cannot be had, or not now. */
  Resizing pending(Problem why) {
    return new Resizing(allocated, Optional.of(why), underWay, error, restarting);
  }

  /** The node has given its word for what the pod wants. */
  Resizing allocate(KubeObject pod) {
    return new Resizing(wanted(pod), Optional.empty(), true, Optional.empty(), restarting);
  }

  Resizing failed(String why) {
    return new Resizing(allocated, pending, underWay, Optional.of(why), restarting);
  }

  /** All containers have what was allocated. */
  Resizing completed() {
    return new Resizing(allocated, pending, false, Optional.empty(), Set.of());
  }

  Resizing restarting(String container, boolean isEnding) {
    Set<String> changed = new HashSet<>(restarting);
    if (isEnding) {
      changed.add(container);
    } else {
      changed.remove(container);
    }
    return new Resizing(allocated, pending, underWay, error, changed);
  }
}
