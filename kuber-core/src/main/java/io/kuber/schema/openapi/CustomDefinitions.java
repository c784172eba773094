package io.kuber.schema.openapi;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;
import java.util.Map;
import java.util.Set;

/** The definitions of custom resources: their own schema, and the fields that every object has. */
final class CustomDefinitions {
  static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
  static final String LIST_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";

  /** What OpenAPI 2 cannot say, and what its readers would stumble over. */
  private static final Set<String> ONLY_V3 =
      Set.of("oneOf", "anyOf", "allOf", "not", "nullable", "default", "x-kubernetes-validations");

  private CustomDefinitions() {}

  static Tree object(ServedResource resource, Tree schema, TypeSchema likeAll, Dialect dialect) {
    Tree own = dialect == Dialect.V2 ? forV2(schema) : schema;
    Tree properties = metadata(OBJECT_META, likeAll, dialect, Tree.EMPTY, own.tree("properties"));
    return own.with("type", "object")
        .with("properties", properties)
        .with("x-kubernetes-group-version-kind", Items.of(resource.gvk().tree()));
  }

  static Tree list(ServedResource resource, Naming naming, TypeSchema likeAll, Dialect dialect) {
    Tree items =
        Tree.of(
            "description",
            "List of " + resource.plural() + ".",
            "type",
            "array",
            "items",
            dialect.reference(naming.definition(resource.gvk())));
    Gvk gvk = new Gvk(resource.group(), resource.version(), resource.kind() + "List");
    return Tree.builder()
        .put("description", resource.kind() + "List is a list of " + resource.kind())
        .put("type", "object")
        .put(
            "properties",
            metadata(LIST_META, likeAll, dialect, Tree.of("items", items), Tree.EMPTY))
        .put("required", Items.of("items"))
        .put("x-kubernetes-group-version-kind", Items.of(gvk.tree()))
        .build();
  }

  /** The fields of every object before {@code more}; the schema's own metadata gives way. */
  private static Tree metadata(
      String meta, TypeSchema likeAll, Dialect dialect, Tree more, Tree own) {
    Map<String, String> texts = likeAll.descriptions();
    Tree.Builder properties = Tree.builder();
    for (String name : new String[] {"apiVersion", "kind"}) {
      String text = texts.getOrDefault(name, "");
      properties.put(name, Tree.of("description", text, "type", "string"));
    }
    Tree described = Tree.of("description", texts.getOrDefault("metadata", ""));
    properties.put("metadata", dialect.with(dialect.reference(meta), described));
    more.forEach(properties::put);
    own.forEach(
        (name, schema) -> {
          if (!properties.has(name)) {
            properties.put(name, schema);
          }
        });
    return properties.build();
  }

  private static Tree forV2(Tree schema) {
    Tree plain = schema;
    for (int i = 0; i < schema.size(); i++) {
      String name = schema.nameAt(i);
      Object value = schema.valueAt(i);
      if (ONLY_V3.contains(name)) {
        plain = plain.without(name);
      } else if (name.equals("properties") && value instanceof Tree fields) {
        plain = plain.with(name, eachForV2(fields));
      } else if (value instanceof Tree inner
          && (name.equals("items") || name.equals("additionalProperties"))) {
        plain = plain.with(name, forV2(inner));
      }
    }
    // A validating client would refuse unknown fields of a typed object, so that it has no type.
    return schema.isTrue("x-kubernetes-preserve-unknown-fields")
        ? plain.without("type").without("properties")
        : plain;
  }

  private static Tree eachForV2(Tree fields) {
    Tree plain = fields;
    for (int i = 0; i < fields.size(); i++) {
      if (fields.valueAt(i) instanceof Tree schema) {
        plain = plain.with(fields.nameAt(i), forV2(schema));
      }
    }
    return plain;
  }
}
