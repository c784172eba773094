package io.kuber.resource.builtin.registration;

import io.kuber.cel.value.Identifiers;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.check.Texts;
import io.kuber.selector.LabelSelector;
import java.util.List;

/** What both kinds of admission policies have in common, and what both kinds of bindings have. */
final class Policies {
  private static final FieldPath PARAM_KIND = FieldPath.SPEC.child("paramKind");
  private static final FieldPath PARAM_REF = FieldPath.SPEC.child("paramRef");

  private Policies() {}

  /** The column that names the kind of a policy's parameters. */
  static String paramKind(KubeObject policy) {
    Tree kind = policy.spec().tree("paramKind");
    return policy.spec().has("paramKind")
        ? kind.text("apiVersion") + "/" + kind.text("kind")
        : "<unset>";
  }

  /** The columns of bindings. */
  static Columns ofBinding() {
    return Columns.none()
        .name()
        .text("PolicyName", (binding, now) -> binding.spec().text("policyName"))
        .text("ParamRef", (binding, now) -> paramRef(binding.spec()))
        .age();
  }

  private static String paramRef(Tree spec) {
    Tree ref = spec.tree("paramRef");
    if (!ref.text("name").isEmpty()) {
      String namespace = ref.text("namespace");
      return (namespace.isEmpty() ? "*" : namespace) + "/" + ref.text("name");
    }
    return ref.has("selector") ? LabelSelector.of(ref.tree("selector")).toString() : "<unset>";
  }

  /** The match of a policy or a binding with all that is left out. */
  static Tree match(Tree match) {
    return match
        .withDefault("matchPolicy", "Equivalent")
        .withDefault("namespaceSelector", Tree.EMPTY)
        .withDefault("objectSelector", Tree.EMPTY)
        .withEach("resourceRules", rule -> rule.withDefault("scope", "*"))
        .withEach("excludeResourceRules", rule -> rule.withDefault("scope", "*"));
  }

  /** A binding with all that is left out. */
  static KubeObject binding(KubeObject binding) {
    return binding.withChild(
        "spec",
        spec ->
            spec.withChild("matchResources", Policies::match)
                .withChild("paramRef", ref -> ref.withDefault("parameterNotFoundAction", "Deny")));
  }

  /** Reports what is wrong with what both kinds of policies say. */
  static void check(KubeObject policy, Problems problems) {
    MetadataCheck.check(policy, Names.SUBDOMAIN, problems);
    Tree spec = policy.spec();
    Texts.checkOneOf(FieldPath.SPEC, spec, "failurePolicy", MatchCheck.FAILURE_POLICIES, problems);
    if (spec.has("paramKind")) {
      checkParamKind(spec.tree("paramKind"), problems);
    }
    FieldPath constraints = FieldPath.SPEC.child("matchConstraints");
    if (spec.has("matchConstraints")) {
      MatchCheck.checkResources(constraints, spec.tree("matchConstraints"), problems);
      if (spec.items("matchConstraints", "resourceRules").isEmpty()) {
        problems.required(constraints.child("resourceRules"), "");
      }
    } else {
      problems.required(constraints, "");
    }
    MatchCheck.checkConditions(
        FieldPath.SPEC.child("matchConditions"), spec.items("matchConditions"), problems);
    checkVariables(spec.items("variables").trees(), problems);
  }

  private static void checkParamKind(Tree kind, Problems problems) {
    String[] parts = kind.text("apiVersion").split("/", -1);
    FieldPath version = PARAM_KIND.child("apiVersion");
    if (kind.text("apiVersion").isEmpty()) {
      problems.required(version, "");
    } else if (parts.length > 2) {
      problems.invalid(
          version,
          kind.text("apiVersion"),
          "unexpected GroupVersion string: " + kind.text("apiVersion"));
    } else {
      if (parts.length == 2) {
        Names.SUBDOMAIN.check(version, parts[0], problems);
      }
      Names.LABEL_1035.check(version, parts[parts.length - 1], problems);
    }
    Texts.checkSet(PARAM_KIND, kind, "kind", problems);
  }

  private static void checkVariables(List<Tree> variables, Problems problems) {
    for (int i = 0; i < variables.size(); i++) {
      FieldPath field = FieldPath.SPEC.child("variables").index(i);
      String name = variables.get(i).text("name");
      if (name.isBlank()) {
        problems.required(field.child("name"), "name is not specified");
      } else if (!Identifiers.isIdentifier(name)) {
        problems.invalid(field.child("name"), name, "name is not a valid CEL identifier");
      }
      if (variables.get(i).text("expression").isBlank()) {
        problems.required(field.child("expression"), "expression is not specified");
      }
    }
  }

  /** Reports what is wrong with what both kinds of bindings say. */
  static void checkBinding(KubeObject binding, Problems problems) {
    MetadataCheck.check(binding, Names.SUBDOMAIN, problems);
    Tree spec = binding.spec();
    Texts.checkSet(FieldPath.SPEC, spec, "policyName", Names.SUBDOMAIN, problems);
    if (spec.has("paramRef")) {
      checkParamRef(spec.tree("paramRef"), problems);
    }
    if (spec.has("matchResources")) {
      // The misspelling is that of Kubernetes.
      MatchCheck.checkResources(
          FieldPath.SPEC.child("matchResouces"), spec.tree("matchResources"), problems);
    }
  }

  private static void checkParamRef(Tree ref, Problems problems) {
    boolean named = !ref.text("name").isEmpty();
    Texts.checkForm(PARAM_REF, ref, "name", NameForm.PATH_SEGMENT, problems);
    if (named && ref.has("selector")) {
      problems.forbidden(PARAM_REF.child("name"), "name and selector are mutually exclusive");
      problems.forbidden(PARAM_REF.child("selector"), "name and selector are mutually exclusive");
    } else if (!named && !ref.has("selector")) {
      problems.required(PARAM_REF, "one of name or selector must be specified");
    }
    SelectorCheck.check(PARAM_REF.child("selector"), ref.tree("selector"), problems);
    Texts.checkOneOf(PARAM_REF, ref, "parameterNotFoundAction", List.of("Deny", "Allow"), problems);
  }
}
