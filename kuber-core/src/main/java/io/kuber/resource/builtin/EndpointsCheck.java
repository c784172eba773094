package io.kuber.resource.builtin;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.List;

/** What is wrong with a set of endpoints that have the same ports (validateEndpointSubsets). */
final class EndpointsCheck {
  private EndpointsCheck() {}

  static void check(FieldPath path, Tree subset, Problems problems) {
    if (subset.items("addresses").isEmpty() && subset.items("notReadyAddresses").isEmpty()) {
      problems.required(path, "must specify `addresses` or `notReadyAddresses`");
    }
    for (String list : new String[] {"addresses", "notReadyAddresses"}) {
      List<Tree> addresses = subset.items(list).trees();
      for (int i = 0; i < addresses.size(); i++) {
        checkAddress(path.child(list).index(i), addresses.get(i), problems);
      }
    }
    List<Tree> ports = subset.items("ports").trees();
    for (int i = 0; i < ports.size(); i++) {
      checkPort(path.child("ports").index(i), ports.get(i), ports.size() > 1, problems);
    }
  }

  private static void checkAddress(FieldPath field, Tree address, Problems problems) {
    Addresses.check(field.child("ip"), address.text("ip"), problems);
    Texts.checkForm(field, address, "hostname", Names.LABEL, problems);
    if (address.has("nodeName")) {
      Names.SUBDOMAIN.check(field.child("nodeName"), address.text("nodeName"), problems);
    }
    Addresses.checkOrdinary(field.child("ip"), address.text("ip"), problems);
  }

  private static void checkPort(FieldPath field, Tree port, boolean needsName, Problems problems) {
    if (needsName) {
      Texts.checkSet(field, port, "name", problems);
    }
    Texts.checkForm(field, port, "name", Names.LABEL, problems);
    Numbers.checkPort(field.child("port"), port.number(0, "port"), problems);
    Texts.checkOneOf(field, port, "protocol", ServicePortCheck.PROTOCOLS, problems);
    if (port.has("appProtocol")) {
      Names.checkKey(field.child("appProtocol"), port.text("appProtocol"), problems);
    }
  }
}
