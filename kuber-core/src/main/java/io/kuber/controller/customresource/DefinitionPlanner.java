package io.kuber.controller.customresource;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides what the statuses of the definitions of one group say.
 *
 * <p><b>Invariant:</b> a name that one plan takes back is free for others in the next, when it is
 * known that the first no longer has it.
 */
final class DefinitionPlanner {
  private static final ResourceType TYPE = Resources.CUSTOM_RESOURCE_DEFINITIONS;
  private static final String ESTABLISHED = "Established";

  /** Names go to whoever was there first. */
  private static final Comparator<KubeObject> BY_AGE =
      Comparator.comparing(KubeObject::createdAt).thenComparing(KubeObject::name);

  private DefinitionPlanner() {}

  /**
   * Plans for all definitions of a group, those on their way out included: they keep their names
   * until they are gone.
   */
  static Plan plan(List<KubeObject> definitions, Instant now) {
    List<KubeObject> claims = new ArrayList<>(definitions);
    List<Action> writes = new ArrayList<>();
    for (KubeObject definition : definitions.stream().sorted(BY_AGE).toList()) {
      Tree status = status(definition, claims, now);
      if (!definition.isBeingDeleted() && !status.equals(definition.status())) {
        KubeObject written = definition.with(status, "status");
        writes.add(Action.updateStatus(TYPE, written));
        claims.add(written);
      }
    }
    return Plan.builder().together(writes).build();
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
}
