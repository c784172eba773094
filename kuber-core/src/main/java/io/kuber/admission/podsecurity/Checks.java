package io.kuber.admission.podsecurity;

import static io.kuber.admission.podsecurity.Check.baseline;
import static io.kuber.admission.podsecurity.Check.restricted;

import io.kuber.admission.podsecurity.Check.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the standards forbid, in the order in which clients are told (policy/registry.go). */
final class Checks {
  private static final Rule ESCALATION = PrivilegeChecks::escalation;
  private static final Rule FEW_CAPABILITIES = PrivilegeChecks::fewCapabilities;
  private static final Rule PROC_MOUNT = PrivilegeChecks::procMount;
  private static final Rule NON_ROOT = UserChecks::nonRoot;
  private static final Rule USER = UserChecks::user;
  private static final Rule SOME_SECCOMP = ProfileChecks::someSeccomp;

  static final List<Check> ALL =
      List.of(
          baseline("appArmorProfile", Map.of(0, ProfileChecks::appArmor)),
          baseline("capabilities_baseline", Map.of(0, PrivilegeChecks::capabilities)),
          baseline("hostNamespaces", Map.of(0, HostChecks::namespaces)),
          baseline("hostPathVolumes", Map.of(0, VolumeChecks::hostPaths)),
          baseline("hostPorts", Map.of(0, HostChecks::ports)),
          baseline("hostProbesAndHostLifecycle", Map.of(34, HostChecks::probes)),
          baseline("privileged", Map.of(0, PrivilegeChecks::privileged)),
          baseline("procMount", Map.of(0, PROC_MOUNT, 35, PROC_MOUNT.withHostUsers())),
          baseline("seLinuxOptions", Map.of(0, SelinuxCheck.FIRST, 31, SelinuxCheck.SINCE_31)),
          baseline(
              "seccompProfile_baseline",
              Map.of(0, ProfileChecks::seccompAnnotations, 19, ProfileChecks::seccomp)),
          baseline(
              "sysctls",
              Map.of(
                  0, new SysctlCheck(0),
                  27, new SysctlCheck(27),
                  29, new SysctlCheck(29),
                  32, new SysctlCheck(32))),
          baseline("windowsHostProcess", Map.of(0, HostChecks::process)),
          restricted("allowPrivilegeEscalation", Map.of(8, ESCALATION, 25, ESCALATION.onLinux())),
          restricted(
                  "capabilities_restricted",
                  Map.of(22, FEW_CAPABILITIES, 25, FEW_CAPABILITIES.onLinux()))
              .insteadOf("capabilities_baseline"),
          restricted("procMount_restricted", Map.of(35, PROC_MOUNT)).insteadOf("procMount"),
          restricted("restrictedVolumes", Map.of(0, VolumeChecks::restricted))
              .insteadOf("hostPathVolumes"),
          restricted("runAsNonRoot", Map.of(0, NON_ROOT, 35, NON_ROOT.withHostUsers())),
          restricted("runAsUser", Map.of(23, USER, 35, USER.withHostUsers())),
          restricted(
                  "seccompProfile_restricted", Map.of(19, SOME_SECCOMP, 25, SOME_SECCOMP.onLinux()))
              .insteadOf("seccompProfile_baseline"));

  private Checks() {}

  /** All that a standard has against a pod. */
  static List<Violation> violations(Standard standard, PodView pod) {
    if (standard.isOpen()) {
      return List.of();
    }
    List<Check> made =
        ALL.stream()
            .filter(check -> check.level().compareTo(standard.level()) <= 0)
            .filter(check -> check.in(standard.version()).isPresent())
            .toList();
    Set<String> needless = made.stream().map(Check::instead).collect(Collectors.toSet());
    return made.stream()
        .filter(check -> !needless.contains(check.id()))
        .flatMap(check -> check.in(standard.version()).stream())
        .flatMap(rule -> rule.check(pod).stream())
        .toList();
  }
}
