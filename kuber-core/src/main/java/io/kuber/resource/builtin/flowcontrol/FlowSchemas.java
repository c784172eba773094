package io.kuber.resource.builtin.flowcontrol;

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
import io.kuber.resource.check.Names;
import java.util.List;

/** {@code flowcontrol.apiserver.k8s.io/v1 FlowSchema}: requests that share a priority level. */
final class FlowSchemas implements KindRules {
  private static final String LEVEL = "priorityLevelConfiguration";
  private static final int MAX_PRECEDENCE = 10_000;
  private static final int DEFAULT_PRECEDENCE = 1_000;
  private static final List<String> METHODS = List.of("ByNamespace", "ByUser");

  static final Kind KIND =
      Kind.of(
              Resources.FLOW_SCHEMAS,
              new FlowSchemas(),
              Columns.none()
                  .name()
                  .text("PriorityLevel", (schema, now) -> schema.spec().text(LEVEL, "name"))
                  .text("MatchingPrecedence", (schema, now) -> precedence(schema.spec()))
                  .text("DistinguisherMethod", (schema, now) -> method(schema.spec()))
                  .age()
                  .text("MissingPL", (schema, now) -> dangling(schema.status())))
          .with(Trait.STATUS, Trait.GENERATION);

  private FlowSchemas() {}

  private static long precedence(Tree spec) {
    return spec.number(0, "matchingPrecedence");
  }

  private static String method(Tree spec) {
    return spec.has("distinguisherMethod") ? spec.text("distinguisherMethod", "type") : "<none>";
  }

  private static String dangling(Tree status) {
    return status.items("conditions").trees().stream()
        .filter(condition -> condition.text("type").equals("Dangling"))
        .map(condition -> condition.text("status"))
        .findFirst()
        .orElse("?");
  }

  @Override
  public KubeObject defaulted(KubeObject schema) {
    Tree spec = schema.spec();
    return precedence(spec) == 0
        ? schema.with((long) DEFAULT_PRECEDENCE, "spec", "matchingPrecedence")
        : schema;
  }

  @Override
  public void check(KubeObject schema, Problems problems) {
    MetadataCheck.check(schema, Names.SUBDOMAIN, problems);
    Tree spec = schema.spec();
    checkPrecedence(schema.name(), precedence(spec), problems);
    if (spec.has("distinguisherMethod")) {
      checkMethod(spec.text("distinguisherMethod", "type"), problems);
    }
    FieldPath level = FieldPath.SPEC.child(LEVEL, "name");
    if (spec.text(LEVEL, "name").isEmpty()) {
      problems.required(level, "must reference a priority level");
    } else {
      Names.SUBDOMAIN.check(level, spec.text(LEVEL, "name"), problems);
    }
    FlowRuleCheck.check(spec.items("rules"), problems);
    Fixed.check(Fixed.SCHEMAS, schema, problems);
  }

  /** Kubernetes shows the whole method, by the name that its type has inside it. */
  private static void checkMethod(String type, Problems problems) {
    if (!METHODS.contains(type)) {
      problems.notSupported(
          FieldPath.SPEC.child("distinguisherMethod", "type"), Tree.of("Type", type), METHODS);
    }
  }

  private static void checkPrecedence(String name, long precedence, Problems problems) {
    FieldPath field = FieldPath.SPEC.child("matchingPrecedence");
    if (precedence <= 0) {
      problems.invalid(field, precedence, "must be a positive value");
    }
    if (precedence > MAX_PRECEDENCE) {
      problems.invalid(field, precedence, "must not be greater than " + MAX_PRECEDENCE);
    }
    if (precedence == 1 && !name.equals("exempt")) {
      problems.invalid(
          field, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    FlowRuleCheck.checkConditions(updated, problems);
  }
}
