package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.custom.Structural.Others;
import io.kuber.schema.Facts;
import io.kuber.schema.Field;
import io.kuber.schema.FieldCheck;
import io.kuber.schema.FieldCheck.Findings;
import io.kuber.schema.Scalar;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Drops fields that a schema lacks (apiextensions-apiserver, pkg/apiserver/schema/pruning), and
 * holds kind and metadata of the object and of those inside it against their types.
 *
 * <p>Not thread-safe; lives as long as one pruning.
 */
final class Pruning {
  /** More unknown fields than this are not reported one by one, only dropped. */
  private static final int MAX_UNKNOWN = 100;

  /** Kind and metadata of any object; nothing else is held against it. */
  private static final TypeSchema ANY_OBJECT =
      TypeSchema.of(
          "io.kuber.Object",
          "",
          List.of(
              Field.of("apiVersion", Scalar.TEXT, Facts.NONE),
              Field.of("kind", Scalar.TEXT, Facts.NONE),
              Field.of("metadata", metadata(), Facts.NONE)),
          true,
          Map.of());

  private final List<String> unknown = new ArrayList<>();
  private final StringBuilder path = new StringBuilder();
  private Optional<String> error = Optional.empty();

  private Pruning() {}

  private static TypeSchema metadata() {
    return Schemas.builtIn()
        .named("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")
        .orElseThrow(() -> new IllegalStateException("the schema lacks ObjectMeta"));
  }

  /** The object without what the schema lacks, and what that was. */
  static Findings prune(Tree object, Structural schema) {
    Pruning pruning = new Pruning();
    Tree pruned = pruning.tree(object, schema.asRoot(), schema.keepsUnknown());
    return new Findings(pruned, pruning.unknown, pruning.error);
  }

  /** The object with all that it has; only kind and metadata are held against their types. */
  static Findings keepingAll(Tree object) {
    Pruning pruning = new Pruning();
    return new Findings(pruning.checkedMeta(object), pruning.unknown, pruning.error);
  }

  /** A value without what the schema lacks. */
  static Object pruned(Object value, Structural schema) {
    return new Pruning().value(value, schema, schema.keepsUnknown());
  }

  private Object value(Object value, @Nullable Structural schema, boolean keeps) {
    if (value instanceof Tree tree) {
      return tree(tree, schema, keeps);
    }
    return value instanceof Items items ? items(items, schema, keeps) : value;
  }

  private Items items(Items items, @Nullable Structural schema, boolean keeps) {
    Structural element = schema == null ? null : schema.items();
    if (keeps && element == null) {
      return items;
    }
    Items pruned = items;
    int length = path.length();
    for (int i = 0; i < items.size(); i++) {
      path.append('[').append(i).append(']');
      Object old = items.get(i);
      Object value = value(old, element, keeps || keeps(element));
      pruned = value == old ? pruned : pruned.with(i, value);
      path.setLength(length);
    }
    return pruned;
  }

  private static boolean keeps(@Nullable Structural schema) {
    return schema != null && schema.keepsUnknown();
  }

  private Tree tree(Tree tree, @Nullable Structural schema, boolean keeps) {
    boolean isObject = schema != null && schema.isEmbedded();
    Tree pruned = isObject ? checkedMeta(tree) : tree;
    int length = path.length();
    for (int i = 0; i < tree.size(); i++) {
      String name = tree.nameAt(i);
      if (isObject && Structural.META.contains(name)) {
        continue;
      }
      path.append(length == 0 ? "" : ".").append(name);
      Structural field = schema == null ? null : schema.field(name).orElse(null);
      boolean isKnown = field != null || (schema != null && schema.others() != Others.UNSAID);
      if (isKnown && !(keeps && field == null)) {
        pruned = pruned.with(name, value(tree.valueAt(i), field, keeps(field)));
      } else if (!keeps) {
        foundUnknown(path.toString());
        pruned = pruned.without(name);
      }
      path.setLength(length);
    }
    return pruned;
  }

  private Tree checkedMeta(Tree tree) {
    Findings findings = FieldCheck.check(tree, ANY_OBJECT);
    String before = path.length() == 0 ? "" : path + ".";
    findings.unknown().forEach(field -> foundUnknown(before + field));
    error = error.or(findings::error);
    return findings.object();
  }

  private void foundUnknown(String field) {
    if (unknown.size() < MAX_UNKNOWN) {
      unknown.add(field);
    }
  }
}
