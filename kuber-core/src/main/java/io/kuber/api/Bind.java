package io.kuber.api;

import io.kuber.api.ApiAnswer.Success;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * {@code pods/binding}: gives a pod its node, once and for all. Admission is shown the Binding, not
 * the pod (registry/core/pod/storage/storage.go, BindingREST).
 */
final class Bind {
  private final InstantSource clock;
  private final Admission admission;
  private final Rewrite rewrite;
  private final Commit commit;

  Bind(InstantSource clock, Admission admission, Commit commit) {
    this.clock = clock;
    this.admission = admission;
    this.rewrite = new Rewrite(Admission.Request::object);
    this.commit = commit;
  }

  /**
   * Answers a Binding that was posted to a pod.
   *
   * @param served the kind of pods
   */
  CompletionStage<ApiAnswer> handle(ApiRequest request, Served served) {
    KubeObject binding = SentPart.placed(request, Resources.PODS, "v1", "Binding");
    return bind(new Shown(request, served, binding), request, new Lens(served, Facet.WHOLE));
  }

  /**
   * Answers a Binding that was posted for itself, and names its pod.
   *
   * @param bindings the kind of Bindings
   * @param pods the kind of pods
   */
  CompletionStage<ApiAnswer> handle(ApiRequest request, Served bindings, Served pods) {
    KubeObject binding = SentPart.placed(request, Resources.BINDINGS, "v1", "Binding");
    ApiRequest named =
        ApiRequest.of(
                Verb.CREATE, Resources.PODS, request.namespace(), binding.name(), request.user())
            .of("binding")
            .with(request.write());
    return bind(new Shown(request, bindings, binding), named, new Lens(pods, Facet.WHOLE));
  }

  /** What admission is shown: the request as it came, and the Binding. */
  private record Shown(ApiRequest request, Served served, KubeObject binding) {
    KubeObject admitted(Admission admission, Image image) {
      return admission.admit(
          new Admission.Request(
              Verb.CREATE,
              served.kind(),
              request.subresource(),
              binding,
              null,
              request.user(),
              image,
              new Said(request).part()));
    }
  }

  private CompletionStage<ApiAnswer> bind(Shown shown, ApiRequest named, Lens pods) {
    return commit
        .run(
            named.write().dryRun(),
            image -> {
              KubeObject binding = shown.admitted(admission, image);
              checkTarget(named.name(), binding.tree().tree("target"));
              return rewrite.decide(
                  named, pods, image, pod -> bound(pod, binding), Owners.Rule.KEEP);
            })
        .thenApply(done -> new Success(Successes.status(Tree.EMPTY), true));
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
    Preconditions.checkUid(Resources.PODS, binding.uid(), pod);
    if (pod.isBeingDeleted()) {
      throw refused(pod, "pod " + pod.name() + " is being deleted, cannot be assigned to a host");
    }
    String node = pod.spec().text("nodeName");
    if (!node.isEmpty()) {
      throw refused(pod, "pod " + pod.name() + " is already assigned to node \"" + node + "\"");
    }
    if (!pod.spec().items("schedulingGates").isEmpty()) {
      throw refused(pod, "pod " + pod.name() + " has non-empty .spec.schedulingGates");
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
