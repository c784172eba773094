package io.kuber.admission.podsecurity;

import io.kuber.object.Tree;
import java.util.List;
import java.util.Optional;

/**
 * Which settings of the kernel pods may change ({@code check_sysctls.go}).
 *
 * @param minor the version in which the check is made; settings have become allowed in some
 */
record SysctlCheck(int minor) implements Check.Rule {
  private record Allowed(String name, int since) {}

  private static final List<Allowed> ALLOWED =
      List.of(
          new Allowed("kernel.shm_rmid_forced", 0),
          new Allowed("net.ipv4.ip_local_port_range", 0),
          new Allowed("net.ipv4.tcp_syncookies", 0),
          new Allowed("net.ipv4.ping_group_range", 0),
          new Allowed("net.ipv4.ip_unprivileged_port_start", 0),
          new Allowed("net.ipv4.ip_local_reserved_ports", 27),
          new Allowed("net.ipv4.tcp_keepalive_time", 29),
          new Allowed("net.ipv4.tcp_fin_timeout", 29),
          new Allowed("net.ipv4.tcp_keepalive_intvl", 29),
          new Allowed("net.ipv4.tcp_keepalive_probes", 29),
          new Allowed("net.ipv4.tcp_rmem", 32),
          new Allowed("net.ipv4.tcp_wmem", 32));

  @Override
  public Optional<Violation> check(PodView pod) {
    List<String> bad =
        pod.context().items("sysctls").trees().stream()
            .map((Tree sysctl) -> sysctl.text("name"))
            .filter(name -> !isAllowed(name))
            .toList();
    return bad.isEmpty()
        ? Optional.empty()
        : Violation.of("forbidden sysctls", String.join(", ", bad));
  }

  private boolean isAllowed(String name) {
    return ALLOWED.stream()
        .anyMatch(allowed -> allowed.name().equals(name) && allowed.since() <= minor);
  }
}
