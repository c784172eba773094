package io.kuber.resource.check;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.List;
import java.util.Objects;

/** What claims of storage ask for, on their own and in templates (pkg/apis/core/validation). */
public final class ClaimCheck {
  /** How volumes can be used. */
  private static final List<String> ACCESS_MODES =
      List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

  /** What a volume is to its user. */
  private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

  private ClaimCheck() {}

  /** Reports what is wrong with the spec of a claim. */
  public static void check(FieldPath path, Tree spec, Problems problems) {
    checkAccessModes(path, spec, "at least 1 access mode is required", problems);
    if (spec.has("selector")) {
      SelectorCheck.check(path.child("selector"), spec.tree("selector"), problems);
    }
    FieldPath size = path.child("resources").key("storage");
    Object storage = spec.at("resources", "requests", "storage");
    if (storage == null) {
      problems.required(size, "");
    } else {
      Amounts.checkPositive(size, storage, problems);
    }
    Texts.checkForm(path, spec, "storageClassName", Names.SUBDOMAIN, problems);
    checkVolumeMode(path, spec, problems);
    checkSources(path, spec, problems);
    Texts.checkForm(path, spec, "volumeAttributesClassName", Names.SUBDOMAIN, problems);
  }

  /** Reports access modes that are missing, unknown, or do not go together. */
  public static void checkAccessModes(
      FieldPath path, Tree spec, String whenMissing, Problems problems) {
    FieldPath field = path.child("accessModes");
    List<String> modes = spec.items("accessModes").texts();
    if (modes.isEmpty()) {
      problems.required(field, whenMissing);
    }
    for (String mode : modes) {
      if (!ACCESS_MODES.contains(mode)) {
        problems.notSupported(field, mode, ACCESS_MODES);
      }
    }
    boolean others =
        modes.stream().anyMatch(m -> !m.equals("ReadWriteOncePod") && ACCESS_MODES.contains(m));
    if (modes.contains("ReadWriteOncePod") && others) {
      problems.forbidden(field, "may not use ReadWriteOncePod with other access modes");
    }
  }

  /** Reports a volume mode that is none. */
  public static void checkVolumeMode(FieldPath path, Tree spec, Problems problems) {
    if (spec.has("volumeMode")) {
      Texts.checkOneOf(path, spec, "volumeMode", VOLUME_MODES, problems);
    }
  }

  private static void checkSources(FieldPath path, Tree spec, Problems problems) {
    for (String source : new String[] {"dataSource", "dataSourceRef"}) {
      if (spec.has(source)) {
        checkSource(path.child(source), spec.tree(source), problems);
      }
    }
    if (!spec.has("dataSource") || !spec.has("dataSourceRef")) {
      return;
    }
    Tree old = spec.tree("dataSource");
    Tree reference = spec.tree("dataSourceRef");
    FieldPath field = path.child("dataSource");
    if (!reference.text("namespace").isEmpty()) {
      problems.invalid(
          path, field.toString(), "may not be specified when dataSourceRef.namespace is specified");
    } else if (!Objects.equals(old.get("apiGroup"), reference.get("apiGroup"))
        || !old.text("kind").equals(reference.text("kind"))
        || !old.text("name").equals(reference.text("name"))) {
      problems.invalid(path, field.toString(), "must match dataSourceRef");
    }
  }

  private static void checkSource(FieldPath path, Tree source, Problems problems) {
    Texts.checkSet(path, source, "name", problems);
    Texts.checkSet(path, source, "kind", problems);
    if (source.text("apiGroup").isEmpty()) {
      if (!source.text("kind").equals("PersistentVolumeClaim")) {
        problems.invalid(
            path,
            source.text("kind"),
            "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
      }
    }
    Texts.checkForm(path, source, "apiGroup", Names.SUBDOMAIN, problems);
    Texts.checkForm(path, source, "namespace", Names.LABEL, problems);
  }
}
