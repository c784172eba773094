package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with the volumes of a pod. */
final class VolumeCheck {
  private VolumeCheck() {}

  /** Reports what is wrong, and returns by name the volumes that mounts may refer to. */
  static Map<String, Tree> check(FieldPath path, Tree spec, Problems problems) {
    Map<String, Tree> byName = new LinkedHashMap<>();
    List<Tree> volumes = spec.items("volumes").trees();
    for (int i = 0; i < volumes.size(); i++) {
      Tree volume = volumes.get(i);
      FieldPath field = path.index(i);
      String name = volume.text("name");
      if (name.isEmpty()) {
        problems.required(field.child("name"), "");
      } else {
        Names.LABEL.check(field.child("name"), name, problems);
        if (byName.putIfAbsent(name, volume) != null) {
          problems.duplicate(field.child("name"), name);
        }
      }
      VolumeSourceCheck.check(field, volume, problems);
    }
    return byName;
  }
}
