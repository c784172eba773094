package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a schema may say besides being structural (apiextensions-apiserver,
 * pkg/apis/apiextensions/validation, ValidateCustomResourceDefinitionOpenAPISchema).
 */
final class SchemaDefinitionCheck {
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");

  private static final List<String> UNSUPPORTED =
      List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");

  private SchemaDefinitionCheck() {}

  /**
   * Where in a schema a node stands.
   *
   * @param noDefaults why there may be no default here; empty where there may
   * @param isMeta whether this is about kind or metadata of an object
   * @param isRoot whether this is the schema itself
   */
  private record Place(String noDefaults, boolean isMeta, boolean isRoot) {
    Place inside() {
      return new Place(noDefaults, isMeta, false);
    }

    Place withoutDefaults(String why) {
      return new Place(why, isMeta, false);
    }
  }

  static void check(Tree schema, FieldPath path, Problems problems) {
    check(schema, new Place("", false, true), path, problems);
  }

  private static void check(Tree schema, Place place, FieldPath path, Problems problems) {
    checkSupported(schema, place, path, problems);
    Tree properties = schema.tree("properties");
    Object others = schema.get("additionalProperties");
    if (others != null && !properties.isEmpty() && !Boolean.TRUE.equals(others)) {
      problems.forbidden(
          path.child("additionalProperties"),
          "additionalProperties and properties are mutual exclusive");
    }
    if (others instanceof Tree values) {
      Place inner =
          place.isMeta()
              ? place.withoutDefaults("inside additionalProperties applying to object metadata")
              : place.inside();
      check(values, inner, path.child("additionalProperties"), problems);
    }
    boolean isObject = place.isRoot() || schema.isTrue("x-kubernetes-embedded-resource");
    properties.forEach(
        (name, field) -> {
          boolean meta = isObject && Structural.META.contains(name);
          String noDefaults = meta && place.isRoot() ? "in top-level " + name : place.noDefaults();
          Place inner = new Place(noDefaults, place.isMeta() || meta, false);
          check(asTree(field), inner, path.child("properties").key(name), problems);
        });
    checkJunctors(schema, place.inside(), path, problems);
    if (schema.get("items") instanceof Tree items) {
      check(items, place.inside(), path.child("items"), problems);
    }
    checkExtensions(schema, path, problems);
    ListDefinitionCheck.check(schema, path, problems);
    RuleDefinitionCheck.check(schema, path, problems);
  }

  private static Tree asTree(Object field) {
    return field instanceof Tree tree ? tree : Tree.EMPTY;
  }

  private static void checkJunctors(Tree schema, Place place, FieldPath path, Problems problems) {
    if (schema.get("not") instanceof Tree not) {
      check(not, place, path.child("not"), problems);
    }
    for (String junctor : new String[] {"allOf", "oneOf", "anyOf"}) {
      List<Tree> parts = schema.items(junctor).trees();
      for (int i = 0; i < parts.size(); i++) {
        check(parts.get(i), place, path.child(junctor).index(i), problems);
      }
    }
  }

  private static void checkSupported(Tree schema, Place place, FieldPath path, Problems problems) {
    String type = schema.text("type");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      problems.notSupported(path.child("type"), type, TYPES);
    }
    Object given = schema.get("default");
    if (given != null && given != Nil.NIL && !place.noDefaults().isEmpty()) {
      problems.forbidden(path.child("default"), "must not be set " + place.noDefaults());
    }
    for (String name : UNSUPPORTED) {
      Object said = schema.get(name);
      if (said != null && !said.equals(Tree.EMPTY) && !said.equals("")) {
        problems.forbidden(path.child(name), name + " is not supported");
      }
    }
    if (type.equals("null")) {
      problems.forbidden(
          path.child("type"), "type cannot be set to null, use nullable as an alternative");
    }
    if (schema.get("items") instanceof Items several && !several.isEmpty()) {
      problems.forbidden(path.child("items"), "items must be a schema object and not an array");
    }
    if (place.isMeta() && schema.isTrue("x-kubernetes-embedded-resource")) {
      problems.forbidden(
          path.child("x-kubernetes-embedded-resource"), "must not be used inside of resource meta");
    }
    if (schema.isTrue("uniqueItems")) {
      problems.forbidden(
          path.child("uniqueItems"),
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
  }

  private static void checkExtensions(Tree schema, FieldPath path, Problems problems) {
    if (Boolean.FALSE.equals(schema.get("x-kubernetes-preserve-unknown-fields"))) {
      problems.invalid(
          path.child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined");
    }
    String mapType = schema.text("x-kubernetes-map-type");
    String type = schema.text("type");
    if (mapType.isEmpty()) {
      return;
    }
    if (!type.equals("object")) {
      String must = "must be object if x-kubernetes-map-type is specified";
      if (type.isEmpty()) {
        problems.required(path.child("type"), must);
      } else {
        problems.invalid(path.child("type"), type, must);
      }
    }
    List<String> mapTypes = List.of("atomic", "granular");
    if (!mapTypes.contains(mapType)) {
      problems.notSupported(path.child("x-kubernetes-map-type"), mapType, mapTypes);
    }
  }

  /** The names of fields that a schema and all schemas inside it set. */
  static Set<String> wordsOf(Tree schema) {
    Set<String> words = new HashSet<>();
    collect(schema, words);
    return words;
  }

  private static void collect(Tree schema, Set<String> words) {
    schema.forEach(
        (name, value) -> {
          if (value != Nil.NIL) {
            words.add(name);
          }
          if (name.equals("properties") && value instanceof Tree fields) {
            fields.forEach((field, inner) -> collect(asTree(inner), words));
          } else if (value instanceof Items items && name.endsWith("Of")) {
            items.trees().forEach(part -> collect(part, words));
          } else if (value instanceof Tree inner
              && Set.of("items", "additionalProperties", "not").contains(name)) {
            collect(inner, words);
          }
        });
  }
}
