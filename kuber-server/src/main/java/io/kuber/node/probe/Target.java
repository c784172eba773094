package io.kuber.node.probe;

import io.kuber.container.Container;
import io.kuber.container.ProcessSpec;
import io.kuber.object.Tree;

/**
 * Whom a probe or a hook asks.
 *
 * @param podIp where the pod listens
 * @param declared the container as the pod declares it, for named ports
 * @param container the container as it runs
 * @param process its first process, whose user and variables commands in it share
 */
public record Target(String podIp, Tree declared, Container container, ProcessSpec process) {
  /** The host that an action names, or the pod's address. */
  String host(Tree action) {
    return action.text("host").isEmpty() ? podIp : action.text("host");
  }

  /**
   * The port that an action names, by its number or by the name that the container gave it.
   *
   * @throws IllegalArgumentException when the container has no port of that name
   */
  int port(Tree action) {
    if (action.get("port") instanceof Number number) {
      return number.intValue();
    }
    String name = action.text("port");
    return declared.items("ports").trees().stream()
        .filter(port -> port.text("name").equals(name))
        .map(port -> (int) port.number(0, "containerPort"))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("couldn't find port \"" + name + "\" in container"));
  }
}
