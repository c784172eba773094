package io.kuber.controller.podautoscaler;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import io.kuber.view.Pods;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks each metric of an autoscaler how many replicas it wants. */
final class Proposals {
  private final Metrics metrics;
  private final KubeObject scaler;
  private final Target target;
  private final LabelSelector selector;
  private final List<KubeObject> pods;
  private final ReplicaCount count;
  private final Instant now;

  Proposals(
      Metrics metrics,
      KubeObject scaler,
      Target target,
      LabelSelector selector,
      List<KubeObject> pods,
      Instant now) {
    this.metrics = metrics;
    this.scaler = scaler;
    this.target = target;
    this.selector = selector;
    this.pods = pods;
    this.now = now;
    this.count =
        new ReplicaCount(
            target.replicas(),
            Rules.of(scaler, "scaleUp").tolerance(),
            Rules.of(scaler, "scaleDown").tolerance());
  }

  /** One proposal for each metric, in their order. */
  List<Proposal> all() {
    return scaler.spec().items("metrics").trees().stream().map(this::one).toList();
  }

  private Proposal one(Tree metric) {
    return switch (metric.text("type")) {
      case "Resource" -> ofResource(metric.tree("resource"));
      case "ContainerResource" -> ofContainer(metric.tree("containerResource"));
      case "Pods" -> ofPods(metric.tree("pods"));
      case "Object" -> ofObject(metric.tree("object"));
      case "External" -> ofExternal(metric.tree("external"));
      default -> {
        String cause = "unknown metric source type \"%s\"".formatted(metric.text("type"));
        yield new Proposal.Failure("InvalidMetricSourceType", cause, cause);
      }
    };
  }

  private Proposal ofResource(Tree source) {
    String name = source.text("name");
    try {
      Proposal.Count asked = resource(name, "").propose(source.tree("target"));
      return told(asked, "Resource", "resource", Tree.of("name", name, "current", asked.status()));
    } catch (Metrics.UnavailableException unavailable) {
      return resourceFailure(
          "FailedGetResourceMetric", source, name + " resource metric", unavailable);
    }
  }

  private Proposal ofContainer(Tree source) {
    String name = source.text("name");
    String container = source.text("container");
    try {
      Proposal.Count asked = resource(name, container).propose(source.tree("target"));
      Tree status = Tree.of("name", name, "container", container, "current", asked.status());
      return told(asked, "ContainerResource", "containerResource", status);
    } catch (Metrics.UnavailableException unavailable) {
      return resourceFailure(
          "FailedGetContainerResourceMetric", source, container + " container metric", unavailable);
    }
  }

  private ResourceProposal resource(String name, String container) {
    return new ResourceProposal(
        metrics, scaler.namespace(), selector, pods, count, now, name, container);
  }

  private static Proposal told(Proposal.Count asked, String type, String field, Tree status) {
    return new Proposal.Count(
        asked.replicas(), asked.metric(), Tree.of("type", type, field, status));
  }

  private static Proposal resourceFailure(
      String reason, Tree source, String what, Metrics.UnavailableException unavailable) {
    boolean byValue = source.tree("target").has("averageValue");
    String cause =
        "failed to get %s %s: %s"
            .formatted(
                source.text("name"), byValue ? "usage" : "utilization", unavailable.getMessage());
    return new Proposal.Failure(reason, cause, "failed to get %s value: %s".formatted(what, cause));
  }

  private Proposal ofPods(Tree source) {
    String name = source.text("metric", "name");
    long wanted = milli(source, "averageValue");
    try {
      Map<String, Long> values = new HashMap<>();
      metrics
          .ofPods(scaler.namespace(), name, selector, metricSelector(source))
          .forEach((pod, value) -> values.put(pod, value.milliValue()));
      if (pods.isEmpty()) {
        throw new Metrics.UnavailableException(
            "no pods returned by selector while calculating replica count");
      }
      PodGroups groups = PodGroups.of(pods, values, pod -> false);
      if (groups.values().isEmpty()) {
        throw new Metrics.UnavailableException(
            "did not receive metrics for targeted pods (pods might be unready)");
      }
      long replicas =
          count.ofPods(groups, v -> ResourceProposal.average(v) / (double) wanted, pod -> wanted);
      Tree current = average(ResourceProposal.average(groups.values()));
      Tree status = Tree.of("metric", source.tree("metric"), "current", current);
      return new Proposal.Count(
          replicas, "pods metric " + name, Tree.of("type", "Pods", "pods", status));
    } catch (Metrics.UnavailableException unavailable) {
      return failure("FailedGetPodsMetric", name, "pods metric value", unavailable);
    }
  }

  private Proposal ofObject(Tree source) {
    String name = source.text("metric", "name");
    Tree object = source.tree("describedObject");
    try {
      long value =
          metrics.ofObject(scaler.namespace(), name, object, metricSelector(source)).milliValue();
      Tree status = Tree.of("metric", source.tree("metric"), "describedObject", object);
      String metric = "%s metric %s".formatted(object.text("kind"), name);
      return byTotal(source, value, metric, "Object", "object", status);
    } catch (Metrics.UnavailableException unavailable) {
      return failure("FailedGetObjectMetric", name, "object metric value", unavailable);
    }
  }

  private Proposal ofExternal(Tree source) {
    String name = source.text("metric", "name");
    try {
      long value =
          metrics.external(scaler.namespace(), name, metricSelector(source)).stream()
              .mapToLong(Quantity::milliValue)
              .sum();
      String metric = "external metric %s(%s)".formatted(name, metricSelector(source));
      return byTotal(
          source, value, metric, "External", "external", Tree.of("metric", source.tree("metric")));
    } catch (Metrics.UnavailableException unavailable) {
      return failure("FailedGetExternalMetric", name, name + " external metric value", unavailable);
    }
  }

  private Proposal byTotal(
      Tree source, long value, String metric, String type, String field, Tree status) {
    boolean shared = source.tree("target").has("averageValue");
    long replicas =
        shared
            ? count.ofShares(value, milli(source, "averageValue"), Math.max(1, target.present()))
            : count.ofRatio(value / (double) milli(source, "value"), readyPods());
    Tree current =
        shared
            ? average(ReplicaCount.ceil(value / (double) Math.max(1, target.present())))
            : Tree.of("value", Quantity.ofMilli(value).toString());
    return new Proposal.Count(
        replicas, metric, Tree.of("type", type, field, status.with("current", current)));
  }

  private long readyPods() {
    return pods.stream()
        .filter(pod -> Pods.phase(pod).equals("Running") && Pods.isReady(pod))
        .count();
  }

  private static Tree average(long milli) {
    return Tree.of("averageValue", Quantity.ofMilli(milli).toString());
  }

  private static long milli(Tree source, String field) {
    return Quantity.of(source.tree("target").get(field)).milliValue();
  }

  private static LabelSelector metricSelector(Tree source) {
    return source.at("metric", "selector") instanceof Tree tree
        ? LabelSelector.of(tree)
        : LabelSelector.EVERYTHING;
  }

  private static Proposal failure(
      String reason, String name, String what, Metrics.UnavailableException unavailable) {
    String cause = "unable to get metric %s: %s".formatted(name, unavailable.getMessage());
    return new Proposal.Failure(reason, cause, "failed to get %s: %s".formatted(what, cause));
  }
}
