package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a service. */
final class ServiceCheck {
  private static final String NONE = "None";

  private ServiceCheck() {}

  static void check(KubeObject service, Problems problems) {
    MetadataCheck.check(service, Names.LABEL_1035, problems);
    Tree spec = service.spec();
    Numbers.checkOneOf(
        FieldPath.SPEC,
        spec,
        "type",
        List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort"),
        problems);
    Numbers.checkOneOf(
        FieldPath.SPEC, spec, "sessionAffinity", List.of("ClientIP", NONE), problems);
    MetadataCheck.checkLabels(
        FieldPath.SPEC.child("selector"), spec.tree("selector").texts(), problems);
    checkKindOfAddress(spec, problems);
    checkPorts(spec, problems);
  }

  private static void checkKindOfAddress(Tree spec, Problems problems) {
    String address = spec.text("clusterIP");
    switch (spec.text("type")) {
      case "ExternalName" -> {
        if (spec.text("externalName").isEmpty()) {
          problems.required(FieldPath.SPEC.child("externalName"), "");
        }
        if (!address.isEmpty()) {
          problems.forbidden(
              FieldPath.SPEC.child("clusterIPs"), "may not be set when `type` is 'ExternalName'");
        }
      }
      case "NodePort", "LoadBalancer" -> {
        if (address.equals(NONE)) {
          problems.invalid(
              FieldPath.SPEC.child("clusterIPs").index(0),
              NONE,
              "may not be set to 'None' for " + spec.text("type") + " services");
        }
      }
      default -> {}
    }
    if (!address.isEmpty() && !address.equals(NONE) && !isAddress(address)) {
      problems.invalid(
          FieldPath.SPEC.child("clusterIPs").index(0),
          address,
          "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
  }

  private static boolean isAddress(String text) {
    return text.matches("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  }

  private static void checkPorts(Tree spec, Problems problems) {
    List<Tree> ports = spec.items("ports").trees();
    boolean needsPorts =
        !spec.text("type").equals("ExternalName") && !spec.text("clusterIP").equals(NONE);
    if (ports.isEmpty() && needsPorts) {
      problems.required(FieldPath.SPEC.child("ports"), "");
    }
    Set<String> names = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      Tree port = ports.get(i);
      FieldPath field = FieldPath.SPEC.child("ports").index(i);
      checkName(field.child("name"), port.text("name"), ports.size() > 1, names, problems);
      Numbers.checkPort(field.child("port"), port.number(0, "port"), problems);
      Numbers.checkOneOf(field, port, "protocol", List.of("SCTP", "TCP", "UDP"), problems);
      Object target = port.get("targetPort");
      if (target != null && needsPorts) {
        Numbers.checkPortOrName(field.child("targetPort"), target, problems);
      }
      if (!numbers.add(port.number(0, "port") + port.text("protocol"))) {
        problems.duplicate(
            field, Tree.of("port", port.number(0, "port"), "protocol", port.text("protocol")));
      }
      if (spec.text("type").equals("ClusterIP") && port.number(0, "nodePort") != 0) {
        problems.forbidden(field.child("nodePort"), "may not be used when `type` is 'ClusterIP'");
      }
    }
  }

  private static void checkName(
      FieldPath field, String name, boolean needed, Set<String> names, Problems problems) {
    if (name.isEmpty()) {
      if (needed) {
        problems.required(field, "");
      }
    } else {
      Names.LABEL.check(field, name, problems);
      if (!names.add(name)) {
        problems.duplicate(field, name);
      }
    }
  }

  static void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    String was = old.spec().text("clusterIP");
    boolean external = updated.spec().text("type").equals("ExternalName");
    if (!was.isEmpty() && !external && !was.equals(updated.spec().text("clusterIP"))) {
      problems.invalid(
          FieldPath.SPEC.child("clusterIPs").index(0),
          updated.spec().text("clusterIP"),
          "may not change once set");
    }
  }
}
