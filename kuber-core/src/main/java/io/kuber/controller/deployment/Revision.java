package io.kuber.controller.deployment;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.reconcile.history.TemplateHash;
import io.kuber.resource.Resources;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What ties a ReplicaSet to a revision of its Deployment: template, hash, annotations. */
final class Revision {
  static final String NUMBER = "deployment.kubernetes.io/revision";
  static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  static final String MAX = "deployment.kubernetes.io/max-replicas";
  private static final String HISTORY = "deployment.kubernetes.io/revision-history";
  private static final String HASH = "pod-template-hash";

  /** Annotations of a Deployment that are not its ReplicaSets' business. */
  private static final Set<String> OWN =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          NUMBER,
          HISTORY,
          DESIRED,
          MAX,
          "deprecated.deployment.rollback.to");

  private Revision() {}

  /** The oldest ReplicaSet with the Deployment's present template. */
  static Optional<KubeObject> current(KubeObject deployment, List<KubeObject> replicaSets) {
    Tree template = withoutHash(deployment.spec().tree("template"));
    return replicaSets.stream()
        .filter(set -> withoutHash(set.spec().tree("template")).equals(template))
        .min(Comparator.comparing(KubeObject::createdAt).thenComparing(KubeObject::name));
  }

  private static Tree withoutHash(Tree template) {
    Tree bare = template.withoutAt("metadata", "labels", HASH);
    if (bare.tree("metadata", "labels").isEmpty()) {
      bare = bare.withoutAt("metadata", "labels");
    }
    return bare.tree("metadata").isEmpty() ? bare.without("metadata") : bare;
  }

  static long numberOf(KubeObject replicaSet) {
    return parse(replicaSet.annotations().getOrDefault(NUMBER, "0"));
  }

  static long parse(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  /** The hash that names a ReplicaSet and labels its pods. */
  static String hashOf(KubeObject deployment) {
    long collisions = deployment.status().number(0, "collisionCount");
    return TemplateHash.of(deployment.spec().tree("template"), collisions);
  }

  /** A new ReplicaSet for the Deployment's present template. */
  static KubeObject create(KubeObject deployment, long number, long replicas, Strategy strategy) {
    String hash = hashOf(deployment);
    Tree template = deployment.spec().tree("template").withAt(hash, "metadata", "labels", HASH);
    KubeObject set =
        Resources.REPLICA_SETS
            .object(deployment.namespace(), deployment.name() + "-" + hash)
            .with(template.tree("metadata", "labels"), "metadata", "labels")
            .with(
                Items.of(OwnerReference.controllerOf(deployment).toTree()),
                "metadata",
                "ownerReferences")
            .with(replicas, "spec", "replicas")
            .with(
                deployment.spec().tree("selector").withAt(hash, "matchLabels", HASH),
                "spec",
                "selector")
            .with(template, "spec", "template");
    long minReadySeconds = deployment.spec().number(0, "minReadySeconds");
    if (minReadySeconds > 0) {
      set = set.with(minReadySeconds, "spec", "minReadySeconds");
    }
    return withSize(annotate(set, deployment, number), strategy);
  }

  /** The ReplicaSet with the Deployment's annotations and, when it is newer, this number. */
  static KubeObject annotate(KubeObject set, KubeObject deployment, long number) {
    Map<String, String> annotations = new LinkedHashMap<>(set.annotations());
    deployment
        .annotations()
        .forEach(
            (name, value) -> {
              if (!OWN.contains(name)) {
                annotations.put(name, value);
              }
            });
    String before = annotations.get(NUMBER);
    if (numberOf(set) < number) {
      annotations.put(NUMBER, Long.toString(number));
      if (before != null) {
        // A rollback to this template: the numbers it had stay readable.
        annotations.merge(HISTORY, before, (history, last) -> history + "," + last);
      }
    }
    return annotations.equals(set.annotations())
        ? set
        : set.with(Tree.ofTexts(annotations), "metadata", "annotations");
  }

  /** The ReplicaSet with the annotations from which later scaling knows its proportions. */
  static KubeObject withSize(KubeObject set, Strategy strategy) {
    Tree annotations = set.metadata().tree("annotations");
    Tree sized =
        annotations
            .with(DESIRED, Long.toString(strategy.replicas()))
            .with(MAX, Long.toString(strategy.maxPods()));
    return sized.equals(annotations) ? set : set.with(sized, "metadata", "annotations");
  }
}
