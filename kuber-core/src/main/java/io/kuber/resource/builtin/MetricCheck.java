package io.kuber.resource.builtin;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.builtin.ReferenceCheck.Group;
import io.kuber.resource.check.Amounts;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.ResourceNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with one metric that an autoscaler goes by. */
final class MetricCheck {
  /** The types, and the field that each needs. */
  private static final Map<String, String> FIELDS = fields();

  /** The fields in the order in which the first that is there is looked at. */
  private static final List<String> ORDER =
      List.of("object", "external", "pods", "resource", "containerResource");

  private MetricCheck() {}

  private static Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ContainerResource", "containerResource");
    fields.put("External", "external");
    fields.put("Object", "object");
    fields.put("Pods", "pods");
    fields.put("Resource", "resource");
    return fields;
  }

  static void check(FieldPath path, Tree metric, Group objects, Problems problems) {
    String type = metric.text("type");
    if (type.isEmpty()) {
      problems.required(path.child("type"), "must specify a metric source type");
    }
    String expected = FIELDS.getOrDefault(type, "");
    if (expected.isEmpty()) {
      problems.notSupported(path.child("type"), type, FIELDS.keySet());
    }
    List<String> given = ORDER.stream().filter(metric::has).toList();
    if (!given.isEmpty()) {
      String first = given.get(0);
      checkSource(path.child(first), first, metric.tree(first), objects, problems);
    }
    if (!expected.isEmpty() && !metric.has(expected)) {
      problems.required(
          path.child(expected), "must populate information for the given metric source");
    }
    for (String field : given) {
      if (given.size() > 1 && !field.equals(expected)) {
        problems.forbidden(path.child(field), "must populate the given metric source only");
      }
    }
  }

  private static void checkSource(
      FieldPath path, String field, Tree source, Group objects, Problems problems) {
    if (field.equals("object")) {
      ReferenceCheck.check(
          path.child("describedObject"), source.tree("describedObject"), objects, problems);
    }
    boolean ofContainers = field.equals("resource") || field.equals("containerResource");
    if (ofContainers) {
      checkResource(path, field, source, problems);
    } else {
      checkMetricName(path.child("metric", "name"), source.text("metric", "name"), problems);
    }
    Tree target = source.tree("target");
    FieldPath at = path.child("target");
    checkTarget(at, target, problems);
    boolean average = target.has("averageValue");
    switch (field) {
      case "pods" -> {
        if (!average) {
          problems.required(
              at.child("averageValue"), "must specify a positive target averageValue");
        }
      }
      case "object" -> {
        if (!average && !target.has("value")) {
          problems.required(
              at.child("averageValue"), "must set either a target value or averageValue");
        }
      }
      case "external" -> checkExternal(at, target, problems);
      default -> checkUtilization(at, target, problems);
    }
  }

  private static void checkResource(FieldPath path, String field, Tree source, Problems problems) {
    String name = source.text("name");
    if (name.isEmpty()) {
      problems.required(path.child("name"), "must specify a resource name");
    }
    if (field.equals("resource")) {
      return;
    }
    if (!name.isEmpty()) {
      ResourceNames.checkOfContainer(path.child("name"), name, problems);
    }
    if (source.text("container").isEmpty()) {
      problems.required(path.child("container"), "must specify a container");
    } else {
      Names.LABEL.check(path.child("container"), source.text("container"), problems);
    }
  }

  private static void checkMetricName(FieldPath field, String name, Problems problems) {
    if (name.isEmpty()) {
      problems.required(field, "must specify a metric name");
    } else {
      NameForm.PATH_SEGMENT.check(field, name, problems);
    }
  }

  private static void checkTarget(FieldPath path, Tree target, Problems problems) {
    String type = target.text("type");
    if (type.isEmpty()) {
      problems.required(path.child("type"), "must specify a metric target type");
    }
    if (!List.of("Utilization", "Value", "AverageValue").contains(type)) {
      problems.invalid(
          path.child("type"), type, "must be either Utilization, Value, or AverageValue");
    }
    for (String name : new String[] {"value", "averageValue"}) {
      Object amount = target.get(name);
      if (amount != null && Amounts.of(amount).filter(a -> a.signum() > 0).isEmpty()) {
        problems.invalid(path.child(name), amount.toString(), "must be positive");
      }
    }
    long utilization = target.number(1, "averageUtilization");
    if (utilization < 1) {
      problems.invalid(path.child("averageUtilization"), utilization, "must be greater than 0");
    }
  }

  private static void checkExternal(FieldPath path, Tree target, Problems problems) {
    boolean value = target.has("value");
    boolean average = target.has("averageValue");
    if (!value && !average) {
      problems.required(
          path.child("averageValue"),
          "must set either a target value for metric or a per-pod target");
    } else if (value && average) {
      problems.forbidden(
          path.child("value"), "may not set both a target value for metric and a per-pod target");
    }
  }

  private static void checkUtilization(FieldPath path, Tree target, Problems problems) {
    boolean utilization = target.has("averageUtilization");
    boolean average = target.has("averageValue");
    if (!utilization && !average) {
      problems.required(
          path.child("averageUtilization"),
          "must set either a target raw value or a target utilization");
    } else if (utilization && average) {
      problems.forbidden(
          path.child("averageValue"),
          "may not set both a target raw value and a target utilization");
    }
  }
}
