package io.kuber.admission.podsecurity;

import java.util.List;
import java.util.Optional;

/** As whom containers may run. */
final class UserChecks {
  private static final String NON_ROOT = "runAsNonRoot";

  private UserChecks() {}

  /** {@code check_runAsNonRoot.go}. */
  static Optional<Violation> nonRoot(PodView pod) {
    String reason = "runAsNonRoot != true";
    Setters setters = Setters.of(pod, context -> Boolean.FALSE.equals(context.get(NON_ROOT)));
    if (!setters.isEmpty()) {
      return Violation.of(
          reason, setters.text() + " must not set securityContext.runAsNonRoot=false");
    }
    List<String> silent = pod.containersWith(context -> !context.has(NON_ROOT));
    return pod.context().isTrue(NON_ROOT) || silent.isEmpty()
        ? Optional.empty()
        : Violation.of(
            reason,
            "pod or %s must set securityContext.runAsNonRoot=true"
                .formatted(Violation.containers(silent)));
  }

  /** {@code check_runAsUser.go}. */
  static Optional<Violation> user(PodView pod) {
    Setters setters = Setters.of(pod, context -> context.number(1, "runAsUser") == 0);
    return setters.isEmpty()
        ? Optional.empty()
        : Violation.of("runAsUser=0", setters.text() + " must not set runAsUser=0");
  }
}
