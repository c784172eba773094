package io.kuber.resource.builtin.registration;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Texts;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code admissionregistration.k8s.io/v1 MutatingAdmissionPolicy}. */
final class MutatingPolicies implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.MUTATING_ADMISSION_POLICIES,
              new MutatingPolicies(),
              Columns.none()
                  .name()
                  .integer("Mutations", (p, now) -> (long) p.spec().items("mutations").size())
                  .text("ParamKind", (policy, now) -> Policies.paramKind(policy))
                  .age())
          .with(Trait.GENERATION);

  private static final FieldPath MUTATIONS = FieldPath.SPEC.child("mutations");

  /** The field that each type of patch fills. */
  private static final Map<String, String> FIELDS =
      Map.of("ApplyConfiguration", "applyConfiguration", "JSONPatch", "jsonPatch");

  private MutatingPolicies() {}

  @Override
  public KubeObject defaulted(KubeObject policy) {
    return policy.withChild(
        "spec",
        spec ->
            spec.withDefault("failurePolicy", "Fail")
                .withDefault("reinvocationPolicy", "Never")
                .withChild("matchConstraints", Policies::match));
  }

  @Override
  public void check(KubeObject policy, Problems problems) {
    Policies.check(policy, problems);
    Texts.checkOneOf(
        FieldPath.SPEC, policy.spec(), "reinvocationPolicy", MatchCheck.REINVOCATIONS, problems);
    List<Tree> mutations = policy.spec().items("mutations").trees();
    if (mutations.isEmpty()) {
      problems.required(MUTATIONS, "mutations must contain at least one item");
    }
    for (int i = 0; i < mutations.size(); i++) {
      checkMutation(MUTATIONS.index(i), mutations.get(i), problems);
    }
  }

  private static void checkMutation(FieldPath field, Tree mutation, Problems problems) {
    String type = mutation.text("patchType");
    String own = FIELDS.get(type);
    if (type.isEmpty()) {
      problems.required(field.child("patchType"), "");
    } else if (own == null) {
      problems.notSupported(field.child("patchType"), type, new TreeSet<>(FIELDS.keySet()));
    } else if (mutation.text(own, "expression").isBlank()) {
      problems.required(field.child(own, "expression"), "expression is not specified");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
