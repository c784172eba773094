package io.kuber.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Optional;
import java.util.Set;

/**
 * Kernel parameters that a pod may set: those that are its namespaces' own and cannot harm others
 * (pkg/kubelet/sysctl, SafeSysctlAllowlist). Pure.
 */
final class SysctlRule {
  private static final Set<String> SAFE =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.ip_local_reserved_ports",
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes",
          "net.ipv4.tcp_rmem",
          "net.ipv4.tcp_wmem");

  private SysctlRule() {}

  /** Why a pod is refused for its parameters, if it is. */
  static Optional<String> refusal(KubeObject pod) {
    for (Tree sysctl : pod.spec().items("securityContext", "sysctls").trees()) {
      String name = sysctl.text("name").replace('/', '.');
      if (!SAFE.contains(name)) {
        return Optional.of("forbidden sysctl: \"" + name + "\" not allowlisted");
      }
      String shared = name.startsWith("net.") ? "hostNetwork" : "hostIPC";
      if (pod.spec().isTrue(shared)) {
        return Optional.of(
            "forbidden sysctl: \"%s\" not allowed with %s enabled"
                .formatted(name, shared.equals("hostIPC") ? "host ipc" : "host net"));
      }
    }
    return Optional.empty();
  }
}
