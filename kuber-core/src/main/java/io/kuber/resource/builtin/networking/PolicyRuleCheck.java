package io.kuber.resource.builtin.networking;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.Addresses.Block;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.check.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may stand in the rules of a NetworkPolicy (pkg/apis/networking/validation).
 *
 * @param known blocks that the policy had before, whose form is not looked at again
 */
record PolicyRuleCheck(Set<String> known) {
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

  void check(FieldPath field, Items rules, String peers, Problems problems) {
    for (int i = 0; i < rules.size(); i++) {
      List<Tree> ports = rules.tree(i).items("ports").trees();
      for (int p = 0; p < ports.size(); p++) {
        checkPort(field.index(i).child("ports").index(p), ports.get(p), problems);
      }
      List<Tree> others = rules.tree(i).items(peers).trees();
      for (int p = 0; p < others.size(); p++) {
        checkPeer(field.index(i).child(peers).index(p), others.get(p), problems);
      }
    }
  }

  private static void checkPort(FieldPath field, Tree port, Problems problems) {
    Texts.checkOneOf(field, port, "protocol", PROTOCOLS, problems);
    FieldPath end = field.child("endPort");
    long last = port.number(0, "endPort");
    if (port.get("port") instanceof Long first) {
      Numbers.checkPort(field.child("port"), first, problems);
      if (port.has("endPort")) {
        if (last < first) {
          problems.invalid(end, last, "must be greater than or equal to `port`");
        }
        Numbers.checkPort(end, last, problems);
      }
    } else if (port.has("port")) {
      if (port.has("endPort")) {
        problems.invalid(end, last, "may not be specified when `port` is non-numeric");
      }
      Numbers.checkPortName(field.child("port"), port.text("port"), problems);
    } else if (port.has("endPort")) {
      problems.invalid(end, last, "may not be specified when `port` is not specified");
    }
  }

  private void checkPeer(FieldPath field, Tree peer, Problems problems) {
    boolean selects = peer.has("podSelector") || peer.has("namespaceSelector");
    for (String selector : new String[] {"podSelector", "namespaceSelector"}) {
      SelectorCheck.check(field.child(selector), peer.tree(selector), problems);
    }
    if (peer.has("ipBlock")) {
      checkBlock(field.child("ipBlock"), peer.tree("ipBlock"), problems);
      if (selects) {
        problems.forbidden(field, "may not specify both ipBlock and another peer");
      }
    } else if (!selects) {
      problems.required(field, "must specify a peer");
    }
  }

  private void checkBlock(FieldPath field, Tree ipBlock, Problems problems) {
    String cidr = ipBlock.text("cidr");
    if (cidr.isEmpty()) {
      problems.required(field.child("cidr"), "");
      return;
    }
    checkForm(field.child("cidr"), cidr, problems);
    Optional<Block> whole = Block.of(cidr);
    if (whole.isEmpty()) {
      return;
    }
    List<String> except = ipBlock.items("except").texts();
    for (int i = 0; i < except.size(); i++) {
      FieldPath path = field.child("except").index(i);
      Optional<Block> part = Block.of(except.get(i));
      checkForm(path, except.get(i), problems);
      if (part.isPresent() && !whole.get().strictlyContains(part.get())) {
        problems.invalid(path, except.get(i), "must be a strict subset of `cidr`");
      }
    }
  }

  private void checkForm(FieldPath field, String block, Problems problems) {
    if (!known.contains(block)) {
      Addresses.checkBlock(field, block, problems);
    }
  }
}
