package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Paths;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with the mounts of a container and with its block devices. */
final class MountCheck {
  private static final List<String> PROPAGATIONS =
      List.of("Bidirectional", "HostToContainer", "None");

  private static final List<String> RECURSIONS = List.of("Disabled", "Enabled", "IfPossible");

  private MountCheck() {}

  static void check(FieldPath path, Tree container, Map<String, Tree> volumes, Problems problems) {
    checkMounts(path.child("volumeMounts"), container, volumes, problems);
    checkDevices(path.child("volumeDevices"), container, volumes, problems);
  }

  private static void checkMounts(
      FieldPath path, Tree container, Map<String, Tree> volumes, Problems problems) {
    List<Tree> mounts = container.items("volumeMounts").trees();
    List<Tree> devices = container.items("volumeDevices").trees();
    Set<String> mountPaths = new HashSet<>();
    for (int i = 0; i < mounts.size(); i++) {
      Tree mount = mounts.get(i);
      FieldPath field = path.index(i);
      String name = mount.text("name");
      String mountPath = mount.text("mountPath");
      Texts.checkSet(field, mount, "name", problems);
      if (!volumes.containsKey(name)) {
        problems.notFound(field.child("name"), name);
      }
      Texts.checkSet(field, mount, "mountPath", problems);
      if (!mountPaths.add(mountPath)) {
        problems.invalid(field.child("mountPath"), mountPath, "must be unique");
      }
      if (devices.stream().anyMatch(d -> d.text("name").equals(name))) {
        problems.invalid(field.child("name"), name, "must not already exist in volumeDevices");
      }
      if (devices.stream().anyMatch(d -> d.text("devicePath").equals(mountPath))) {
        problems.invalid(
            field.child("mountPath"),
            mountPath,
            "must not already exist as a path in volumeDevices");
      }
      checkSubPath(path, field, mount, problems);
      checkPropagation(path.child("mountPropagation"), mount, container, problems);
      checkRecursion(path.child("recursiveReadOnly"), mount, problems);
    }
  }

  private static void checkSubPath(FieldPath path, FieldPath field, Tree mount, Problems problems) {
    String sub = mount.text("subPath");
    String expression = mount.text("subPathExpr");
    Paths.checkDescending(path.child("subPath"), sub, problems);
    if (!sub.isEmpty() && !expression.isEmpty()) {
      problems.invalid(
          field.child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
    }
    Paths.checkDescending(path.child("subPathExpr"), expression, problems);
  }

  private static void checkPropagation(
      FieldPath field, Tree mount, Tree container, Problems problems) {
    if (!mount.has("mountPropagation")) {
      return;
    }
    String propagation = mount.text("mountPropagation");
    if (!PROPAGATIONS.contains(propagation)) {
      problems.notSupported(field, propagation, PROPAGATIONS);
    }
    if (propagation.equals("Bidirectional") && !container.isTrue("securityContext", "privileged")) {
      problems.forbidden(
          field, "Bidirectional mount propagation is available only to privileged containers");
    }
  }

  private static void checkRecursion(FieldPath field, Tree mount, Problems problems) {
    if (!mount.has("recursiveReadOnly")) {
      return;
    }
    String recursion = mount.text("recursiveReadOnly");
    if (!RECURSIONS.contains(recursion)) {
      problems.notSupported(field, recursion, RECURSIONS);
    } else if (!recursion.equals("Disabled")) {
      String propagation = mount.text("mountPropagation");
      if (!mount.isTrue("readOnly")) {
        problems.forbidden(field, "may only be specified when readOnly is true");
      }
      if (!propagation.isEmpty() && !propagation.equals("None")) {
        problems.forbidden(
            field, "may only be specified when mountPropagation is None or not specified");
      }
    }
  }

  private static void checkDevices(
      FieldPath path, Tree container, Map<String, Tree> volumes, Problems problems) {
    List<Tree> devices = container.items("volumeDevices").trees();
    Set<String> names = new HashSet<>();
    Set<String> paths = new HashSet<>();
    for (int i = 0; i < devices.size(); i++) {
      Tree device = devices.get(i);
      FieldPath field = path.index(i);
      String name = device.text("name");
      String devicePath = device.text("devicePath");
      Texts.checkSet(field, device, "name", problems);
      if (!names.add(name)) {
        problems.invalid(field.child("name"), name, "must be unique");
      }
      checkDeviceVolume(field.child("name"), name, volumes.get(name), problems);
      Texts.checkSet(field, device, "devicePath", problems);
      if (!paths.add(devicePath)) {
        problems.invalid(field.child("devicePath"), devicePath, "must be unique");
      }
      if (Paths.hasBackstep(devicePath)) {
        problems.invalid(field.child("devicePath"), devicePath, "can not contain backsteps ('..')");
      }
    }
  }

  private static void checkDeviceVolume(
      FieldPath field, String name, @Nullable Tree volume, Problems problems) {
    if (volume == null) {
      problems.notFound(field, name);
    } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
      problems.invalid(
          field,
          name,
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
  }
}
