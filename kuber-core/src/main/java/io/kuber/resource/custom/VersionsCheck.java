package io.kuber.resource.custom;

import io.kuber.cel.CelRules;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a definition may say of its versions, in each of them or of all at the top. */
final class VersionsCheck {
  private static final int LONGEST_WARNING = 256;

  /** What a schema may say at its root where the status is apart. */
  private static final List<String> AT_ROOT =
      List.of(
          "Description",
          "Type",
          "Format",
          "Title",
          "Maximum",
          "ExclusiveMaximum",
          "Minimum",
          "ExclusiveMinimum",
          "MaxLength",
          "MinLength",
          "Pattern",
          "MaxItems",
          "MinItems",
          "UniqueItems",
          "MultipleOf",
          "Required",
          "Items",
          "Properties",
          "ExternalDocs",
          "Example",
          "XPreserveUnknownFields",
          "XValidations");

  /** What makes structural schemas a must even where unknown fields are kept. */
  private static final List<String> WORDS_OF_STRUCTURE =
      List.of(
          "default",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-int-or-string",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-list-type",
          "x-kubernetes-validations");

  private VersionsCheck() {}

  static void check(Tree spec, FieldPath path, Problems problems) {
    Items versions = spec.items("versions");
    FieldPath listed = path.child("versions");
    boolean isStructural = isStructural(spec, path, problems);
    boolean hasStatus = spec.tree("subresources").has("status");
    Set<String> names = new HashSet<>();
    boolean isUnique = true;
    int storages = 0;
    for (int i = 0; i < versions.size(); i++) {
      Tree version = versions.tree(i);
      FieldPath at = listed.index(i);
      storages += version.isTrue("storage") ? 1 : 0;
      isUnique &= names.add(version.text("name"));
      DefinitionNames.checkLabelOrEmpty(version.text("name"), at.child("name"), problems);
      checkWarning(version, at.child("deprecationWarning"), problems);
      boolean status = hasStatus || version.tree("subresources").has("status");
      checkSchema(version.tree("schema"), status, isStructural, at.child("schema"), problems);
      checkParts(version, version.tree("schema"), at, problems);
    }
    if (!isUnique) {
      problems.invalid(listed, versions, "must contain unique version names");
    }
    if (storages != 1) {
      problems.invalid(listed, versions, "must have exactly one version marked as storage version");
    }
    Tree validation = spec.tree("validation");
    boolean anyStatus =
        hasStatus || versions.trees().stream().anyMatch(v -> v.tree("subresources").has("status"));
    checkSchema(validation, anyStatus, isStructural, path.child("validation"), problems);
    checkParts(spec, validation, path, problems);
  }

  /** Whether schemas have to be structural; only those of old definitions need not be. */
  private static boolean isStructural(Tree spec, FieldPath path, Problems problems) {
    if (!spec.isTrue("preserveUnknownFields")) {
      return true;
    }
    Set<String> words = SchemaDefinitionCheck.wordsOf(spec.tree("validation", "openAPIV3Schema"));
    spec.items("versions").trees().stream()
        .map(version -> version.tree("schema", "openAPIV3Schema"))
        .forEach(schema -> words.addAll(SchemaDefinitionCheck.wordsOf(schema)));
    if (words.contains("default")) {
      problems.invalid(
          path.child("preserveUnknownFields"),
          true,
          "must be false in order to use defaults in the schema");
    }
    return WORDS_OF_STRUCTURE.stream().anyMatch(words::contains);
  }

  private static void checkWarning(Tree version, FieldPath path, Problems problems) {
    if (!(version.get("deprecationWarning") instanceof String warning)) {
      return;
    }
    if (!version.isTrue("deprecated")) {
      problems.invalid(path, warning, "can only be set for deprecated versions");
      return;
    }
    if (warning.length() > LONGEST_WARNING) {
      problems.invalid(path, warning, "must be <= 256 characters long");
    }
    if (warning.isEmpty()) {
      problems.invalid(path, warning, "must not be an empty string");
    }
    for (int i = 0; i < warning.length(); i++) {
      if (Character.isISOControl(warning.charAt(i))) {
        problems.invalid(
            path,
            warning,
            "must only contain printable UTF-8 characters; non-printable character found at index "
                + i);
        return;
      }
    }
  }

  private static void checkSchema(
      Tree validation, boolean hasStatus, boolean isStructural, FieldPath path, Problems problems) {
    if (!(validation.get("openAPIV3Schema") instanceof Tree schema)) {
      return;
    }
    FieldPath at = path.child("openAPIV3Schema");
    if (hasStatus) {
      checkRoot(schema, at, problems);
    }
    if (schema.isTrue("nullable")) {
      problems.forbidden(at.child("nullable"), "nullable cannot be true at the root");
    }
    if (isStructural) {
      Problems structure = new Problems();
      StructuralCheck.check(schema, at, structure);
      if (structure.isEmpty()) {
        DefaultsCheck.check(Structural.of(schema).asRoot(), at, structure);
      }
      structure.found().forEach(problems::add);
    }
    Problems said = new Problems();
    SchemaDefinitionCheck.check(schema, at, said);
    said.found().forEach(problems::add);
    if (isStructural && problems.isEmpty()) {
      CelRules.compile(schema, at).problems().forEach(problems::add);
    }
  }

  private static void checkRoot(Tree schema, FieldPath path, Problems problems) {
    for (int i = 0; i < schema.size(); i++) {
      String name = schema.nameAt(i);
      if (name.equals("type") && !schema.text("type").equals("object")) {
        problems.invalid(
            path.child("type"),
            schema.text("type"),
            "only \"object\" is allowed as the type at the root of the schema if the status"
                + " subresource is enabled");
        return;
      }
      if (!AT_ROOT.contains(goName(name)) && !Boolean.FALSE.equals(schema.valueAt(i))) {
        problems.invalid(
            path,
            schema,
            "only "
                + "["
                + String.join(" ", AT_ROOT)
                + "]"
                + " fields are allowed at the root of the schema if the status subresource is"
                + " enabled");
        return;
      }
    }
  }

  private static String goName(String name) {
    return switch (name) {
      case "x-kubernetes-preserve-unknown-fields" -> "XPreserveUnknownFields";
      case "x-kubernetes-validations" -> "XValidations";
      default -> name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    };
  }

  /** Subresources, columns and selectable fields, which stand in a version or at the top. */
  private static void checkParts(Tree part, Tree validation, FieldPath path, Problems problems) {
    PartsCheck.checkScale(part.tree("subresources"), path.child("subresources"), problems);
    List<Tree> columns = part.items("additionalPrinterColumns").trees();
    for (int i = 0; i < columns.size(); i++) {
      PartsCheck.checkColumn(
          columns.get(i), path.child("additionalPrinterColumns").index(i), problems);
    }
    Items fields = part.items("selectableFields");
    if (fields.isEmpty()) {
      return;
    }
    if (validation.get("openAPIV3Schema") instanceof Tree schema) {
      PartsCheck.checkSelectable(fields, schema, path.child("selectableFields"), problems);
    } else {
      problems.invalid(
          path.child("selectableFields"),
          "",
          "selectableFields may only be set when version.schema.openAPIV3Schema is not included");
    }
  }
}
