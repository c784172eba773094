package io.kuber.managed;

import java.util.List;
import java.util.stream.Stream;

/** Fields that nobody owns: what the object is called, and what only the system sets. */
final class Stripped {
  /** As in apimachinery, managedfields/internal/stripmeta.go. */
  private static final FieldSet FIELDS =
      Stream.of(
              List.of("apiVersion"),
              List.of("kind"),
              List.of("metadata"),
              List.of("metadata", "name"),
              List.of("metadata", "namespace"),
              List.of("metadata", "creationTimestamp"),
              List.of("metadata", "selfLink"),
              List.of("metadata", "uid"),
              List.of("metadata", "clusterName"),
              List.of("metadata", "generation"),
              List.of("metadata", "managedFields"),
              List.of("metadata", "resourceVersion"))
          .map(path -> FieldSet.ofNames(path.toArray(String[]::new)))
          .reduce(FieldSet.EMPTY, FieldSet::union);

  private Stripped() {}

  static FieldSet from(FieldSet fields) {
    return fields.difference(FIELDS);
  }
}
