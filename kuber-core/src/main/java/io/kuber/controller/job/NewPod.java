package io.kuber.controller.job;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.OwnedPods;

/** Makes the pods of a job from its template. */
final class NewPod {
  private static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";

  /** A generated name has a limit, and five characters are drawn. */
  private static final int LONGEST_PREFIX = 58;

  private NewPod() {}

  /** A pod for an index, or for none. */
  static KubeObject of(KubeObject job, Census census, long index) {
    KubeObject pod = OwnedPods.of(job, job.spec().tree("template"));
    Items finalizers = pod.metadata().items("finalizers").without(JobPod.FINALIZER);
    pod = pod.with(finalizers.plus(JobPod.FINALIZER), "metadata", "finalizers");
    return index == JobPod.NO_INDEX ? pod : indexed(pod, job, census, index);
  }

  private static KubeObject indexed(KubeObject pod, KubeObject job, Census census, long index) {
    String number = Long.toString(index);
    KubeObject marked =
        pod.with(prefix(job.name(), "-" + number + "-"), "metadata", "generateName")
            .with(number, "metadata", "annotations", JobPod.INDEX)
            .with(number, "metadata", "labels", JobPod.INDEX)
            .with(job.name() + "-" + number, "spec", "hostname")
            .withChild(
                "spec",
                spec ->
                    spec.withEach("initContainers", NewPod::knowingIndex)
                        .withEach("containers", NewPod::knowingIndex));
    return census.failedIndexes().isPresent() ? counting(marked, census, index) : marked;
  }

  private static String prefix(String name, String end) {
    return name.substring(0, Math.min(name.length(), LONGEST_PREFIX - end.length())) + end;
  }

  private static Tree knowingIndex(Tree container) {
    boolean known =
        container.items("env").trees().stream()
            .anyMatch(variable -> variable.text("name").equals(INDEX_VARIABLE));
    Tree source =
        Tree.of("fieldRef", Tree.of("fieldPath", "metadata.labels['" + JobPod.INDEX + "']"));
    Tree variable = Tree.of("name", INDEX_VARIABLE, "valueFrom", source);
    return known ? container : container.with("env", container.items("env").plus(variable));
  }

  /** The failures of the index so far, the one of the pod that it replaces included. */
  private static KubeObject counting(KubeObject pod, Census census, long index) {
    JobPod last = census.delayed().get(index);
    boolean ignored = last != null && census.spec().failurePolicy().ignores(last.pod());
    long failures = last == null ? 0 : last.failuresBefore() + (ignored ? 0 : 1);
    long ignoredFailures = last == null ? 0 : last.ignoredFailuresBefore() + (ignored ? 1 : 0);
    KubeObject counting =
        pod.with(Long.toString(failures), "metadata", "annotations", JobPod.FAILURES);
    return ignoredFailures == 0
        ? counting
        : counting.with(
            Long.toString(ignoredFailures), "metadata", "annotations", JobPod.IGNORED_FAILURES);
  }
}
