package io.kuber.api;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import java.time.Instant;
import java.util.List;

/**
 * What the wish to delete makes of an object: gone at once, or marked and waiting for finalizers or
 * for a grace period (apiserver, rest.BeforeDelete and registry/generic/registry/store.go). Pure.
 */
final class Deletion {
  static final String ORPHAN = "orphan";
  static final String FOREGROUND = "foregroundDeletion";

  private static final long DEFAULT_GRACE = 30;

  private Deletion() {}

  /** The object as the wish leaves it; whether it is over then, {@link #isOver} says. */
  static KubeObject mark(Kind kind, KubeObject object, DeleteOptions options, Instant now) {
    checkPolicy(options);
    KubeObject kept = kind.rules().marked(withPropagation(object, options.propagationPolicy()));
    long grace = grace(kind, object, options);
    if (!object.isBeingDeleted()) {
      return dated(counted(kept), grace, now);
    }
    long left = object.metadata().number(0, "deletionGracePeriodSeconds");
    return grace < left ? dated(counted(kept), grace, now) : kept;
  }

  /** Whether nothing holds the object any more that is being deleted. */
  static boolean isOver(Kind kind, KubeObject object) {
    return object.isBeingDeleted()
        && object.finalizers().isEmpty()
        && object.metadata().number(0, "deletionGracePeriodSeconds") == 0
        && !(kind.type().equals(Resources.NAMESPACES)
            && !object.spec().items("finalizers").isEmpty());
  }

  /** Only a pod that somebody runs is given time. */
  private static long grace(Kind kind, KubeObject object, DeleteOptions options) {
    if (!kind.has(Trait.GRACEFUL_DELETION)) {
      return 0;
    }
    long asked = options.gracePeriodSeconds();
    String phase = object.status().text("phase");
    if (asked == 0
        || object.spec().text("nodeName").isEmpty()
        || phase.equals("Succeeded")
        || phase.equals("Failed")) {
      return 0;
    }
    long own = object.spec().number(DEFAULT_GRACE, "terminationGracePeriodSeconds");
    return asked > 0 ? asked : Math.max(own, own < 0 ? 1 : 0);
  }

  private static KubeObject dated(KubeObject object, long grace, Instant now) {
    return object
        .with(Times.text(now.plusSeconds(grace)), "metadata", "deletionTimestamp")
        .with(grace, "metadata", "deletionGracePeriodSeconds");
  }

  private static KubeObject counted(KubeObject object) {
    return object.generation() > 0
        ? object.with(object.generation() + 1, "metadata", "generation")
        : object;
  }

  /** The garbage collector does what the policy asks for, and then takes the finalizer away. */
  private static KubeObject withPropagation(KubeObject object, String policy) {
    if (policy.isEmpty()) {
      return object;
    }
    Items others = object.metadata().items("finalizers").without(ORPHAN).without(FOREGROUND);
    Items finalizers =
        switch (policy) {
          case "Orphan" -> others.plus(ORPHAN);
          case "Foreground" -> others.plus(FOREGROUND);
          default -> others;
        };
    return finalizers.isEmpty()
        ? object.without("metadata", "finalizers")
        : object.with(finalizers, "metadata", "finalizers");
  }

  private static void checkPolicy(DeleteOptions options) {
    List<String> policies = List.of("Background", "Foreground", "Orphan");
    if (!options.propagationPolicy().isEmpty() && !policies.contains(options.propagationPolicy())) {
      Problems problems = new Problems();
      problems.notSupported(
          FieldPath.ROOT.child("propagationPolicy"), options.propagationPolicy(), policies);
      throw Failures.invalidOptions("DeleteOptions", problems.found());
    }
  }
}
