package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.List;
import java.util.function.BiConsumer;

/** What a pod may not say because of the operating system it says it needs. */
final class OsCheck {
  private static final List<String> SYSTEMS = List.of("linux", "windows");

  private static final List<String> LINUX_PODS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy");

  private static final List<String> LINUX_CONTAINERS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");

  private OsCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    if (!spec.has("os")) {
      return;
    }
    String name = spec.text("os", "name");
    if (name.isEmpty()) {
      problems.required(path.child("os", "name"), "cannot be empty");
    } else if (!SYSTEMS.contains(name)) {
      problems.notSupported(path.child("os"), name, SYSTEMS);
    } else if (name.equals("linux")) {
      eachContext(
          path,
          spec,
          (field, context) -> {
            if (context.has("windowsOptions")) {
              problems.forbidden(
                  field.child("windowsOptions"), "windows options cannot be set for a linux pod");
            }
          });
    } else {
      checkWindows(path, spec, problems);
    }
  }

  private static void checkWindows(FieldPath path, Tree spec, Problems problems) {
    for (String field : new String[] {"hostUsers", "hostPID", "hostIPC", "shareProcessNamespace"}) {
      if (spec.has(field) && (field.equals("hostUsers") || spec.isTrue(field))) {
        problems.forbidden(path.child(field), "cannot be set for a windows pod");
      }
    }
    FieldPath ofPod = path.child("securityContext");
    eachContext(
        path,
        spec,
        (field, context) -> {
          boolean pod = field.toString().equals(ofPod.toString());
          for (String forbidden : pod ? LINUX_PODS : LINUX_CONTAINERS) {
            if (context.has(forbidden)) {
              problems.forbidden(field.child(forbidden), "cannot be set for a windows pod");
            }
          }
        });
  }

  private static void eachContext(FieldPath path, Tree spec, BiConsumer<FieldPath, Tree> action) {
    action.accept(path.child("securityContext"), spec.tree("securityContext"));
    for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      List<Tree> containers = spec.items(list).trees();
      for (int i = 0; i < containers.size(); i++) {
        action.accept(
            path.child(list).index(i).child("securityContext"),
            containers.get(i).tree("securityContext"));
      }
    }
  }
}
