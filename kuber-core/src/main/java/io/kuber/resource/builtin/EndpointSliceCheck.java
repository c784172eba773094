package io.kuber.resource.builtin;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import io.kuber.selector.LabelSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the endpoints and ports of a slice (pkg/apis/discovery/validation). */
final class EndpointSliceCheck {
  private static final int MAX_ENDPOINTS = 1000;
  private static final int MAX_ADDRESSES = 100;
  private static final int MAX_PORTS = 20_000;
  private static final int MAX_TOPOLOGY = 16;
  private static final int MAX_HINTS = 8;
  private static final FieldPath ENDPOINTS = FieldPath.ROOT.child("endpoints");
  private static final FieldPath PORTS = FieldPath.ROOT.child("ports");

  private EndpointSliceCheck() {}

  static void check(Tree slice, Problems problems) {
    List<Tree> endpoints = slice.items("endpoints").trees();
    if (endpoints.size() > MAX_ENDPOINTS) {
      problems.tooMany(ENDPOINTS, endpoints.size(), MAX_ENDPOINTS);
    } else {
      for (int i = 0; i < endpoints.size(); i++) {
        checkEndpoint(ENDPOINTS.index(i), endpoints.get(i), slice.text("addressType"), problems);
      }
    }
    checkPorts(slice.items("ports").trees(), problems);
  }

  private static void checkEndpoint(
      FieldPath field, Tree endpoint, String type, Problems problems) {
    FieldPath list = field.child("addresses");
    List<String> addresses = endpoint.items("addresses").texts();
    if (addresses.isEmpty()) {
      problems.required(list, "must contain at least 1 address");
    } else if (addresses.size() > MAX_ADDRESSES) {
      problems.tooMany(list, addresses.size(), MAX_ADDRESSES);
    }
    for (int i = 0; i < addresses.size(); i++) {
      checkAddress(list.index(i), addresses.get(i), type, problems);
    }
    FieldPath topology = field.child("deprecatedTopology");
    Tree labels = endpoint.tree("deprecatedTopology");
    if (labels.size() > MAX_TOPOLOGY) {
      problems.tooMany(topology, labels.size(), MAX_TOPOLOGY);
    }
    MetadataCheck.checkLabels(topology, labels.texts(), problems);
    if (endpoint.has("hostname")) {
      Names.LABEL.check(field.child("hostname"), endpoint.text("hostname"), problems);
    }
    if (endpoint.has("nodeName")) {
      Names.SUBDOMAIN.check(field.child("nodeName"), endpoint.text("nodeName"), problems);
    }
    checkHints(field.child("hints", "forZones"), endpoint.tree("hints"), problems);
  }

  private static void checkAddress(
      FieldPath field, String address, String type, Problems problems) {
    switch (type) {
      case "IPv4", "IPv6" -> {
        boolean fits = Addresses.is(address) && ServiceFamilies.familyOf(address).equals(type);
        if (!fits) {
          problems.invalid(field, address, "must be a valid " + type + " address");
        }
        Addresses.checkOrdinary(field, address, problems);
      }
      case "FQDN" -> Texts.checkFullyQualified(field, address, problems);
      default -> {}
    }
  }

  private static void checkHints(FieldPath field, Tree hints, Problems problems) {
    List<Tree> zones = hints.items("forZones").trees();
    if (zones.size() > MAX_HINTS) {
      problems.tooMany(field, zones.size(), MAX_HINTS);
      return;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < zones.size(); i++) {
      String name = zones.get(i).text("name");
      FieldPath path = field.index(i).child("name");
      if (!names.add(name)) {
        problems.duplicate(path, name);
      }
      LabelSyntax.valueErrors(name).forEach(error -> problems.invalid(path, name, error));
    }
  }

  private static void checkPorts(List<Tree> ports, Problems problems) {
    if (ports.size() > MAX_PORTS) {
      problems.tooMany(PORTS, ports.size(), MAX_PORTS);
      return;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      FieldPath field = PORTS.index(i);
      Tree port = ports.get(i);
      Texts.checkForm(field, port, "name", Names.LABEL, problems);
      if (!names.add(port.text("name"))) {
        problems.duplicate(field.child("name"), port.text("name"));
      }
      Texts.checkOneOf(field, port, "protocol", ServicePortCheck.PROTOCOLS, problems);
      if (port.has("appProtocol")) {
        Names.checkKey(field.child("appProtocol"), port.text("appProtocol"), problems);
      }
    }
  }
}
