package io.kuber.resource.custom;

import io.kuber.cel.CelRules;
import io.kuber.cel.CelVerdict;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of objects of one version of a definition (apiextensions-apiserver,
 * pkg/registry/customresource). Immutable.
 */
public final class CustomRules implements KindRules {
  /** After such problems expressions are not evaluated. */
  private static final Set<String> BLOCKING =
      Set.of(
          "FieldValueNotSupported",
          "FieldValueRequired",
          "FieldValueTooLong",
          "FieldValueTooMany",
          "FieldValueTypeInvalid");

  private final CompiledVersion version;
  private final boolean hasStatus;

  CustomRules(CompiledVersion version) {
    this.version = version;
    this.hasStatus = version.spec().hasStatus();
  }

  @Override
  public KubeObject defaulted(KubeObject object) {
    return version.defaulted(object);
  }

  @Override
  public KubeObject prepared(KubeObject created) {
    return hasStatus ? created.without("status") : created;
  }

  /** Everything but metadata is what is wanted; the status is not where it stands apart. */
  @Override
  public boolean isNewGeneration(KubeObject updated, KubeObject old) {
    return !wanted(updated).equals(wanted(old));
  }

  private Tree wanted(KubeObject object) {
    Tree rest = object.tree().without("metadata");
    return hasStatus ? rest.without("status") : rest;
  }

  @Override
  public void check(KubeObject object, Problems problems) {
    MetadataCheck.check(object, Names.SUBDOMAIN, problems);
    checkSchema(object, null, problems);
    ListCheck.check(object.tree(), version.schema(), FieldPath.ROOT, problems);
    checkRules(object, null, problems);
  }

  /** What was wrong before and did not change is no problem; neither are lists that were. */
  @Override
  public void checkReplacement(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.check(updated, Names.SUBDOMAIN, problems);
    checkSchema(updated, old, problems);
    Problems before = new Problems();
    ListCheck.check(old.tree(), version.schema(), FieldPath.ROOT, before);
    if (before.isEmpty()) {
      ListCheck.check(updated.tree(), version.schema(), FieldPath.ROOT, problems);
    }
    checkRules(updated, old, problems);
  }

  /** Expressions would stumble over values of wrong types, or of a size that was not reckoned. */
  private void checkRules(KubeObject object, @Nullable KubeObject old, Problems problems) {
    CelRules rules = version.rules();
    if (rules.isEmpty()) {
      return;
    }
    if (problems.found().stream().anyMatch(problem -> BLOCKING.contains(problem.type()))) {
      problems.invalid(
          FieldPath.ROOT,
          "null",
          "some validation rules were not checked because the object was invalid; correct the"
              + " existing errors to complete validation");
      return;
    }
    CelVerdict verdict =
        old == null ? rules.check(object.tree()) : rules.check(object.tree(), old.tree());
    verdict.problems().forEach(problems::add);
  }

  private void checkSchema(KubeObject object, @Nullable KubeObject old, Problems problems) {
    Structural schema = version.schema();
    SchemaCheck.check(object.tree(), old == null ? null : old.tree(), schema, "")
        .reportTo(problems);
    checkScale(object, problems);
    object
        .tree()
        .forEach(
            (name, part) ->
                EmbeddedCheck.check(
                    part, schema.field(name).orElse(null), FieldPath.ROOT.child(name), problems));
  }

  private void checkScale(KubeObject object, Problems problems) {
    ScaleSpec scale = version.spec().scale();
    if (scale != null) {
      checkReplicas(object, scale.specReplicas(), problems);
      checkReplicas(object, scale.statusReplicas(), problems);
      Object selector = object.tree().at(scale.selector().toArray(String[]::new));
      if (selector != null && !scale.selector().isEmpty() && !(selector instanceof String)) {
        problems.invalid(
            path(scale.selector()), "", wrongType(scale.selector(), selector, "string"));
      }
    }
  }

  private static void checkReplicas(KubeObject object, List<String> path, Problems problems) {
    Object replicas = object.tree().at(path.toArray(String[]::new));
    if (replicas == null || replicas == Nil.NIL) {
      return;
    }
    if (!(replicas instanceof Long count)) {
      problems.invalid(path(path), 0L, wrongType(path, replicas, "int64"));
    } else if (count < 0) {
      problems.invalid(path(path), count, "should be a non-negative integer");
    } else if (count > Integer.MAX_VALUE) {
      problems.invalid(path(path), count, "should be less than or equal to " + Integer.MAX_VALUE);
    }
  }

  private static String wrongType(List<String> path, Object value, String wanted) {
    String type = value instanceof BigDecimal ? "float64" : TypeCheck.typeOf(value);
    return path(path)
        + " accessor error: "
        + value
        + " is of the type "
        + type
        + ", expected "
        + wanted;
  }

  private static FieldPath path(List<String> names) {
    return FieldPath.ROOT.child("." + String.join(".", names));
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    checkSchema(updated, old, problems);
    checkRules(updated, old, problems);
  }
}
