package io.kuber.resource.custom;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a schema may say of how lists are merged. */
final class ListDefinitionCheck {
  private static final String LIST_TYPE = "x-kubernetes-list-type";
  private static final String KEYS = "x-kubernetes-list-map-keys";
  private static final List<String> TYPES = List.of("atomic", "map", "set");

  private ListDefinitionCheck() {}

  static void check(Tree schema, FieldPath path, Problems problems) {
    String listType = schema.text(LIST_TYPE);
    List<String> keys = schema.items(KEYS).texts();
    checkType(schema, listType, path, problems);
    if (!keys.isEmpty() && !listType.equals("map")) {
      String must = "must be map if x-kubernetes-list-map-keys is non-empty";
      if (listType.isEmpty()) {
        problems.required(path.child(LIST_TYPE), must);
      } else {
        problems.invalid(path.child(LIST_TYPE), listType, must);
      }
    }
    if (listType.equals("map")) {
      checkMap(schema, keys, path, problems);
    }
    if (listType.equals("map") || listType.equals("set")) {
      checkElement(schema.tree("items"), listType, keys, path.child("items"), problems);
    }
  }

  private static void checkType(Tree schema, String listType, FieldPath path, Problems problems) {
    String type = schema.text("type");
    if (listType.isEmpty()) {
      return;
    }
    if (!type.equals("array")) {
      String must = "must be array if x-kubernetes-list-type is specified";
      if (type.isEmpty()) {
        problems.required(path.child("type"), must);
      } else {
        problems.invalid(path.child("type"), type, must);
      }
    } else if (listType.equals("set")) {
      checkAtomic(schema.tree("items"), path.child("items"), problems);
    }
    if (!TYPES.contains(listType)) {
      problems.notSupported(path.child(LIST_TYPE), listType, TYPES);
    }
  }

  private static void checkAtomic(Tree element, FieldPath path, Problems problems) {
    String must = "must be atomic as item of a list with x-kubernetes-list-type=set";
    String listType = element.text(LIST_TYPE);
    String mapType = element.text("x-kubernetes-map-type");
    if (element.text("type").equals("array") && !listType.isEmpty() && !listType.equals("atomic")) {
      problems.invalid(path.child(LIST_TYPE), listType, must);
    }
    if (element.text("type").equals("object") && !mapType.equals("atomic")) {
      problems.invalid(path.child("x-kubernetes-map-type"), mapType, must);
    }
  }

  private static void checkMap(Tree schema, List<String> keys, FieldPath path, Problems problems) {
    if (keys.isEmpty()) {
      problems.required(path.child(KEYS), "must not be empty if x-kubernetes-list-type is map");
    }
    if (!schema.has("items")) {
      problems.required(path.child("items"), "must have a schema if x-kubernetes-list-type is map");
      return;
    }
    Tree element = schema.tree("items");
    String type = element.text("type");
    if (!type.equals("object")) {
      problems.invalid(
          path.child("items", "type"),
          type,
          "must be object if parent array's x-kubernetes-list-type is map");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (String key : keys) {
      Tree field = element.tree("properties", key);
      if (!element.tree("properties").has(key)) {
        problems.invalid(
            path.child(KEYS), schema.items(KEYS), "entries must all be names of item properties");
      } else if (field.text("type").equals("array") || field.text("type").equals("object")) {
        problems.invalid(
            path.child("items", "properties").key(key).child("type"),
            type,
            "must be a scalar type if parent array's x-kubernetes-list-type is map");
      }
      if (!seen.add(key)) {
        problems.invalid(
            path.child(KEYS), schema.items(KEYS), "must not contain duplicate entries");
      }
    }
  }

  private static void checkElement(
      Tree element, String listType, List<String> keys, FieldPath path, Problems problems) {
    if (element.isTrue("nullable")) {
      problems.forbidden(
          path.child("nullable"), "cannot be nullable when x-kubernetes-list-type is " + listType);
    }
    if (listType.equals("set")) {
      return;
    }
    List<String> required = element.items("required").texts();
    for (String key : keys) {
      Tree field = element.tree("properties", key);
      FieldPath at = path.child("properties").key(key);
      if (element.tree("properties").has(key) && !required.contains(key) && !field.has("default")) {
        problems.required(
            at.child("default"),
            "this property is in x-kubernetes-list-map-keys, so it must have a default or be a"
                + " required property");
      }
      if (field.isTrue("nullable")) {
        problems.forbidden(
            at.child("nullable"),
            "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
      }
    }
  }
}
