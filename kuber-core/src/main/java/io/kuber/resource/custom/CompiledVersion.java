package io.kuber.resource.custom;

import com.google.common.base.Suppliers;
import io.kuber.cel.CelRules;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.custom.Definition.VersionSpec;
import io.kuber.schema.FieldCheck.Findings;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the schema of one version makes of objects. The schema is compiled when the first object
 * comes by: a cluster may have hundreds of definitions that nobody uses.
 */
final class CompiledVersion {
  private final VersionSpec spec;
  private final Supplier<Structural> schema;
  private final Supplier<TypeSchema> type;
  private final Supplier<CelRules> rules;

  CompiledVersion(String group, String kind, VersionSpec spec) {
    this.spec = spec;
    this.schema = Suppliers.memoize(() -> compile(spec));
    this.rules = Suppliers.memoize(() -> CelRules.compile(spec.schema(), FieldPath.ROOT));
    this.type =
        Suppliers.memoize(
            () -> {
              String name = String.join(".", reversed(group), spec.name(), kind);
              return TypeSchemas.of(name, group + "/" + spec.name(), schema.get());
            });
  }

  private static Structural compile(VersionSpec spec) {
    Tree schema = spec.schema();
    return Structural.of(
        spec.keepsUnknown() ? schema.with("x-kubernetes-preserve-unknown-fields", true) : schema);
  }

  private static String reversed(String group) {
    List<String> labels = new ArrayList<>(List.of(group.split("\\.")));
    Collections.reverse(labels);
    return String.join(".", labels);
  }

  VersionSpec spec() {
    return spec;
  }

  Structural schema() {
    return schema.get();
  }

  /** What the schema demands by expressions. */
  CelRules rules() {
    return rules.get();
  }

  Optional<TypeSchema> type() {
    return Optional.of(type.get());
  }

  /** An object as a client sent it, without what the schema lacks. */
  Findings pruned(Tree object) {
    return spec.keepsUnknown() ? Pruning.keepingAll(object) : Pruning.prune(object, schema.get());
  }

  KubeObject defaulted(KubeObject object) {
    return KubeObject.of(Defaulting.defaulted(object.tree(), schema.get()));
  }
}
