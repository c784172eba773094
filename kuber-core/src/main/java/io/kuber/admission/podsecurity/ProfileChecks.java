package io.kuber.admission.podsecurity;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which profiles of the kernel's security modules pods may choose: AppArmor and seccomp. */
final class ProfileChecks {
  private static final Set<String> SAFE = Set.of("RuntimeDefault", "Localhost");
  private static final String SECCOMP = "seccompProfile";
  private static final String SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String SECCOMP_OF_CONTAINER =
      "container.seccomp.security.alpha.kubernetes.io/";
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private ProfileChecks() {}

  /** {@code check_appArmorProfile.go}: fields, and the annotations of the years before. */
  static Optional<Violation> appArmor(PodView pod) {
    String field = "appArmorProfile";
    Setters setters = Setters.of(pod, context -> isUnsafe(context, field));
    List<String> values = new ArrayList<>(unsafe(pod, field));
    List<String> annotations =
        pod.annotations().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(APP_ARMOR))
            .filter(entry -> !isSafeAppArmor(entry.getValue()))
            .map(ProfileChecks::shown)
            .sorted()
            .toList();
    if (!annotations.isEmpty()) {
      setters = setters.plus(Violation.plural("annotation", annotations.size()));
      values.addAll(annotations);
    }
    return setters.isEmpty()
        ? Optional.empty()
        : Violation.of(
            Violation.plural("forbidden AppArmor profile", values.size()),
            setters.text() + " must not set AppArmor profile type to " + Violation.quoted(values));
  }

  private static boolean isSafeAppArmor(String profile) {
    return profile.isEmpty()
        || profile.equals("runtime/default")
        || profile.startsWith("localhost/");
  }

  /** {@code check_seccompProfile_baseline.go} before there were fields. */
  static Optional<Violation> seccompAnnotations(PodView pod) {
    List<String> bad =
        Stream.concat(
                Stream.of(SECCOMP_OF_POD),
                pod.containers().stream().map(each -> SECCOMP_OF_CONTAINER + each.text("name")))
            .distinct()
            .filter(pod.annotations()::containsKey)
            .map(key -> Map.entry(key, pod.annotations().getOrDefault(key, "")))
            .filter(entry -> !isSafeSeccomp(entry.getValue()))
            .map(ProfileChecks::shown)
            .sorted()
            .toList();
    return bad.isEmpty()
        ? Optional.empty()
        : Violation.of(
            SECCOMP,
            "forbidden %s %s"
                .formatted(Violation.plural("annotation", bad.size()), String.join(", ", bad)));
  }

  private static boolean isSafeSeccomp(String profile) {
    return profile.equals("runtime/default")
        || profile.equals("docker/default")
        || profile.startsWith("localhost/");
  }

  private static String shown(Map.Entry<String, String> annotation) {
    return annotation.getKey() + "=\"" + annotation.getValue() + "\"";
  }

  /** {@code check_seccompProfile_baseline.go}. */
  static Optional<Violation> seccomp(PodView pod) {
    Setters setters = Setters.of(pod, context -> isUnsafe(context, SECCOMP));
    return setters.isEmpty()
        ? Optional.empty()
        : Violation.of(
            SECCOMP,
            "%s must not set securityContext.seccompProfile.type to %s"
                .formatted(setters.text(), Violation.quoted(unsafe(pod, SECCOMP))));
  }

  /** {@code check_seccompProfile_restricted.go}. */
  static Optional<Violation> someSeccomp(PodView pod) {
    Optional<Violation> unsafe = seccomp(pod);
    List<String> without = pod.containersWith(context -> !context.has(SECCOMP));
    return unsafe.isPresent() || pod.context().has(SECCOMP) || without.isEmpty()
        ? unsafe
        : Violation.of(
            SECCOMP,
            "pod or %s must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                    .formatted(Violation.containers(without))
                + " \"Localhost\"");
  }

  private static boolean isUnsafe(Tree context, String field) {
    return context.has(field) && !SAFE.contains(context.text(field, "type"));
  }

  private static Set<String> unsafe(PodView pod, String field) {
    Set<String> types = new TreeSet<>();
    Stream.concat(Stream.of(pod.context()), pod.containers().stream().map(PodView::context))
        .filter(context -> isUnsafe(context, field))
        .forEach(context -> types.add(context.text(field, "type")));
    return types;
  }
}
