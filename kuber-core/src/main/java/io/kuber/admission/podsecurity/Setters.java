package io.kuber.admission.podsecurity;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Who sets a field of a security context to what is forbidden: the pod, containers, or both. */
record Setters(List<String> phrases) {
  Setters {
    phrases = List.copyOf(phrases);
  }

  /** Those whose security context is as described. */
  static Setters of(PodView pod, Predicate<Tree> isBad) {
    List<String> phrases = new ArrayList<>();
    if (isBad.test(pod.context())) {
      phrases.add("pod");
    }
    List<String> containers = pod.containersWith(isBad);
    if (!containers.isEmpty()) {
      phrases.add(Violation.containers(containers));
    }
    return new Setters(phrases);
  }

  Setters plus(String phrase) {
    List<String> more = new ArrayList<>(phrases);
    more.add(phrase);
    return new Setters(more);
  }

  boolean isEmpty() {
    return phrases.isEmpty();
  }

  String text() {
    return String.join(" and ", phrases);
  }
}
