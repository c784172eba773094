package io.kuber.schema.generator;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A type under construction: what the sources told of it so far. */
final class Type {
  final String name;

  /** By protobuf name, in the order of the protobuf message. */
  final Map<String, Field> fields = new LinkedHashMap<>();

  /** Facts of the type itself, such as {@code atomic}. */
  final Set<String> facts = new LinkedHashSet<>();

  /** By JSON name; the description of the type itself is under the empty name. */
  final Map<String, String> descriptions = new LinkedHashMap<>();

  Type(String name) {
    this.name = name;
  }

  /** {@code io.k8s.api.apps.v1} of {@code io.k8s.api.apps.v1.Deployment}. */
  String packageName() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** {@code Deployment} of {@code io.k8s.api.apps.v1.Deployment}. */
  String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** {@code v1} of {@code io.k8s.api.apps.v1.Deployment}. */
  String version() {
    return packageName().substring(packageName().lastIndexOf('.') + 1);
  }

  /** {@code apps} of {@code io.k8s.api.apps.v1.Deployment}. */
  String groupLabel() {
    String[] labels = name.split("\\.");
    return labels[labels.length - 3];
  }

  /** Whether objects of the type stand alone and therefore carry apiVersion and kind. */
  boolean isKind() {
    if (facts.contains("kind")) {
      return true;
    }
    Field metadata = fields.get("metadata");
    return !facts.contains("no-kind")
        && metadata != null
        && (metadata.shape.endsWith(".ObjectMeta") || metadata.shape.endsWith(".ListMeta"))
        && !simpleName().endsWith("TemplateSpec")
        && !simpleName().equals("PersistentVolumeClaimTemplate");
  }

  /** Group and version as {@code apiVersion} spells them. */
  String apiVersion() {
    String group = Groups.ofLabel(groupLabel());
    return group.isEmpty() ? version() : group + "/" + version();
  }

  /** A field of a type: number, shape and facts as README.md of the facts describes them. */
  static final class Field {
    final int number;
    final String shape;
    final Set<String> facts = new LinkedHashSet<>();

    Field(int number, String shape) {
      this.number = number;
      this.shape = shape;
    }

    /** What JSON calls the field that protobuf calls {@code protoName}. */
    String jsonName(String protoName) {
      return facts.stream()
          .filter(fact -> fact.startsWith("json="))
          .map(fact -> fact.substring("json=".length()))
          .findFirst()
          .orElse(protoName);
    }
  }
}
