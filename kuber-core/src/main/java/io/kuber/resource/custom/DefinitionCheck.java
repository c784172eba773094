package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a definition may say (apiextensions-apiserver, pkg/apis/apiextensions/validation). Paths in
 * messages are those of the {@link BetaForm}, as upstream's are.
 */
public final class DefinitionCheck {
  private static final String APPROVAL = Approval.ANNOTATION;
  private static final FieldPath STATUS = FieldPath.ROOT.child("status");

  private DefinitionCheck() {}

  /** Reports what is wrong with a definition in the form of v1. */
  public static void check(KubeObject definition, Problems problems) {
    Tree spec = BetaForm.spec(definition.spec());
    MetadataCheck.check(definition, Names.SUBDOMAIN, problems);
    String name = spec.text("names", "plural") + "." + spec.text("group");
    if (!definition.name().equals(name)) {
      problems.invalid(
          FieldPath.METADATA.child("name"),
          definition.name(),
          "must be spec.names.plural+\".\"+spec.group");
    }
    checkSpec(spec, problems);
    checkStatus(definition, problems);
    checkStored(definition, problems);
  }

  private static void checkSpec(Tree spec, Problems problems) {
    FieldPath path = FieldPath.SPEC;
    checkGroup(spec.text("group"), path.child("group"), problems);
    List<String> scopes = List.of("Cluster", "Namespaced");
    if (spec.text("scope").isEmpty()) {
      problems.required(path.child("scope"), "");
    } else if (!scopes.contains(spec.text("scope"))) {
      problems.notSupported(path.child("scope"), spec.text("scope"), scopes);
    }
    boolean preserves = spec.isTrue("preserveUnknownFields");
    checkHasSchemas(spec, preserves, path, problems);
    VersionsCheck.check(spec, path, problems);
    Tree names = spec.tree("names");
    DefinitionNames.checkPresent(names, path.child("names"), problems);
    DefinitionNames.check(names, path.child("names"), problems);
    ConversionCheck.check(spec.tree("conversion"), preserves, path.child("conversion"), problems);
  }

  private static void checkGroup(String group, FieldPath path, Problems problems) {
    Problems form = new Problems();
    Names.SUBDOMAIN.check(path, group, form);
    if (group.isEmpty()) {
      problems.required(path, "");
    } else if (!form.isEmpty()) {
      problems.invalid(path, group, DefinitionNames.details(form));
    } else if (!group.contains(".")) {
      problems.invalid(path, group, "should be a domain with at least one dot");
    }
  }

  private static void checkHasSchemas(
      Tree spec, boolean preserves, FieldPath path, Problems problems) {
    List<Tree> versions = spec.items("versions").trees();
    boolean isShared =
        spec.get("validation") instanceof Tree shared && shared.has("openAPIV3Schema");
    for (int i = 0; i < versions.size() && !preserves && !isShared; i++) {
      if (!versions.get(i).tree("schema").has("openAPIV3Schema")) {
        problems.required(
            path.child("versions").index(i).child("schema", "openAPIV3Schema"),
            "schemas are required");
      }
    }
  }

  /** Reports what is wrong with the status of a definition. */
  public static void checkStatus(KubeObject definition, Problems problems) {
    DefinitionNames.check(
        definition.status().tree("acceptedNames"), STATUS.child("acceptedNames"), problems);
  }

  private static void checkStored(KubeObject definition, Problems problems) {
    Items stored = definition.status().items("storedVersions");
    FieldPath path = STATUS.child("storedVersions");
    if (stored.isEmpty()) {
      problems.invalid(path, stored, "must have at least one stored version");
      return;
    }
    Set<String> gone = new HashSet<>(stored.texts());
    for (Tree version : definition.spec().items("versions").trees()) {
      String name = version.text("name");
      if (version.isTrue("storage") && !stored.contains(name)) {
        problems.invalid(path, stored, "must have the storage version " + name);
      }
      gone.remove(name);
    }
    for (int i = 0; i < stored.size(); i++) {
      String name = stored.get(i).toString();
      if (gone.contains(name)) {
        problems.invalid(
            path.index(i),
            name,
            "missing from spec.versions; %1$s was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in %1$s and removes %1$s from status.storedVersions"
                .formatted(name));
      }
    }
  }

  /** Reports what keeps the schemas of a definition from being structural. */
  public static void checkStructure(KubeObject definition, FieldPath path, Problems problems) {
    Tree spec = BetaForm.spec(definition.spec());
    if (spec.get("validation") instanceof Tree shared) {
      checkStructure(shared, path.child("validation"), problems);
    }
    List<Tree> versions = spec.items("versions").trees();
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).get("schema") instanceof Tree own) {
        checkStructure(own, path.child("versions").index(i).child("schema"), problems);
      }
    }
  }

  private static void checkStructure(Tree validation, FieldPath path, Problems problems) {
    if (validation.get("openAPIV3Schema") instanceof Tree schema) {
      StructuralCheck.check(schema, path.child("openAPIV3Schema"), problems);
    }
  }

  /** Reports what only a new definition of v1, or one of v1 that says so anew, may not say. */
  public static void checkKeepsUnknown(KubeObject definition, Problems problems) {
    if (definition.spec().isTrue("preserveUnknownFields")) {
      problems.invalid(
          FieldPath.SPEC.child("preserveUnknownFields"),
          true,
          "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
              + " spec.versions[*].schema instead");
    }
  }

  /** Reports a definition in one of Kubernetes' own groups that nobody approved. */
  public static void checkApproval(KubeObject definition, Problems problems) {
    Approval approval = Approval.of(definition);
    FieldPath path = FieldPath.METADATA.child("annotations").key(APPROVAL);
    if (approval.state() == Approval.State.MISSING) {
      problems.required(path, approval.reason());
    } else if (approval.state() == Approval.State.INVALID) {
      problems.invalid(
          path, definition.annotations().getOrDefault(APPROVAL, ""), approval.reason());
    }
  }

  /** Reports what the change of a definition may not do. */
  public static void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    boolean established =
        old.status().items("conditions").trees().stream()
            .anyMatch(c -> c.text("type").equals("Established") && c.text("status").equals("True"));
    if (established) {
      checkSame(updated, old, problems, "scope");
      checkSame(updated, old, problems, "names", "kind");
    }
    checkSame(updated, old, problems, "group");
    checkSame(updated, old, problems, "names", "plural");
    if (!old.spec().isTrue("preserveUnknownFields")) {
      checkKeepsUnknown(updated, problems);
    }
    if (Approval.of(updated).state() != Approval.of(old).state()) {
      checkApproval(updated, problems);
    }
  }

  private static void checkSame(
      KubeObject updated, KubeObject old, Problems problems, String... names) {
    MetadataCheck.checkImmutable(
        FieldPath.SPEC.child(names),
        value(updated.spec().at(names)),
        value(old.spec().at(names)),
        problems);
  }

  private static Object value(@Nullable Object value) {
    return value == null ? Nil.NIL : value;
  }
}
