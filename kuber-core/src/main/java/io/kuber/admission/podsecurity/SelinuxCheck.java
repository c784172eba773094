package io.kuber.admission.podsecurity;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which labels of SELinux pods may choose ({@code check_seLinuxOptions.go}).
 *
 * @param types that are allowed
 */
record SelinuxCheck(Set<String> types) implements Check.Rule {
  static final SelinuxCheck FIRST =
      new SelinuxCheck(Set.of("", "container_t", "container_init_t", "container_kvm_t"));

  static final SelinuxCheck SINCE_31 =
      new SelinuxCheck(
          Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"));

  SelinuxCheck {
    types = Set.copyOf(types);
  }

  @Override
  public Optional<Violation> check(PodView pod) {
    Setters setters = Setters.of(pod, this::isBad);
    return setters.isEmpty()
        ? Optional.empty()
        : Violation.of(
            "seLinuxOptions",
            "%s set forbidden securityContext.seLinuxOptions: %s"
                .formatted(setters.text(), String.join("; ", complaints(pod))));
  }

  private boolean isBad(Tree context) {
    Tree options = context.tree("seLinuxOptions");
    return !types.contains(options.text("type"))
        || !options.text("user").isEmpty()
        || !options.text("role").isEmpty();
  }

  private List<String> complaints(PodView pod) {
    List<Tree> all =
        Stream.concat(Stream.of(pod.context()), pod.containers().stream().map(PodView::context))
            .map(context -> context.tree("seLinuxOptions"))
            .toList();
    Set<String> wrong = new TreeSet<>();
    all.forEach(options -> wrong.add(options.text("type")));
    wrong.removeAll(types);
    List<String> complaints = new ArrayList<>();
    if (!wrong.isEmpty()) {
      complaints.add(Violation.named("type", wrong));
    }
    for (String field : new String[] {"user", "role"}) {
      if (all.stream().anyMatch(options -> !options.text(field).isEmpty())) {
        complaints.add(field + " may not be set");
      }
    }
    return complaints;
  }
}
