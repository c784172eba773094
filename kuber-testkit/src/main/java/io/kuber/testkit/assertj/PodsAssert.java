package io.kuber.testkit.assertj;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.testkit.history.ObservedCluster;
import io.kuber.testkit.history.Phrase;
import io.kuber.view.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Assertions on all pods of a namespace that a label selector means. */
public final class PodsAssert extends PatientAssert<PodsAssert, Object> {
  private final String namespace;
  private final String selector;
  private final LabelSelector labels;

  PodsAssert(ObservedCluster cluster, String namespace, String selector) {
    super(cluster, selector, PodsAssert.class);
    this.namespace = namespace;
    this.selector = selector;
    this.labels = LabelSelector.parse(selector);
  }

  private List<KubeObject> now() {
    List<KubeObject> pods = new ArrayList<>();
    cluster()
        .image()
        .scan(Resources.PODS.qualifiedName(), namespace, null)
        .forEachRemaining(
            stored -> {
              if (labels.matches(stored.passingLabels())) {
                pods.add(stored.passing());
              }
            });
    return pods;
  }

  /** There are so many. */
  public PodsAssert hasSize(int count) {
    return expect(
        "to be " + count,
        () -> ResourceAssert.unless(now().size() == count, "there are " + now().size()));
  }

  /** There are none. */
  public PodsAssert isEmpty() {
    return hasSize(0);
  }

  /** All of them take requests; at least one is there. */
  public PodsAssert areReady() {
    return all("to be ready", Pods::isReady);
  }

  /** All of them run; at least one is there. */
  public PodsAssert areRunning() {
    return all("to be running", pod -> Pods.phase(pod).equals("Running"));
  }

  private PodsAssert all(String expectation, Predicate<KubeObject> isSo) {
    return expect(
        expectation,
        () -> {
          List<KubeObject> pods = now();
          long others = pods.stream().filter(isSo.negate()).count();
          return ResourceAssert.unless(
              !pods.isEmpty() && others == 0,
              pods.isEmpty() ? "there are none" : others + " of " + pods.size() + " are not");
        });
  }

  @Override
  String subject() {
    return "pods" + (selector.isEmpty() ? "" : " with " + selector) + " in " + namespace;
  }

  @Override
  String report() {
    return Report.section(
        "pods", now().stream().map(pod -> pod.name() + "  " + Phrase.ofPod(pod)).toList());
  }
}
