package io.kuber.container;

import java.util.Map;
import java.util.Optional;

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
 * @param networkOf the sandbox of the same runtime whose network it uses; empty for one of its own
 * @param queuesOf the sandbox of the same runtime whose queues it uses; empty for its own
 */
public record SandboxSpec(
    String id,
    String hostname,
    boolean hostNetwork,
    boolean hostIpc,
    ProcessView processes,
    boolean ownUsers,
    Map<String, String> sysctls,
    Optional<String> networkOf,
    Optional<String> queuesOf) {
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
    if (ownUsers && (networkOf.isPresent() || queuesOf.isPresent())) {
      throw new IllegalArgumentException(
          "sandbox " + id + " has users of its own and no rights in another's namespaces");
    }
    sysctls = Map.copyOf(sysctls);
  }

  /** A sandbox that shares nothing with others. */
  public SandboxSpec(
      String id,
      String hostname,
      boolean hostNetwork,
      boolean hostIpc,
      ProcessView processes,
      boolean ownUsers,
      Map<String, String> sysctls) {
    this(
        id,
        hostname,
        hostNetwork,
        hostIpc,
        processes,
        ownUsers,
        sysctls,
        Optional.empty(),
        Optional.empty());
  }

  /** A sandbox with a network, queues and a host name of its own. */
  public static SandboxSpec of(String id, String hostname) {
    return new SandboxSpec(id, hostname, false, false, ProcessView.CONTAINER, false, Map.of());
  }

  public SandboxSpec withHostNetwork() {
    return with(true, hostIpc, processes, ownUsers, sysctls, networkOf, queuesOf);
  }

  public SandboxSpec withHostIpc() {
    return with(hostNetwork, true, processes, ownUsers, sysctls, networkOf, queuesOf);
  }

  public SandboxSpec withProcesses(ProcessView view) {
    return with(hostNetwork, hostIpc, view, ownUsers, sysctls, networkOf, queuesOf);
  }

  public SandboxSpec withSysctls(Map<String, String> values) {
    return with(hostNetwork, hostIpc, processes, ownUsers, values, networkOf, queuesOf);
  }

  public SandboxSpec withOwnUsers() {
    return with(hostNetwork, hostIpc, processes, true, sysctls, networkOf, queuesOf);
  }

  public SandboxSpec withNetworkOf(String sandbox) {
    return with(hostNetwork, hostIpc, processes, ownUsers, sysctls, Optional.of(sandbox), queuesOf);
  }

  public SandboxSpec withQueuesOf(String sandbox) {
    return with(
        hostNetwork, hostIpc, processes, ownUsers, sysctls, networkOf, Optional.of(sandbox));
  }

  private SandboxSpec with(
      boolean ofHost,
      boolean ipcOfHost,
      ProcessView view,
      boolean users,
      Map<String, String> values,
      Optional<String> network,
      Optional<String> queues) {
    return new SandboxSpec(id, hostname, ofHost, ipcOfHost, view, users, values, network, queues);
  }
}
