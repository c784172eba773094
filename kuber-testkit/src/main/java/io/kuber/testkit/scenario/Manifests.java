package io.kuber.testkit.scenario;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.testkit.node.stage.DefaultStages;
import io.kuber.testkit.scenario.Step.Create;
import java.util.ArrayList;
import java.util.List;

/** The objects that a scenario creates. Pure. */
final class Manifests {
  /** What all pods of one step have in common, so that stages can tell them from others. */
  static final String GROUP = "scenario";

  private static final String APP = "app";
  private static final long SOON_GONE = 30;

  private Manifests() {}

  static KubeObject of(Create create, String name) {
    Tree labels = Tree.of(APP, name, GROUP, create.name());
    KubeObject object =
        create
            .work()
            .type()
            .object("default", name)
            .with(labels, "metadata", "labels")
            .with(template(create, labels), "spec", "template");
    return switch (create.work()) {
      case DEPLOYMENT -> replicated(object, create, labels);
      case STATEFUL_SET ->
          replicated(object, create, labels)
              .with("Parallel", "spec", "podManagementPolicy")
              .with(name, "spec", "serviceName");
      case DAEMON_SET -> selecting(object, labels);
      case JOB ->
          object
              .with((long) create.pods(), "spec", "completions")
              .with((long) create.pods(), "spec", "parallelism");
    };
  }

  private static KubeObject selecting(KubeObject object, Tree labels) {
    return object.with(Tree.of("matchLabels", labels), "spec", "selector");
  }

  private static KubeObject replicated(KubeObject object, Create create, Tree labels) {
    return selecting(object, labels).with((long) create.pods(), "spec", "replicas");
  }

  private static Tree template(Create create, Tree labels) {
    PodShape shape = create.shape();
    Tree metadata = Tree.of("labels", labels);
    if (!shape.lasting().isZero()) {
      Tree annotation =
          Tree.of(DefaultStages.COMPLETE_AFTER, shape.lasting().toMillis() / 1000.0 + "s");
      metadata = metadata.with("annotations", annotation);
    }
    return Tree.of("metadata", metadata, "spec", pod(create, labels));
  }

  private static Tree pod(Create create, Tree labels) {
    PodShape shape = create.shape();
    Tree requests = Tree.of("cpu", shape.cpu(), "memory", shape.memory());
    Tree container =
        Tree.of("name", "main", "image", shape.image(), "resources", Tree.of("requests", requests));
    Tree pod =
        Tree.of(
            "containers",
            Items.of(container),
            "restartPolicy",
            create.work() == Work.JOB ? "Never" : "Always",
            "terminationGracePeriodSeconds",
            SOON_GONE);
    if (!shape.nodeSelector().isEmpty()) {
      pod = pod.with("nodeSelector", Tree.ofTexts(shape.nodeSelector()));
    }
    if (!shape.tolerations().isEmpty()) {
      pod = pod.with("tolerations", tolerations(shape.tolerations()));
    }
    return shape.spread().isEmpty()
        ? pod
        : pod.with("topologySpreadConstraints", Items.of(spread(shape.spread(), labels)));
  }

  private static Items tolerations(List<String> taints) {
    List<Tree> tolerations = new ArrayList<>();
    for (String taint : taints) {
      int colon = taint.lastIndexOf(':');
      int equals = taint.indexOf('=');
      Tree toleration = Tree.of("effect", taint.substring(colon + 1));
      tolerations.add(
          equals < 0
              ? toleration.with("key", taint.substring(0, colon)).with("operator", "Exists")
              : toleration
                  .with("key", taint.substring(0, equals))
                  .with("operator", "Equal")
                  .with("value", taint.substring(equals + 1, colon)));
    }
    return Items.copyOf(tolerations);
  }

  private static Tree spread(String key, Tree labels) {
    return Tree.of(
        "maxSkew",
        1L,
        "topologyKey",
        key,
        "whenUnsatisfiable",
        "ScheduleAnyway",
        "labelSelector",
        Tree.of("matchLabels", labels));
  }

  /** The patch that gives the pods of an object another image. */
  static Tree image(String image) {
    Tree container = Tree.of("name", "main", "image", image);
    Tree pod = Tree.of("containers", Items.of(container));
    return Tree.of("spec", Tree.of("template", Tree.of("spec", pod)));
  }

  /** The patch that gives an object so many pods. */
  static Tree replicas(int pods) {
    return Tree.of("spec", Tree.of("replicas", (long) pods));
  }
}
