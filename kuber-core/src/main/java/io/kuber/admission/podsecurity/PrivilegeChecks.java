package io.kuber.admission.podsecurity;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which privileges containers may have and gain. */
final class PrivilegeChecks {
  private static final Set<String> USUAL =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private PrivilegeChecks() {}

  /** {@code check_privileged.go}. */
  static Optional<Violation> privileged(PodView pod) {
    List<String> bad = pod.containersWith(context -> context.isTrue("privileged"));
    return bad.isEmpty()
        ? Optional.empty()
        : Violation.of(
            "privileged",
            Violation.containers(bad) + " must not set securityContext.privileged=true");
  }

  /** {@code check_allowPrivilegeEscalation.go}. */
  static Optional<Violation> escalation(PodView pod) {
    List<String> bad =
        pod.containersWith(
            context -> !Boolean.FALSE.equals(context.get("allowPrivilegeEscalation")));
    return bad.isEmpty()
        ? Optional.empty()
        : Violation.of(
            "allowPrivilegeEscalation != false",
            Violation.containers(bad) + " must set securityContext.allowPrivilegeEscalation=false");
  }

  /** {@code check_capabilities_baseline.go}. */
  static Optional<Violation> capabilities(PodView pod) {
    SortedSet<String> more = new TreeSet<>();
    return added(pod, USUAL::contains, more)
        .flatMap(detail -> Violation.of("non-default capabilities", detail));
  }

  /** {@code check_capabilities_restricted.go}. */
  static Optional<Violation> fewCapabilities(PodView pod) {
    List<String> details = new ArrayList<>();
    List<String> keeping =
        pod.containersWith(context -> !context.items("capabilities", "drop").contains("ALL"));
    if (!keeping.isEmpty()) {
      details.add(
          Violation.containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    added(pod, "NET_BIND_SERVICE"::equals, new TreeSet<>()).ifPresent(details::add);
    return details.isEmpty()
        ? Optional.empty()
        : Violation.of("unrestricted capabilities", String.join("; ", details));
  }

  private static Optional<String> added(
      PodView pod, Predicate<String> isAllowed, SortedSet<String> more) {
    List<String> bad =
        pod.containersWith(
            context -> {
              List<String> own =
                  context.items("capabilities", "add").texts().stream()
                      .filter(isAllowed.negate())
                      .toList();
              more.addAll(own);
              return !own.isEmpty();
            });
    return bad.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s must not include %s in securityContext.capabilities.add"
                .formatted(Violation.containers(bad), Violation.quoted(more)));
  }

  /** {@code check_procMount_restricted.go}, and the first version of the baseline. */
  static Optional<Violation> procMount(PodView pod) {
    SortedSet<String> mounts = new TreeSet<>();
    for (Tree container : pod.containers()) {
      String mount = PodView.context(container).text("procMount");
      if (isOdd(mount)) {
        mounts.add(mount);
      }
    }
    List<String> bad = pod.containersWith(context -> isOdd(context.text("procMount")));
    return bad.isEmpty()
        ? Optional.empty()
        : Violation.of(
            "procMount",
            "%s must not set securityContext.procMount to %s"
                .formatted(Violation.containers(bad), Violation.quoted(mounts)));
  }

  private static boolean isOdd(String mount) {
    return !mount.isEmpty() && !mount.equals("Default");
  }
}
