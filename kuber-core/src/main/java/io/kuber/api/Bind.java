package io.kuber.api;

import io.kuber.api.ApiAnswer.Success;
import io.kuber.api.ApiRequest.Body;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code pods/binding}: gives a pod its node, once and for all. */
final class Bind {
  private final InstantSource clock;
  private final Rewrite rewrite;
  private final Commit commit;

  Bind(InstantSource clock, Rewrite rewrite, Commit commit) {
    this.clock = clock;
    this.rewrite = rewrite;
    this.commit = commit;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Lens pods) {
    Tree binding = request.body() instanceof Body.Whole body ? body.object() : Tree.EMPTY;
    checkTarget(request.name(), binding.tree("target"));
    return commit
        .run(
            request.write().dryRun(),
            image ->
                rewrite.decide(
                    request,
                    pods,
                    image,
                    pod -> bound(pod, KubeObject.of(binding)),
                    Owners.Rule.KEEP))
        .thenApply(done -> new Success(Successes.status(Tree.EMPTY), true));
  }

  /** A posted Binding as a request about the pod that it names. */
  static ApiRequest named(ApiRequest request) {
    Tree binding = request.body() instanceof Body.Whole body ? body.object() : Tree.EMPTY;
    return ApiRequest.of(
            Verb.CREATE,
            Resources.PODS,
            request.namespace(),
            binding.text("metadata", "name"),
            request.user())
        .of("binding")
        .with(request.body())
        .with(request.write());
  }

  private static void checkTarget(String name, Tree target) {
    Problems problems = new Problems();
    FieldPath path = FieldPath.ROOT.child("target");
    if (!target.text("kind").isEmpty() && !target.text("kind").equals("Node")) {
      problems.notSupported(path.child("kind"), target.text("kind"), List.of("Node", "<empty>"));
    }
    if (target.text("name").isEmpty()) {
      problems.required(path.child("name"), "");
    }
    if (!problems.isEmpty()) {
      throw Failures.invalid(Resources.BINDINGS, name, problems.found());
    }
  }

  private KubeObject bound(KubeObject pod, KubeObject binding) {
    if (pod.isBeingDeleted()) {
      throw refused(pod, "pod " + pod.name() + " is being deleted, cannot be assigned to a host");
    }
    String node = pod.spec().text("nodeName");
    if (!node.isEmpty()) {
      throw refused(pod, "pod " + pod.name() + " is already assigned to node \"" + node + "\"");
    }
    KubeObject bound =
        pod.with(binding.tree().text("target", "name"), "spec", "nodeName")
            .with(scheduled(pod.status().items("conditions")), "status", "conditions");
    for (Map.Entry<String, String> note : binding.annotations().entrySet()) {
      bound = bound.with(note.getValue(), "metadata", "annotations", note.getKey());
    }
    return bound;
  }

  /** The conditions with PodScheduled true, since now. */
  private Items scheduled(Items conditions) {
    List<Object> changed = new ArrayList<>();
    for (Tree condition : conditions.trees()) {
      if (!condition.text("type").equals("PodScheduled")) {
        changed.add(condition);
      }
    }
    changed.add(
        Tree.of(
            "type", "PodScheduled",
            "status", "True",
            "lastTransitionTime", Times.text(clock.instant())));
    return Items.copyOf(changed);
  }

  private static ApiException refused(KubeObject pod, String why) {
    return new ApiException(
        StatusReason.CONFLICT,
        "Operation cannot be fulfilled on pods/binding \"" + pod.name() + "\": " + why,
        new ApiException.Details(pod.name(), "", "pods/binding", "", List.of(), 0));
  }
}
