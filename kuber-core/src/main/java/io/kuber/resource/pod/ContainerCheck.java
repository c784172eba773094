package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.ResourcesCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with one container. */
final class ContainerCheck {
  private ContainerCheck() {}

  static void check(FieldPath path, Tree container, Set<String> volumes, Problems problems) {
    checkName(path.child("name"), container.text("name"), problems);
    checkImage(path.child("image"), container.text("image"), problems);
    checkPorts(path.child("ports"), container.items("ports").trees(), problems);
    checkEnv(path.child("env"), container.items("env").trees(), problems);
    checkMounts(
        path.child("volumeMounts"), container.items("volumeMounts").trees(), volumes, problems);
    ResourcesCheck.check(path.child("resources"), container.tree("resources"), problems);
    for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      if (container.has(probe)) {
        ProbeCheck.check(path.child(probe), container.tree(probe), probe, problems);
      }
    }
    Numbers.checkOneOf(
        path, container, "imagePullPolicy", List.of("Always", "IfNotPresent", "Never"), problems);
    Numbers.checkOneOf(
        path,
        container,
        "terminationMessagePolicy",
        List.of("File", "FallbackToLogsOnError"),
        problems);
  }

  private static void checkName(FieldPath field, String name, Problems problems) {
    if (name.isEmpty()) {
      problems.required(field, "");
    } else {
      Names.LABEL.check(field, name, problems);
    }
  }

  private static void checkImage(FieldPath field, String image, Problems problems) {
    if (image.isEmpty()) {
      problems.required(field, "");
    } else if (!image.strip().equals(image)) {
      problems.invalid(field, image, "must not have leading or trailing whitespace");
    }
  }

  private static void checkPorts(FieldPath path, List<Tree> ports, Problems problems) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      Tree port = ports.get(i);
      FieldPath field = path.index(i);
      String name = port.text("name");
      if (!name.isEmpty()) {
        Numbers.checkPortName(field.child("name"), name, problems);
        if (!names.add(name)) {
          problems.duplicate(field.child("name"), name);
        }
      }
      if (port.number(0, "containerPort") == 0) {
        problems.required(field.child("containerPort"), "");
      } else {
        Numbers.checkPort(field.child("containerPort"), port.number(0, "containerPort"), problems);
      }
      if (port.number(0, "hostPort") != 0) {
        Numbers.checkPort(field.child("hostPort"), port.number(0, "hostPort"), problems);
      }
      Numbers.checkOneOf(field, port, "protocol", List.of("TCP", "UDP", "SCTP"), problems);
    }
  }

  private static void checkEnv(FieldPath path, List<Tree> env, Problems problems) {
    for (int i = 0; i < env.size(); i++) {
      Tree variable = env.get(i);
      FieldPath field = path.index(i);
      String name = variable.text("name");
      if (name.isEmpty()) {
        problems.required(field.child("name"), "");
      } else if (name.contains("=")) {
        problems.invalid(
            field.child("name"),
            name,
            "a valid environment variable name must consist only of printable ASCII characters"
                + " other than '='");
      }
      if (variable.has("valueFrom") && !variable.text("value").isEmpty()) {
        problems.invalid(
            field.child("valueFrom"), "", "may not be specified when `value` is not empty");
      }
    }
  }

  private static void checkMounts(
      FieldPath path, List<Tree> mounts, Set<String> volumes, Problems problems) {
    Set<String> mountPaths = new HashSet<>();
    for (int i = 0; i < mounts.size(); i++) {
      Tree mount = mounts.get(i);
      FieldPath field = path.index(i);
      String name = mount.text("name");
      if (name.isEmpty()) {
        problems.required(field.child("name"), "");
      } else if (!volumes.contains(name)) {
        problems.notFound(field.child("name"), name);
      }
      String mountPath = mount.text("mountPath");
      if (mountPath.isEmpty()) {
        problems.required(field.child("mountPath"), "");
      } else if (!mountPaths.add(mountPath)) {
        problems.invalid(field.child("mountPath"), mountPath, "must be unique");
      }
    }
  }
}
