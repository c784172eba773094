package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the volumes of a pod. */
final class VolumeCheck {
  /** The field without which a source of that type means nothing. */
  private static final Map<String, String> ESSENTIALS =
      Map.of(
          "secret", "secretName",
          "configMap", "name",
          "hostPath", "path",
          "persistentVolumeClaim", "claimName");

  private VolumeCheck() {}

  /** Reports what is wrong, and returns the names that mounts may refer to. */
  static Set<String> check(FieldPath path, Tree spec, Problems problems) {
    Set<String> names = new HashSet<>();
    List<Tree> volumes = spec.items("volumes").trees();
    for (int i = 0; i < volumes.size(); i++) {
      Tree volume = volumes.get(i);
      FieldPath field = path.index(i);
      String name = volume.text("name");
      if (name.isEmpty()) {
        problems.required(field.child("name"), "");
      } else {
        Names.LABEL.check(field.child("name"), name, problems);
        if (!names.add(name)) {
          problems.duplicate(field.child("name"), name);
        }
      }
      checkSource(field, volume.without("name"), problems);
    }
    return names;
  }

  private static void checkSource(FieldPath path, Tree sources, Problems problems) {
    if (sources.isEmpty()) {
      problems.required(path, "must specify a volume type");
    }
    for (int i = 0; i < sources.size(); i++) {
      String source = sources.nameAt(i);
      if (i > 0) {
        problems.forbidden(path.child(source), "may not specify more than 1 volume type");
      }
      String essential = ESSENTIALS.get(source);
      if (essential != null && sources.text(source, essential).isEmpty()) {
        problems.required(path.child(source, essential), "");
      }
    }
  }
}
