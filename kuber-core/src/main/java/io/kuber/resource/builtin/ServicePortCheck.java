package io.kuber.resource.builtin;

import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the ports of a service (pkg/apis/core/validation, validateServicePort). */
final class ServicePortCheck {
  /** What ports may speak, those of services and of endpoints. */
  static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  private static final FieldPath PORTS = FieldPath.SPEC.child("ports");

  private ServicePortCheck() {}

  static void check(Tree spec, Problems problems) {
    List<Tree> ports = spec.items("ports").trees();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      FieldPath field = PORTS.index(i);
      Tree port = ports.get(i);
      checkName(field.child("name"), port.text("name"), ports.size() > 1, names, problems);
      Numbers.checkPort(field.child("port"), port.number(0, "port"), problems);
      Texts.checkOneOf(field, port, "protocol", PROTOCOLS, problems);
      Object target = port.get("targetPort");
      if (target != null) {
        Numbers.checkPortOrName(field.child("targetPort"), target, problems);
      }
      if (port.has("appProtocol")) {
        Names.checkKey(field.child("appProtocol"), port.text("appProtocol"), problems);
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

  /** Reports node ports where there are none, and numbers that stand there twice. */
  static void checkNumbers(Tree spec, Problems problems) {
    List<Tree> ports = spec.items("ports").trees();
    Set<String> nodePorts = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      long nodePort = ports.get(i).number(0, "nodePort");
      FieldPath field = PORTS.index(i).child("nodePort");
      if (nodePort != 0 && spec.text("type").equals("ClusterIP")) {
        problems.forbidden(field, "may not be used when `type` is 'ClusterIP'");
      }
      String protocol = ports.get(i).text("protocol");
      if (nodePort != 0 && !nodePorts.add(nodePort + protocol)) {
        problems.duplicate(field, nodePort);
      }
    }
    for (int i = 0; i < ports.size(); i++) {
      long number = ports.get(i).number(0, "port");
      String protocol = ports.get(i).text("protocol");
      if (!numbers.add(number + protocol)) {
        problems.duplicate(PORTS.index(i), shown(number, protocol));
      }
    }
  }

  /** Kubernetes shows all fields of the port here, also those that it does not compare. */
  private static Tree shown(long number, String protocol) {
    return Tree.of(
        "Name",
        "",
        "Protocol",
        protocol,
        "AppProtocol",
        Nil.NIL,
        "Port",
        number,
        "TargetPort",
        0L,
        "NodePort",
        0L);
  }
}
