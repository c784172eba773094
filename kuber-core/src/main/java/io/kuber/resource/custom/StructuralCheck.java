package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a schema is structural (apiextensions-apiserver, pkg/apiserver/schema/validation.go and
 * complete.go): every field that is spoken of has a type, and is spoken of outside of {@code
 * allOf}, {@code anyOf}, {@code oneOf} and {@code not}.
 */
final class StructuralCheck {
  private static final Items INT_OR_STRING =
      Items.of(Tree.of("type", "integer"), Tree.of("type", "string"));

  /** What a part of a junctor may not say, and what it has to be instead. */
  private static final List<String[]> FORBIDDEN =
      List.of(
          new String[] {"type", "empty"},
          new String[] {"additionalProperties", "undefined"},
          new String[] {"default", "undefined"},
          new String[] {"title", "empty"},
          new String[] {"description", "empty"},
          new String[] {"nullable", "false"},
          new String[] {"externalDocs", "undefined"},
          new String[] {"x-kubernetes-preserve-unknown-fields", "false"},
          new String[] {"x-kubernetes-embedded-resource", "false"},
          new String[] {"x-kubernetes-int-or-string", "false"},
          new String[] {"x-kubernetes-list-map-keys", "empty"},
          new String[] {"x-kubernetes-list-type", "undefined"},
          new String[] {"x-kubernetes-map-type", "undefined"},
          new String[] {"x-kubernetes-validations", "empty"});

  private static final Set<Object> UNSAID = Set.of("", false, Nil.NIL, Items.EMPTY, Tree.EMPTY);

  private final Problems problems = new Problems();

  private StructuralCheck() {}

  private enum Level {
    ROOT("at the root"),
    ITEM("for specified array items"),
    FIELD("for specified object fields");

    private final String where;

    Level(String where) {
      this.where = where;
    }
  }

  /** Reports what keeps a schema from being structural, in the order of the messages. */
  static void check(Tree schema, FieldPath path, Problems problems) {
    StructuralCheck check = new StructuralCheck();
    check.node(schema, Level.ROOT, path);
    check.complete(schema, schema, path, path);
    check.problems.found().stream()
        .sorted(Comparator.comparing(Problem::toString))
        .forEach(problems::add);
  }

  private void node(Tree schema, Level level, FieldPath path) {
    if (schema.text("type").equals("array") && !schema.has("items")) {
      problems.required(path.child("items"), "must be specified");
    }
    if (schema.get("items") instanceof Tree items) {
      node(items, Level.ITEM, path.child("items"));
    }
    Tree properties = schema.tree("properties");
    properties.forEach(
        (name, field) -> node(asTree(field), Level.FIELD, path.child("properties").key(name)));
    if (schema.has("additionalProperties")) {
      FieldPath others = path.child("additionalProperties");
      if (level == Level.ROOT) {
        problems.forbidden(others, "must not be used at the root");
      }
      if (schema.get("additionalProperties") instanceof Tree values) {
        node(values, Level.FIELD, others);
      }
    }
    checkExtensions(schema, path);
    junctors(schema, path);
    checkType(schema, level, path);
    checkMeta(schema, level, path);
  }

  private static Tree asTree(Object field) {
    return field instanceof Tree tree ? tree : Tree.EMPTY;
  }

  private void checkExtensions(Tree schema, FieldPath path) {
    if (schema.isTrue("x-kubernetes-int-or-string")) {
      for (String other :
          new String[] {"x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"}) {
        if (schema.isTrue(other)) {
          problems.invalid(
              path.child(other), true, "must be false if x-kubernetes-int-or-string is true");
        }
      }
    }
  }

  private void checkType(Tree schema, Level level, FieldPath path) {
    String type = schema.text("type");
    boolean isEmbedded = schema.isTrue("x-kubernetes-embedded-resource");
    FieldPath field = path.child("type");
    if (isEmbedded && !type.equals("object")) {
      String must = "must be object if x-kubernetes-embedded-resource is true";
      if (type.isEmpty()) {
        problems.required(field, must);
      } else {
        problems.invalid(field, type, must);
      }
    } else if (type.isEmpty()
        && !schema.isTrue("x-kubernetes-int-or-string")
        && !schema.isTrue("x-kubernetes-preserve-unknown-fields")) {
      problems.required(field, "must not be empty " + level.where);
    }
    if (isEmbedded && schema.has("additionalProperties")) {
      problems.forbidden(
          path.child("additionalProperties"),
          "must not be used if x-kubernetes-embedded-resource is set");
    }
    if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
      problems.invalid(field, type, "must be object at the root");
    }
    if (isEmbedded
        && !schema.isTrue("x-kubernetes-preserve-unknown-fields")
        && schema.tree("properties").isEmpty()) {
      problems.required(
          path.child("properties"),
          "must not be empty if x-kubernetes-embedded-resource is true without"
              + " x-kubernetes-preserve-unknown-fields");
    }
  }

  private void checkMeta(Tree schema, Level level, FieldPath path) {
    Tree properties = schema.tree("properties");
    FieldPath fields = path.child("properties");
    boolean isObject = level == Level.ROOT || schema.isTrue("x-kubernetes-embedded-resource");
    for (String name : new String[] {"kind", "apiVersion"}) {
      String type = properties.tree(name).text("type");
      if (isObject && properties.has(name) && !type.equals("string")) {
        problems.invalid(fields.key(name).child("type"), type, "must be string");
      }
    }
    if (!properties.has("metadata")) {
      return;
    }
    Tree metadata = properties.tree("metadata");
    if (isObject && !metadata.text("type").equals("object")) {
      problems.invalid(
          fields.key("metadata").child("type"), metadata.text("type"), "must be object");
    }
    if (level == Level.ROOT && !saysOnlyNames(metadata)) {
      problems.forbidden(
          fields.key("metadata"),
          "must not specify anything other than name and generateName, but metadata is implicitly"
              + " specified");
    }
  }

  private static boolean saysOnlyNames(Tree metadata) {
    Tree rest = metadata.without("type").without("default");
    Tree properties = rest.tree("properties").without("name").without("generateName");
    return properties.isEmpty() && rest.without("properties").isEmpty();
  }

  /** What stands inside the junctors of a node, which may only narrow values down. */
  private void junctors(Tree schema, FieldPath path) {
    boolean anyIsIntOrString = schema.items("anyOf").equals(INT_OR_STRING);
    boolean firstIsIntOrString = first(schema.items("allOf")).items("anyOf").equals(INT_OR_STRING);
    for (String junctor : new String[] {"anyOf", "allOf", "oneOf"}) {
      List<Tree> parts = schema.items(junctor).trees();
      for (int i = 0; i < parts.size() && !(junctor.equals("anyOf") && anyIsIntOrString); i++) {
        boolean skip = junctor.equals("allOf") && i == 0 && firstIsIntOrString;
        Tree part = skip ? parts.get(i).without("anyOf") : parts.get(i);
        nested(part, path.child(junctor).index(i));
      }
    }
    if (schema.get("not") instanceof Tree not) {
      nested(not, path.child("not"));
    }
    String pattern = schema.text("pattern");
    if (!pattern.isEmpty()) {
      Patterns.problem(pattern)
          .ifPresent(
              problem ->
                  problems.invalid(
                      path.child("pattern"),
                      pattern,
                      "must be a valid regular expression, but isn't: " + problem));
    }
  }

  private static Tree first(Items items) {
    return items.isEmpty() ? Tree.EMPTY : items.tree(0);
  }

  private void nested(Tree schema, FieldPath path) {
    junctors(schema, path);
    if (schema.get("items") instanceof Tree items) {
      nested(items, path.child("items"));
    }
    Tree properties = schema.tree("properties");
    FieldPath fields = path.child("properties");
    properties.forEach((name, field) -> nested(asTree(field), fields.key(name)));
    for (String[] forbidden : FORBIDDEN) {
      Object said = schema.get(forbidden[0]);
      if (said != null && !UNSAID.contains(said)) {
        problems.forbidden(
            path.child(forbidden[0]), "must be " + forbidden[1] + " to be structural");
      }
    }
    if (properties.has("metadata")) {
      problems.forbidden(fields.key("metadata"), "must not be specified in a nested context");
    }
  }

  /** Whether all that the junctors of {@code said} speak of is part of {@code schema}. */
  private void complete(Tree said, Tree schema, FieldPath schemaPath, FieldPath path) {
    if (said.get("not") instanceof Tree not) {
      completeNested(not, schema, schemaPath, path.child("not"));
    }
    for (String junctor : new String[] {"allOf", "anyOf", "oneOf"}) {
      List<Tree> parts = said.items(junctor).trees();
      for (int i = 0; i < parts.size(); i++) {
        completeNested(parts.get(i), schema, schemaPath, path.child(junctor).index(i));
      }
    }
  }

  private void completeNested(Tree said, Tree schema, FieldPath schemaPath, FieldPath path) {
    complete(said, schema, schemaPath, path);
    if (said.get("items") instanceof Tree items) {
      part(items, schema.get("items"), schemaPath.child("items"), path.child("items"));
    }
    Tree properties = schema.tree("properties");
    said.tree("properties")
        .forEach(
            (name, field) ->
                part(
                    asTree(field),
                    properties.get(name),
                    schemaPath.child("properties").key(name),
                    path.child("properties").key(name)));
  }

  private void part(Tree said, @Nullable Object schema, FieldPath schemaPath, FieldPath path) {
    if (schema instanceof Tree known) {
      completeNested(said, known, schemaPath, path);
    } else {
      problems.required(schemaPath, "because it is defined in " + path);
    }
  }
}
