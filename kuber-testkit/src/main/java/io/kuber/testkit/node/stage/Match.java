package io.kuber.testkit.node.stage;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.selector.LabelSelector;
import io.kuber.view.Pods;
import java.util.Map;
import java.util.Set;

/**
 * Which pods are meant. Pure.
 *
 * @param labels they have these
 * @param namespace they are there; empty for any
 * @param owner the kind of their controller, such as {@code Job}; empty for any, none included
 * @param restartPolicies they have one of these; empty for any
 * @param restarts whether they have restarted, or have not, or either
 */
public record Match(
    LabelSelector labels,
    String namespace,
    String owner,
    Set<String> restartPolicies,
    Restarts restarts) {
  /** All pods. */
  public static final Match ALL =
      new Match(LabelSelector.EVERYTHING, "", "", Set.of(), Restarts.ANY);

  /** How often the containers have restarted. */
  public enum Restarts {
    /** Any number of times. */
    ANY,
    /** Never. */
    NONE
  }

  /** Copies the policies. */
  public Match {
    restartPolicies = Set.copyOf(restartPolicies);
  }

  /** Pods with a label. */
  public static Match label(String name, String value) {
    return ALL.with(LabelSelector.ofLabels(Map.of(name, value)));
  }

  /** The same with other labels. */
  public Match with(LabelSelector other) {
    return new Match(other, namespace, owner, restartPolicies, restarts);
  }

  /** The same in one namespace. */
  public Match in(String other) {
    return new Match(labels, other, owner, restartPolicies, restarts);
  }

  /** The same with a controller of that kind. */
  public Match ownedBy(String kind) {
    return new Match(labels, namespace, kind, restartPolicies, restarts);
  }

  /** The same with one of these restart policies. */
  public Match restarting(Set<String> policies) {
    return new Match(labels, namespace, owner, policies, restarts);
  }

  /** The same, as long as they have not restarted. */
  public Match beforeRestart() {
    return new Match(labels, namespace, owner, restartPolicies, Restarts.NONE);
  }

  /** Whether the pod is meant. */
  public boolean test(KubeObject pod) {
    return (namespace.isEmpty() || namespace.equals(pod.namespace()))
        && (restartPolicies.isEmpty() || restartPolicies.contains(pod.spec().text("restartPolicy")))
        && (restarts == Restarts.ANY || Pods.maxRestarts(pod) == 0)
        && (owner.isEmpty()
            || pod.controller().map(OwnerReference::kind).filter(owner::equals).isPresent())
        && labels.test(pod.labels());
  }
}
