package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the containers of one pod, of all three kinds. Lives as long as one check. */
final class ContainersCheck {
  private static final List<String> NOT_FOR_INIT =
      List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");

  private static final List<String> NOT_FOR_EPHEMERAL =
      List.of(
          "ports",
          "resources",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle",
          "resizePolicy",
          "restartPolicy",
          "restartPolicyRules");

  private final FieldPath path;
  private final Tree spec;
  private final Problems problems;
  private final ContainerCheck common;
  private final LifeCheck life;
  private final Set<String> names = new HashSet<>();

  ContainersCheck(
      FieldPath path, Tree spec, Map<String, Tree> volumes, Set<String> claims, Problems problems) {
    this.path = path;
    this.spec = spec;
    this.problems = problems;
    this.common = new ContainerCheck(spec, volumes, claims, problems);
    this.life = new LifeCheck(spec.number(0, "terminationGracePeriodSeconds"), problems);
  }

  void check() {
    checkMain();
    checkInit();
    checkEphemeral();
    checkHostNetwork();
  }

  private void checkMain() {
    List<Tree> containers = spec.items("containers").trees();
    if (containers.isEmpty()) {
      problems.required(path.child("containers"), "");
    }
    Set<String> hostPorts = new HashSet<>();
    for (int i = 0; i < containers.size(); i++) {
      FieldPath field = path.child("containers").index(i);
      common.check(field, containers.get(i));
      checkUnique(field, containers.get(i));
      life.check(field, containers.get(i));
      checkRestart(field, containers.get(i));
      checkHostPorts(field, containers.get(i), hostPorts);
    }
  }

  private void checkInit() {
    List<Tree> containers = spec.items("initContainers").trees();
    for (int i = 0; i < containers.size(); i++) {
      FieldPath field = path.child("initContainers").index(i);
      Tree container = containers.get(i);
      common.check(field, container);
      checkUnique(field, container);
      checkRestart(field, container);
      checkHostPorts(field, container, new HashSet<>());
      if (container.text("restartPolicy").equals("Always")) {
        life.check(field, container);
        continue;
      }
      for (String forbidden : NOT_FOR_INIT) {
        if (container.has(forbidden)) {
          problems.forbidden(
              field.child(forbidden),
              "may not be set for init containers without restartPolicy=Always");
        }
      }
    }
  }

  private void checkEphemeral() {
    Set<String> targets = new HashSet<>(names);
    List<Tree> containers = spec.items("ephemeralContainers").trees();
    for (int i = 0; i < containers.size(); i++) {
      FieldPath field = path.child("ephemeralContainers").index(i);
      Tree container = containers.get(i);
      common.check(field, container);
      checkUnique(field, container);
      String target = container.text("targetContainerName");
      if (!target.isEmpty() && !targets.contains(target)) {
        problems.notFound(field.child("targetContainerName"), target);
      }
      for (String forbidden : NOT_FOR_EPHEMERAL) {
        boolean empty = container.tree(forbidden).isEmpty() && container.items(forbidden).isEmpty();
        if (container.has(forbidden) && !(empty && forbidden.equals("resources"))) {
          problems.forbidden(field.child(forbidden), "cannot be set for an Ephemeral Container");
        }
      }
      checkSubPaths(field.child("volumeMounts"), container.items("volumeMounts").trees());
    }
  }

  private void checkSubPaths(FieldPath field, List<Tree> mounts) {
    for (int i = 0; i < mounts.size(); i++) {
      for (String part : new String[] {"subPath", "subPathExpr"}) {
        if (!mounts.get(i).text(part).isEmpty()) {
          problems.forbidden(
              field.index(i).child(part), "cannot be set for an Ephemeral Container");
        }
      }
    }
  }

  private void checkUnique(FieldPath field, Tree container) {
    String name = container.text("name");
    if (!name.isEmpty() && !names.add(name)) {
      problems.duplicate(field.child("name"), name);
    }
  }

  private void checkRestart(FieldPath field, Tree container) {
    List<String> policies = List.of("Always", "Never", "OnFailure");
    if (container.has("restartPolicy") && !policies.contains(container.text("restartPolicy"))) {
      problems.notSupported(
          field.child("restartPolicy"), container.text("restartPolicy"), policies);
    }
    if (!container.items("restartPolicyRules").isEmpty() && !container.has("restartPolicy")) {
      problems.required(
          field.child("restartPolicy"), "must specify restartPolicy when restart rules are used");
    }
  }

  private void checkHostPorts(FieldPath field, Tree container, Set<String> taken) {
    List<Tree> ports = container.items("ports").trees();
    for (int i = 0; i < ports.size(); i++) {
      Tree port = ports.get(i);
      long number = port.number(0, "hostPort");
      String key = port.text("protocol") + "/" + port.text("hostIP") + "/" + number;
      if (number != 0 && !taken.add(key)) {
        problems.duplicate(field.child("ports").index(i).child("hostPort"), key);
      }
    }
  }

  private void checkHostNetwork() {
    if (!spec.isTrue("hostNetwork")) {
      return;
    }
    List<Tree> containers = spec.items("containers").trees();
    for (int c = 0; c < containers.size(); c++) {
      List<Tree> ports = containers.get(c).items("ports").trees();
      for (int p = 0; p < ports.size(); p++) {
        long port = ports.get(p).number(0, "hostPort");
        if (port != 0 && port != ports.get(p).number(0, "containerPort")) {
          problems.invalid(
              path.child("containers").index(c).child("ports").index(p).child("hostPort"),
              port,
              "must match `containerPort` when `hostNetwork` is true");
        }
      }
    }
  }
}
