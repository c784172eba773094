package io.kuber.boot;

import io.kuber.node.TestCluster;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs pods of one container, {@code main}, whose script reads what the fields of the pod promise.
 * Fields are YAML in flow style, without the outer braces.
 */
final class FieldReader {
  private static final String CONTAINER =
      "name: main, image: kuber.io/host, imagePullPolicy: IfNotPresent";

  private final NodeBench bench;
  private final AtomicInteger pods = new AtomicInteger();

  FieldReader(NodeBench bench) {
    this.bench = bench;
  }

  /** Starts a pod with these fields, and returns its name. */
  String start(String podFields, String containerFields, String script) {
    Tree container =
        fields(CONTAINER, containerFields).withDefault("command", Items.of("sh", "-c", script));
    Tree spec =
        fields("terminationGracePeriodSeconds: 0", podFields)
            .withDefault("restartPolicy", "Never")
            .with("containers", Items.of(container));
    String name = "row-" + pods.incrementAndGet();
    Tree labels = Tree.of("app", "shop");
    Tree notes = Tree.of("note", "a \"quoted\" word");
    bench.run(
        Tree.of(
            "metadata",
            Tree.of("name", name, "labels", labels, "annotations", notes),
            "spec",
            spec));
    return name;
  }

  private static Tree fields(String first, String more) {
    return TestCluster.parse("{" + first + (more.isEmpty() ? "" : ", " + more) + "}");
  }

  /** What a script says in a pod with these fields. */
  String read(String podFields, String containerFields, String script) {
    return bench.awaitOutput(start(podFields, containerFields, script)).strip();
  }

  /** Waits until a pod with these fields has failed. */
  KubeObject fail(String podFields, String containerFields, String script) {
    return bench.awaitPod(
        start(podFields, containerFields, script), pod -> NodeBench.phase(pod).equals("Failed"));
  }

  /** Waits until the container of a pod with these fields waits for this reason. */
  Tree awaitWaiting(String podFields, String containerFields, String reason) {
    String name = start(podFields, containerFields, "true");
    KubeObject pod =
        bench.awaitPod(
            name, seen -> status(seen).text("state", "waiting", "reason").equals(reason));
    return status(pod).tree("state", "waiting");
  }

  /** The status of a pod's first container; empty while it has none. */
  static Tree status(KubeObject pod) {
    return pod.status().items("containerStatuses").trees().stream().findFirst().orElse(Tree.EMPTY);
  }
}
