package io.kuber.container;

import java.util.List;

/**
 * What an earlier run had left and {@link ContainerRuntime#reclaim} removed.
 *
 * @param sandboxes the identifiers of the sandboxes
 * @param containers the identifiers of the containers
 * @param processes how many processes were still running
 */
public record Leftovers(List<String> sandboxes, List<String> containers, int processes) {
  public Leftovers {
    sandboxes = List.copyOf(sandboxes);
    containers = List.copyOf(containers);
  }

  public boolean isEmpty() {
    return sandboxes.isEmpty() && containers.isEmpty() && processes == 0;
  }
}
