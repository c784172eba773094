package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.ResourcesCheck;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with one container, of whatever kind. Lives as long as the check of one pod. */
final class ContainerCheck {
  private final Tree spec;
  private final Map<String, Tree> volumes;
  private final Set<String> claims;
  private final Problems problems;

  ContainerCheck(Tree spec, Map<String, Tree> volumes, Set<String> claims, Problems problems) {
    this.spec = spec;
    this.volumes = volumes;
    this.claims = claims;
    this.problems = problems;
  }

  void check(FieldPath path, Tree container) {
    Texts.checkSet(path, container, "name", Names.LABEL, problems);
    checkImage(path.child("image"), container.text("image"));
    Numbers.checkOneOf(
        path,
        container,
        "terminationMessagePolicy",
        List.of("File", "FallbackToLogsOnError"),
        problems);
    checkPorts(path.child("ports"), container.items("ports").trees());
    EnvCheck.check(path, container, problems);
    MountCheck.check(path, container, volumes, problems);
    Numbers.checkOneOf(
        path, container, "imagePullPolicy", List.of("Always", "IfNotPresent", "Never"), problems);
    ResourcesCheck.check(path.child("resources"), container.tree("resources"), claims, problems);
    checkResizing(path.child("resizePolicy"), container.items("resizePolicy").trees());
    SecurityCheck.checkContainer(
        path.child("securityContext"), container.tree("securityContext"), spec, problems);
  }

  private void checkImage(FieldPath field, String image) {
    if (image.isEmpty()) {
      problems.required(field, "");
    } else if (!image.strip().equals(image)) {
      problems.invalid(field, image, "must not have leading or trailing whitespace");
    }
  }

  private void checkPorts(FieldPath path, List<Tree> ports) {
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
      if (!port.text("hostIP").isEmpty()) {
        Addresses.check(field.child("hostIP"), port.text("hostIP"), problems);
      }
      Numbers.checkOneOf(field, port, "protocol", List.of("SCTP", "TCP", "UDP"), problems);
    }
  }

  private void checkResizing(FieldPath path, List<Tree> policies) {
    Set<String> resources = new HashSet<>();
    for (int i = 0; i < policies.size(); i++) {
      String resource = policies.get(i).text("resourceName");
      String restart = policies.get(i).text("restartPolicy");
      if (!resources.add(resource)) {
        problems.duplicate(path.index(i), resource);
      }
      checkSetAndOneOf(path, resource, List.of("cpu", "memory"));
      checkSetAndOneOf(path, restart, List.of("NotRequired", "RestartContainer"));
      if (spec.text("restartPolicy").equals("Never") && !restart.equals("NotRequired")) {
        problems.invalid(path, restart, "must be 'NotRequired' when `restartPolicy` is 'Never'");
      }
    }
  }

  private void checkSetAndOneOf(FieldPath path, String value, List<String> supported) {
    if (value.isEmpty()) {
      problems.required(path, "");
    } else if (!supported.contains(value)) {
      problems.notSupported(path, value, supported);
    }
  }
}
