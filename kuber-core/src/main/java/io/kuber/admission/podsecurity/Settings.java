package io.kuber.admission.podsecurity;

import io.kuber.object.Tree;
import io.kuber.resource.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What holds in namespaces that do not say, and for whom nothing holds.
 *
 * @param defaults labels that namespaces are taken to have, such as {@code
 *     pod-security.kubernetes.io/enforce}
 */
public record Settings(Map<String, String> defaults, Exemptions exemptions) {
  /** Namespaces that do not say take any pod, and nobody is exempt, as upstream. */
  public static final Settings STANDARD = new Settings(Map.of(), Exemptions.NONE);

  /** Copies, and refuses defaults that would be refused as labels. */
  public Settings {
    defaults = Map.copyOf(defaults);
    Problems problems = new Problems();
    NamespacePolicy.of(defaults, NamespacePolicy.OPEN, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("pod security: " + problems.found());
    }
  }

  /** The settings of a {@code PodSecurityConfiguration} (pod-security.admission.config.k8s.io). */
  public static Settings of(Tree configuration) {
    Map<String, String> labels = new HashMap<>();
    configuration
        .tree("defaults")
        .texts()
        .forEach((mode, value) -> labels.put("pod-security.kubernetes.io/" + mode, value));
    Tree exempt = configuration.tree("exemptions");
    return new Settings(
        labels,
        new Exemptions(
            Set.copyOf(exempt.items("namespaces").texts()),
            Set.copyOf(exempt.items("usernames").texts()),
            Set.copyOf(exempt.items("runtimeClasses").texts())));
  }

  /** The policy that defaults make. */
  NamespacePolicy policy() {
    return NamespacePolicy.of(defaults, NamespacePolicy.OPEN, new Problems());
  }
}
