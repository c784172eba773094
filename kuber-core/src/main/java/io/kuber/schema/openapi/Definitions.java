package io.kuber.schema.openapi;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Facts;
import io.kuber.schema.Field;
import io.kuber.schema.ListType;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the definitions of types and of all types that they refer to. Not thread-safe; lives as
 * long as one document is built.
 */
final class Definitions {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  private final Dialect dialect;

  /** Every group and version that is served: kinds such as DeleteOptions belong to all of them. */
  private final Collection<Gvk> served;

  private final Map<String, Tree> done = new TreeMap<>();
  private final Deque<TypeSchema> waiting = new ArrayDeque<>();

  Definitions(Dialect dialect, Collection<Gvk> served) {
    this.dialect = dialect;
    this.served = served;
  }

  /** Adds the type and all that it refers to. */
  void add(TypeSchema type) {
    refer(type);
    while (!waiting.isEmpty()) {
      TypeSchema next = waiting.remove();
      done.put(next.name(), definition(next));
    }
  }

  /** Adds a definition that is no type of the schema. */
  void add(String name, Tree definition) {
    done.put(name, definition);
  }

  /** All definitions by name. */
  Tree all() {
    Tree.Builder all = Tree.builder();
    done.forEach(all::put);
    return all.build();
  }

  private Tree refer(TypeSchema type) {
    if (done.putIfAbsent(type.name(), Tree.EMPTY) == null) {
      waiting.add(type);
    }
    return dialect.reference(type.name());
  }

  private Tree definition(TypeSchema type) {
    Map<String, String> texts = type.descriptions();
    Tree.Builder properties = Tree.builder();
    List<Object> required = new ArrayList<>();
    for (Field field : type.fields()) {
      properties.put(field.name(), property(field, texts.getOrDefault(field.name(), "")));
      if (field.facts().isRequired()) {
        required.add(field.name());
      }
    }
    Tree.Builder definition = Tree.builder();
    putText(definition, "description", texts.getOrDefault("", ""));
    definition.put("type", "object");
    if (!type.fields().isEmpty()) {
      definition.put("properties", properties.build());
    }
    if (!required.isEmpty()) {
      definition.put("required", Items.copyOf(required));
    }
    if (type.isAtomic()) {
      definition.put("x-kubernetes-map-type", "atomic");
    }
    Items kinds = kinds(type);
    if (!kinds.isEmpty()) {
      definition.put("x-kubernetes-group-version-kind", kinds);
    }
    return definition.build();
  }

  private Items kinds(TypeSchema type) {
    String kind = type.simpleName();
    if (type.name().startsWith(META)
        && (kind.equals("DeleteOptions") || kind.equals("WatchEvent"))) {
      return Items.of(
          served.stream()
              .map(gvk -> new Gvk(gvk.group(), gvk.version(), kind))
              .distinct()
              .map(Gvk::tree)
              .toArray());
    }
    if (!type.isKind()) {
      return Items.EMPTY;
    }
    String apiVersion = type.name().startsWith(META) ? "v1" : type.apiVersion();
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return Items.of(new Gvk(group, apiVersion.substring(slash + 1), kind).tree());
  }

  private Tree property(Field field, String description) {
    Tree.Builder beside = Tree.builder();
    putText(beside, "description", description);
    Facts facts = field.facts();
    if (field.shape() instanceof Listed list && list.type() != ListType.UNSAID) {
      if (!list.keys().isEmpty()) {
        beside.put("x-kubernetes-list-map-keys", Items.copyOf(list.keys()));
      }
      beside.put("x-kubernetes-list-type", list.type().name().toLowerCase(Locale.ROOT));
    }
    if (facts.isAtomic()) {
      beside.put("x-kubernetes-map-type", "atomic");
    }
    putText(beside, "x-kubernetes-patch-merge-key", facts.mergeKey());
    putText(beside, "x-kubernetes-patch-strategy", String.join(",", facts.patchStrategies()));
    if (dialect == Dialect.V3) {
      facts.defaultValue().ifPresent(value -> beside.put("default", value));
      if (!facts.allowed().isEmpty() && field.shape() == Scalar.TEXT) {
        beside.put("enum", Items.copyOf(facts.allowed()));
      }
    }
    return dialect.with(schema(field.shape()), beside.build());
  }

  /** The schema of a shape; definitions that it refers to are added. */
  Tree schema(Shape shape) {
    if (shape instanceof TypeSchema type) {
      return refer(type);
    }
    if (shape instanceof Listed list) {
      return Tree.of("type", "array", "items", schema(list.element()));
    }
    if (shape instanceof Mapped map) {
      return Tree.of("type", "object", "additionalProperties", schema(map.value()));
    }
    Scalar scalar = (Scalar) shape;
    Tree schema = ScalarSchemas.schema(scalar, dialect);
    if (!ScalarSchemas.hasDefinition(scalar)) {
      return schema;
    }
    done.put(ScalarSchemas.definitionName(scalar), schema);
    return dialect.reference(ScalarSchemas.definitionName(scalar));
  }

  private static void putText(Tree.Builder builder, String name, String text) {
    if (!text.isEmpty()) {
      builder.put(name, text);
    }
  }
}
