package io.kuber.admission.podsecurity;

import java.util.Set;

/** For whom Pod Security does not hold (PodSecurityConfiguration, {@code exemptions}). */
public record Exemptions(Set<String> namespaces, Set<String> users, Set<String> runtimeClasses) {
  /** It holds for everybody. */
  public static final Exemptions NONE = new Exemptions(Set.of(), Set.of(), Set.of());

  /** Copies. */
  public Exemptions {
    namespaces = Set.copyOf(namespaces);
    users = Set.copyOf(users);
    runtimeClasses = Set.copyOf(runtimeClasses);
  }
}
