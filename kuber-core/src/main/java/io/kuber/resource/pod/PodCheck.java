package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the spec of a pod or of a template (pkg/apis/core/validation). */
public final class PodCheck {
  private PodCheck() {}

  /** Reports what is wrong with a complete spec. */
  public static void check(FieldPath path, Tree spec, Problems problems) {
    Set<String> volumes = VolumeCheck.check(path.child("volumes"), spec, problems);
    checkContainers(path, spec, volumes, problems);
    Numbers.checkOneOf(
        path, spec, "restartPolicy", List.of("Always", "OnFailure", "Never"), problems);
    Numbers.checkOneOf(
        path,
        spec,
        "dnsPolicy",
        List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"),
        problems);
    Numbers.checkNotNegative(path, spec, "terminationGracePeriodSeconds", problems);
    Numbers.checkDeadline(path, spec, "activeDeadlineSeconds", problems);
    checkNames(path, spec, problems);
    MetadataCheck.checkLabels(
        path.child("nodeSelector"), spec.tree("nodeSelector").texts(), problems);
    checkTolerations(path.child("tolerations"), spec, problems);
  }

  private static void checkNames(FieldPath path, Tree spec, Problems problems) {
    checkName(path, spec, "serviceAccountName", Names.SUBDOMAIN, problems);
    checkName(path, spec, "nodeName", Names.SUBDOMAIN, problems);
    checkName(path, spec, "hostname", Names.LABEL, problems);
    checkName(path, spec, "subdomain", Names.LABEL, problems);
    checkName(path, spec, "priorityClassName", Names.SUBDOMAIN, problems);
  }

  private static void checkName(
      FieldPath path, Tree spec, String field, Names form, Problems problems) {
    if (!spec.text(field).isEmpty()) {
      form.check(path.child(field), spec.text(field), problems);
    }
  }

  private static void checkContainers(
      FieldPath path, Tree spec, Set<String> volumes, Problems problems) {
    if (spec.items("containers").isEmpty()) {
      problems.required(path.child("containers"), "");
    }
    Set<String> names = new HashSet<>();
    for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      List<Tree> containers = spec.items(list).trees();
      for (int i = 0; i < containers.size(); i++) {
        FieldPath field = path.child(list).index(i);
        String name = containers.get(i).text("name");
        if (!name.isEmpty() && !names.add(name)) {
          problems.duplicate(field.child("name"), name);
        }
        ContainerCheck.check(field, containers.get(i), volumes, problems);
      }
    }
  }

  private static void checkTolerations(FieldPath path, Tree spec, Problems problems) {
    List<Tree> tolerations = spec.items("tolerations").trees();
    for (int i = 0; i < tolerations.size(); i++) {
      Tree toleration = tolerations.get(i);
      FieldPath field = path.index(i);
      if (!toleration.text("key").isEmpty()) {
        Names.checkKey(field.child("key"), toleration.text("key"), problems);
      } else if (!toleration.text("operator").equals("Exists")) {
        problems.invalid(
            field.child("operator"),
            toleration.text("operator"),
            "operator must be Exists when `key` is empty, which means \"match all values and all"
                + " keys\"");
      }
      Numbers.checkOneOf(
          field,
          toleration,
          "effect",
          List.of("NoSchedule", "PreferNoSchedule", "NoExecute"),
          problems);
    }
  }
}
