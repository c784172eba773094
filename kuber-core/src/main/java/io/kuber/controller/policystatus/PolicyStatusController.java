package io.kuber.controller.policystatus;

import io.kuber.admission.policy.TypeCheck;
import io.kuber.admission.policy.TypeCheck.Warning;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks once at each generation of a ValidatingAdmissionPolicy: a kind that comes to be known later
 * changes nothing, as upstream.
 */
public final class PolicyStatusController implements Controller {
  private final Supplier<Catalogue> catalogue;

  /** Holds policies against the kinds of now. */
  public PolicyStatusController(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "validatingadmissionpolicy-status-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.itself(Resources.VALIDATING_ADMISSION_POLICIES));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(policy -> policy.generation() > policy.status().number(0, "observedGeneration"))
        .map(this::looked)
        .orElse(Plan.NOTHING);
  }

  private Plan looked(KubeObject policy) {
    List<Tree> warnings =
        TypeCheck.of(policy, catalogue.get()).stream().map(PolicyStatusController::tree).toList();
    Tree found =
        warnings.isEmpty() ? Tree.EMPTY : Tree.of("expressionWarnings", Items.copyOf(warnings));
    Tree status =
        policy.status().with("observedGeneration", policy.generation()).with("typeChecking", found);
    return Plan.of(
        Action.updateStatus(
            Resources.VALIDATING_ADMISSION_POLICIES, policy.with(status, "status")));
  }

  private static Tree tree(Warning warning) {
    return Tree.of("fieldRef", warning.field(), "warning", warning.text());
  }
}
