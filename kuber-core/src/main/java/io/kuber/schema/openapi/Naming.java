package io.kuber.schema.openapi;

import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names of definitions and operations, as upstream's documents have them. */
final class Naming {
  private final Schemas schemas;

  Naming(Schemas schemas) {
    this.schemas = schemas;
  }

  /** The definition of a kind; that of a custom resource is named by its group, reversed. */
  String definition(Gvk gvk) {
    return schemas
        .of(gvk.apiVersion(), gvk.kind())
        .map(TypeSchema::name)
        .orElseGet(() -> reversed(gvk));
  }

  String listDefinition(Gvk gvk) {
    return definition(new Gvk(gvk.group(), gvk.version(), gvk.kind() + "List"));
  }

  private static String reversed(Gvk gvk) {
    List<String> labels = Arrays.asList(gvk.group().split("\\."));
    Collections.reverse(labels);
    return String.join(".", labels) + "." + gvk.version() + "." + gvk.kind();
  }

  /** An id such as {@code readAppsV1NamespacedDeployment}. */
  String id(String word, ServedResource resource, String scope, String suffix) {
    return word
        + capital(groupWord(resource.group()))
        + capital(resource.version())
        + scope
        + resource.kind()
        + suffix;
  }

  /** A tag such as {@code rbacAuthorization_v1}. */
  static String tag(ServedResource resource) {
    return groupWord(resource.group()) + "_" + resource.version();
  }

  private static String groupWord(String group) {
    if (group.isEmpty()) {
      return "core";
    }
    String[] labels = group.replaceFirst("\\.k8s\\.io$", "").split("\\.");
    return labels[0]
        + Arrays.stream(labels).skip(1).map(Naming::capital).collect(Collectors.joining());
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
