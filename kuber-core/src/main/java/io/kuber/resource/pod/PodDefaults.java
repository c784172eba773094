package io.kuber.resource.pod;

import io.kuber.object.Tree;

/**
 * The fields of a pod that are set when the user leaves them out (pkg/apis/core/v1/defaults.go).
 */
public final class PodDefaults {
  private PodDefaults() {}

  /** A pod's spec, complete. */
  public static Tree ofPod(Tree spec) {
    Tree limited = spec.withEach("containers", PodDefaults::requestsFromLimits);
    limited = limited.withEach("initContainers", PodDefaults::requestsFromLimits);
    return ofTemplate(limited.withDefault("enableServiceLinks", true));
  }

  /** The spec of a workload's template, complete. */
  public static Tree ofTemplate(Tree spec) {
    boolean hostNetwork = spec.isTrue("hostNetwork");
    Tree complete = spec.withEach("volumes", VolumeDefaults::of);
    for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      complete = complete.withEach(list, c -> ContainerDefaults.of(c, hostNetwork));
    }
    complete = complete.withDefault("restartPolicy", "Always");
    complete = complete.withDefault("terminationGracePeriodSeconds", 30L);
    complete = complete.withDefault("dnsPolicy", "ClusterFirst");
    complete = complete.withDefault("securityContext", Tree.EMPTY);
    complete = complete.withDefault("schedulerName", "default-scheduler");
    return sameServiceAccount(complete);
  }

  /** {@code serviceAccount} is the old name of {@code serviceAccountName}; both show the same. */
  private static Tree sameServiceAccount(Tree spec) {
    String name = spec.text("serviceAccountName");
    String old = spec.text("serviceAccount");
    if (name.isEmpty() && old.isEmpty()) {
      return spec;
    }
    String one = name.isEmpty() ? old : name;
    return spec.with("serviceAccountName", one).with("serviceAccount", one);
  }

  private static Tree requestsFromLimits(Tree container) {
    Tree limits = container.tree("resources", "limits");
    Tree requests = container.tree("resources", "requests");
    for (int i = 0; i < limits.size(); i++) {
      requests = requests.withDefault(limits.nameAt(i), limits.valueAt(i));
    }
    return requests.isEmpty() ? container : container.withAt(requests, "resources", "requests");
  }
}
