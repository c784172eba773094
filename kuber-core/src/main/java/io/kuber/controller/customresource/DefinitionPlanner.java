package io.kuber.controller.customresource;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.custom.Approval;
import io.kuber.resource.custom.DefinitionCheck;
import io.kuber.view.Condition;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Decides what the status of a definition says, and how one that is being deleted goes. */
final class DefinitionPlanner {
  /** Holds a definition until its last object is gone. */
  static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

  /** Objects deleted by one plan; the changes they make bring the next. */
  private static final int MAX_DELETIONS_PER_PLAN = 500;

  private static final ResourceType TYPE = Resources.CUSTOM_RESOURCE_DEFINITIONS;
  private static final String ESTABLISHED = "Established";
  private static final String TERMINATING = "Terminating";

  private DefinitionPlanner() {}

  /**
   * Plans for a definition.
   *
   * @param all definitions, this one included
   * @param type of its objects, in the stored version
   * @param objects of the definition; asked for only while it is being deleted
   */
  static Plan plan(
      KubeObject definition,
      List<KubeObject> all,
      ResourceType type,
      List<KubeObject> objects,
      Instant now) {
    return definition.isBeingDeleted()
        ? planDeletion(definition, type, objects, now)
        : planStatus(definition, status(definition, all, now));
  }

  private static Plan planStatus(KubeObject definition, Tree status) {
    return status.equals(definition.status())
        ? Plan.NOTHING
        : Plan.of(Action.updateStatus(TYPE, definition.with(status, "status")));
  }

  private static Tree status(KubeObject definition, List<KubeObject> all, Instant now) {
    AcceptedNames names = AcceptedNames.of(definition, all);
    String accepted = names.areAll() ? "True" : "False";
    Tree status = definition.status().with("acceptedNames", names.names());
    status =
        Condition.of("NamesAccepted", accepted, names.reason(), names.message(), now)
            .putInto(status);
    status = established(status, names, now);
    status = approval(definition, status, now);
    return structure(definition, status, now);
  }

  /** Once established, a definition stays so, whatever names it asks for later. */
  private static Tree established(Tree status, AcceptedNames names, Instant now) {
    if (Condition.find(status, ESTABLISHED).filter(Condition::isTrue).isPresent()) {
      return status;
    }
    Condition condition =
        names.areAll()
            ? Condition.of(
                ESTABLISHED,
                "True",
                "InitialNamesAccepted",
                "the initial names have been accepted",
                now)
            : Condition.of(ESTABLISHED, "False", "NotAccepted", "not all names are accepted", now);
    return condition.putInto(status);
  }

  private static Tree approval(KubeObject definition, Tree status, Instant now) {
    String type = "KubernetesAPIApprovalPolicyConformant";
    Approval approval = Approval.of(definition);
    String reason =
        switch (approval.state()) {
          case NOT_NEEDED -> "";
          case MISSING -> "MissingAnnotation";
          case INVALID -> "InvalidAnnotation";
          case BYPASSED -> "UnapprovedAnnotation";
          case APPROVED -> "ApprovedAnnotation";
        };
    if (reason.isEmpty()) {
      return Condition.removeFrom(status, type);
    }
    String conforms = approval.state() == Approval.State.APPROVED ? "True" : "False";
    return Condition.of(type, conforms, reason, approval.reason(), now).putInto(status);
  }

  /** Only definitions of old, which keep unknown fields, may have schemas without structure. */
  private static Tree structure(KubeObject definition, Tree status, Instant now) {
    String type = "NonStructuralSchema";
    Problems problems = new Problems();
    DefinitionCheck.checkStructure(definition, FieldPath.SPEC, problems);
    if (problems.isEmpty()) {
      return Condition.removeFrom(status, type);
    }
    String message =
        problems.found().stream().map(Problem::toString).collect(Collectors.joining(", "));
    String shown = problems.found().size() == 1 ? message : "[" + message + "]";
    return Condition.of(type, "True", "Violations", shown, now).putInto(status);
  }

  private static Plan planDeletion(
      KubeObject definition, ResourceType type, List<KubeObject> objects, Instant now) {
    if (!definition.finalizers().contains(FINALIZER)) {
      return Plan.NOTHING;
    }
    if (objects.isEmpty()) {
      Items others = definition.metadata().items("finalizers").without(FINALIZER);
      return Plan.of(new Action.Update(TYPE, definition.with(others, "metadata", "finalizers")));
    }
    Tree status =
        Condition.of(
                TERMINATING,
                "True",
                "InstanceDeletionInProgress",
                "CustomResource deletion is in progress",
                now)
            .putInto(definition.status());
    Plan.Builder plan = Plan.builder();
    if (!status.equals(definition.status())) {
      plan.then(Action.updateStatus(TYPE, definition.with(status, "status")));
    }
    return plan.together(
            objects.stream()
                .filter(object -> !object.isBeingDeleted())
                .limit(MAX_DELETIONS_PER_PLAN)
                .map(object -> Action.delete(type, object))
                .toList())
        .build();
  }
}
