package io.kuber.controller.job;

import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A job and its pods at one moment, and what the planner makes of them. */
final class Scene {
  static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private final KubeObject job;
  private final List<KubeObject> pods = new ArrayList<>();

  private Scene(KubeObject job) {
    this.job = job;
  }

  /** A job with that spec and status, both in YAML. */
  static Scene of(String spec, String status) {
    Tree template =
        yaml(
            "{metadata: {labels: {job: j}}, spec: {restartPolicy: Never, containers: [{name: c}]}}");
    Tree complete = yaml(spec).withDefault("template", template);
    return new Scene(
        KubeObject.of(
            Tree.of(
                "apiVersion",
                "batch/v1",
                "kind",
                "Job",
                "metadata",
                Tree.of("name", "j", "namespace", "default", "uid", "job-uid"),
                "spec",
                complete,
                "status",
                yaml(status))));
  }

  static Scene of(String spec) {
    return of(spec, "{startTime: '2026-01-01T00:59:00Z'}");
  }

  static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** So many pods of that kind: running, ready, succeeded, failed, going; no index if negative. */
  Scene with(int count, String kind, int index) {
    for (int i = 0; i < count; i++) {
      pods.add(pod("p" + pods.size(), kind, index, true));
    }
    return this;
  }

  Scene with(int count, String kind) {
    return with(count, kind, -1);
  }

  /** A pod that was counted: it has no finalizer any more. */
  Scene withCounted(String kind) {
    pods.add(pod("p" + pods.size(), kind, -1, false));
    return this;
  }

  Scene with(KubeObject pod) {
    pods.add(pod);
    return this;
  }

  /** A pod that ended, or became what it is, five minutes ago. */
  static KubeObject pod(String name, String kind, int index, boolean tracked) {
    String phase =
        switch (kind) {
          case "succeeded" -> "Succeeded";
          case "failed" -> "Failed";
          default -> "Running";
        };
    Tree tree =
        yaml(
            """
            metadata: {name: %1$s, namespace: default, uid: %1$s, creationTimestamp: '2026-01-01T00:30:00Z'}
            spec: {nodeName: n, containers: [{name: c}]}
            status:
              phase: %2$s
              conditions: [{type: Ready, status: '%3$s', lastTransitionTime: '2026-01-01T00:55:00Z'}]
            """
                .formatted(name, phase, kind.equals("ready") ? "True" : "False"));
    KubeObject pod = KubeObject.of(tree);
    if (tracked) {
      pod = pod.with(Items.of(JobPod.FINALIZER), "metadata", "finalizers");
    }
    if (index >= 0) {
      pod = pod.with(Integer.toString(index), "metadata", "annotations", JobPod.INDEX);
    }
    return kind.equals("going")
        ? pod.with("2026-01-01T00:55:00Z", "metadata", "deletionTimestamp")
        : pod;
  }

  Plan plan() {
    return JobPlanner.plan(job, pods, NOW);
  }

  private Stream<Action> actions() {
    return plan().actions().stream()
        .map(action -> action instanceof Action.Announced told ? told.action() : action);
  }

  List<KubeObject> created() {
    return actions()
        .filter(Action.Create.class::isInstance)
        .map(action -> ((Action.Create) action).object())
        .toList();
  }

  /** The indexes of the new pods, in order. */
  List<String> createdIndexes() {
    return created().stream().map(pod -> pod.annotations().getOrDefault(JobPod.INDEX, "")).toList();
  }

  List<String> deleted() {
    return actions()
        .filter(Action.Delete.class::isInstance)
        .map(action -> ((Action.Delete) action).name())
        .toList();
  }

  /** The pods that lose their finalizer. */
  List<String> released() {
    return actions()
        .filter(Action.Patch.class::isInstance)
        .map(action -> (Action.Patch) action)
        .filter(patch -> patch.type().equals(Resources.PODS))
        .map(Action.Patch::name)
        .toList();
  }

  List<String> notes() {
    return actions()
        .filter(Action.Emit.class::isInstance)
        .map(action -> ((Action.Emit) action).note().reason())
        .toList();
  }

  /** The status as it will be. */
  Tree status() {
    return actions()
        .filter(Action.UpdateSubresource.class::isInstance)
        .map(action -> ((Action.UpdateSubresource) action).object().status())
        .reduce((first, last) -> last)
        .orElse(job.status());
  }

  /** The condition as TYPE=STATUS/REASON; empty when there is none. */
  String condition(String type) {
    return Condition.find(status(), type)
        .map(found -> found.type() + "=" + found.status() + "/" + found.reason())
        .orElse("");
  }

  /** What the condition says. */
  String message(String type) {
    return Condition.find(status(), type).orElseThrow().tree().text("message");
  }
}
