package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Paths;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Volumes whose files are made of other objects: keys, fields of the pod, tokens. */
final class ProjectionCheck {
  private static final long MOST_MODE = 0777;
  private static final long SHORTEST_TOKEN = 600;
  private static final long LONGEST_TOKEN = 1L << 32;

  private static final String MODE_RULE =
      "must be a number between 0 and 0777 (octal), both inclusive";

  private static final List<String> SOURCES =
      List.of(
          "secret",
          "configMap",
          "downwardAPI",
          "serviceAccountToken",
          "clusterTrustBundle",
          "podCertificate");

  private ProjectionCheck() {}

  /** Reports what is wrong with the keys that a secret or config map shows as files. */
  static void checkKeys(FieldPath path, Tree source, Problems problems) {
    checkMode(path, source, "defaultMode", problems);
    List<Tree> items = source.items("items").trees();
    for (int i = 0; i < items.size(); i++) {
      FieldPath field = path.child("items").index(i);
      Texts.checkSet(field, items.get(i), "key", problems);
      checkPath(field, items.get(i), problems);
      checkMode(field, items.get(i), "mode", problems);
    }
  }

  /** Reports what is wrong with fields of the pod as files. */
  static void checkDownward(FieldPath path, Tree source, Problems problems) {
    checkMode(path, source, "defaultMode", problems);
    for (Tree item : source.items("items").trees()) {
      checkPath(path, item, problems);
      if (item.has("fieldRef")) {
        FieldRefCheck.checkOfVolume(path.child("fieldRef"), item.tree("fieldRef"), problems);
        if (item.has("resourceFieldRef")) {
          problems.invalid(
              path,
              "resource",
              "fieldRef and resourceFieldRef can not be specified simultaneously");
        }
      } else if (item.has("resourceFieldRef")) {
        FieldPath field = path.child("resourceFieldRef");
        FieldRefCheck.checkResource(field, item.tree("resourceFieldRef"), true, problems);
      } else {
        problems.required(path, "one of fieldRef and resourceFieldRef is required");
      }
      checkMode(path, item, "mode", problems);
    }
  }

  /** Reports what is wrong with a volume of several sources. */
  static void checkProjected(FieldPath path, Tree source, Problems problems) {
    checkMode(path, source, "defaultMode", problems);
    Set<String> paths = new HashSet<>();
    List<Tree> sources = source.items("sources").trees();
    for (int i = 0; i < sources.size(); i++) {
      FieldPath field = path.child("sources").index(i);
      Tree one = sources.get(i);
      checkSource(field, one, problems);
      if (SOURCES.stream().filter(one::has).count() > 1) {
        problems.forbidden(field, "may not specify more than 1 volume type");
      }
      for (String kind : new String[] {"secret", "configMap", "downwardAPI"}) {
        for (Tree item : one.tree(kind).items("items").trees()) {
          if (!item.text("path").isEmpty() && !paths.add(item.text("path"))) {
            problems.invalid(path, item.text("path"), "conflicting duplicate paths");
          }
        }
      }
    }
  }

  private static void checkSource(FieldPath path, Tree source, Problems problems) {
    for (String kind : new String[] {"secret", "configMap"}) {
      if (source.has(kind)) {
        Texts.checkSet(path.child(kind), source.tree(kind), "name", problems);
        checkKeys(path.child(kind), source.tree(kind), problems);
      }
    }
    if (source.has("downwardAPI")) {
      checkDownward(path.child("downwardAPI"), source.tree("downwardAPI"), problems);
    }
    if (source.has("serviceAccountToken")) {
      checkToken(path.child("serviceAccountToken"), source.tree("serviceAccountToken"), problems);
    }
    if (source.has("clusterTrustBundle")) {
      checkBundle(path.child("clusterTrustBundlePEM"), source.tree("clusterTrustBundle"), problems);
    }
  }

  private static void checkToken(FieldPath path, Tree token, Problems problems) {
    long seconds = token.number(SHORTEST_TOKEN, "expirationSeconds");
    FieldPath field = path.child("expirationSeconds");
    if (seconds < SHORTEST_TOKEN) {
      problems.invalid(field, seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds > LONGEST_TOKEN) {
      problems.invalid(field, seconds, "may not specify a duration larger than 2^32 seconds");
    }
    checkPath(path, token, problems);
  }

  private static void checkBundle(FieldPath path, Tree bundle, Problems problems) {
    boolean named = bundle.has("name");
    boolean signed = bundle.has("signerName");
    if (named && signed) {
      problems.invalid(path, bundle, "only one of name and signerName may be used");
    } else if (!named && !signed) {
      problems.required(path, "either name or signerName must be specified");
    }
    checkPath(path, bundle, problems);
  }

  private static void checkPath(FieldPath path, Tree tree, Problems problems) {
    Texts.checkSet(path, tree, "path", problems);
    Paths.checkLocal(path.child("path"), tree.text("path"), problems);
  }

  private static void checkMode(FieldPath path, Tree tree, String name, Problems problems) {
    long mode = tree.number(0, name);
    if (mode < 0 || mode > MOST_MODE) {
      problems.invalid(path.child(name), mode, MODE_RULE);
    }
  }
}
