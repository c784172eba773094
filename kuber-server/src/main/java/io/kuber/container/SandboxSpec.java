package io.kuber.container;

import java.util.Map;

/**
 * What the containers of a pod share.
 *
 * @param id names the sandbox among all of the machine: letters, digits, {@code -}, {@code _} and
 *     {@code .}
 * @param hostname the host name inside; ignored with {@code hostNetwork}
 * @param hostNetwork whether the pod uses the machine's network, and its host name
 * @param hostIpc whether the pod uses the machine's System V and POSIX queues
 * @param processes whether containers see each other's processes, or the machine's
 * @param ownUsers whether its users are others than the machine's of the same number: its root is
 *     nobody outside, and files keep the numbers that they have inside
 * @param sysctls kernel parameters of the pod's namespaces, such as {@code
 *     net.ipv4.ip_unprivileged_port_start}
 */
public record SandboxSpec(
    String id,
    String hostname,
    boolean hostNetwork,
    boolean hostIpc,
    ProcessView processes,
    boolean ownUsers,
    Map<String, String> sysctls) {
  /** Which processes a container sees. */
  public enum ProcessView {
    /** Its own; its first one is number 1. */
    CONTAINER,
    /** Those of all containers of the pod ({@code shareProcessNamespace}). */
    POD,
    /** Those of the machine ({@code hostPID}). */
    HOST
  }

  public SandboxSpec {
    Identifiers.check(id);
    if (ownUsers && (hostNetwork || hostIpc || processes == ProcessView.HOST)) {
      throw new IllegalArgumentException(
          "sandbox " + id + " has users of its own and no rights in the machine's namespaces");
    }
    sysctls = Map.copyOf(sysctls);
  }

  /** A sandbox with a network, queues and a host name of its own. */
  public static SandboxSpec of(String id, String hostname) {
    return new SandboxSpec(id, hostname, false, false, ProcessView.CONTAINER, false, Map.of());
  }

  public SandboxSpec withHostNetwork() {
    return new SandboxSpec(id, hostname, true, hostIpc, processes, ownUsers, sysctls);
  }

  public SandboxSpec withProcesses(ProcessView view) {
    return new SandboxSpec(id, hostname, hostNetwork, hostIpc, view, ownUsers, sysctls);
  }

  public SandboxSpec withSysctls(Map<String, String> values) {
    return new SandboxSpec(id, hostname, hostNetwork, hostIpc, processes, ownUsers, values);
  }

  public SandboxSpec withOwnUsers() {
    return new SandboxSpec(id, hostname, hostNetwork, hostIpc, processes, true, sysctls);
  }
}
