package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.Addresses.Block;
import io.kuber.resource.check.Amounts;
import io.kuber.resource.check.Names;
import io.kuber.selector.LabelSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a node (pkg/apis/core/validation, ValidateNode and ValidateNodeUpdate). */
final class NodeCheck {
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final FieldPath BLOCKS = FieldPath.SPEC.child("podCIDRs");
  private static final FieldPath STATUS = FieldPath.ROOT.child("status");

  /** Kubernetes looks for taints there, and says so. */
  private static final FieldPath TAINTS = FieldPath.METADATA.child("taints");

  private NodeCheck() {}

  static void check(KubeObject node, Problems problems) {
    checkTaints(node.spec().items("taints").trees(), problems);
    for (String list : new String[] {"capacity", "allocatable"}) {
      node.status()
          .tree(list)
          .forEach(
              (name, amount) -> Amounts.check(STATUS.child(list, name), name, amount, problems));
    }
  }

  private static void checkTaints(List<Tree> taints, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < taints.size(); i++) {
      FieldPath field = TAINTS.index(i);
      Tree taint = taints.get(i);
      String effect = taint.text("effect");
      Names.checkKey(field.child("key"), taint.text("key"), problems);
      List<String> errors = LabelSyntax.valueErrors(taint.text("value"));
      if (!errors.isEmpty()) {
        problems.invalid(field.child("value"), taint.text("value"), String.join(";", errors));
      }
      if (effect.isEmpty()) {
        problems.required(field.child("effect"), "");
      } else if (!EFFECTS.contains(effect)) {
        problems.notSupported(field.child("effect"), effect, EFFECTS);
      }
      if (!seen.add(effect + " " + taint.text("key"))) {
        refuseDuplicate(field, taint, problems);
      }
    }
  }

  private static void refuseDuplicate(FieldPath field, Tree taint, Problems problems) {
    Object added = taint.get("timeAdded");
    Tree shown =
        Tree.of(
            "Key",
            taint.text("key"),
            "Value",
            taint.text("value"),
            "Effect",
            taint.text("effect"),
            "TimeAdded",
            added == null ? Nil.NIL : added);
    problems.add(
        new Problem(
            "FieldValueDuplicate",
            field.toString(),
            "Duplicate value: "
                + Problems.quoted(shown)
                + ": taints must be unique by key and effect pair"));
  }

  /** Reports blocks of addresses of pods that are none, or are more than one of a family. */
  static void checkBlocks(Items blocks, Problems problems) {
    List<String> texts = blocks.texts();
    Set<String> seen = new HashSet<>();
    Set<Boolean> families = new HashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      Addresses.checkBlock(BLOCKS.index(i), texts.get(i), problems);
      Optional<Block> block = Block.of(texts.get(i));
      block.ifPresent(b -> families.add(b.isIpv4()));
    }
    if (texts.size() > 1 && (families.size() < 2 || texts.size() > 2)) {
      problems.invalid(BLOCKS, blocks, "may specify no more than one CIDR for each IP family");
    }
    for (int i = 0; i < texts.size(); i++) {
      if (!seen.add(texts.get(i))) {
        problems.duplicate(BLOCKS.index(i), texts.get(i));
      }
    }
  }

  static void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    checkAddresses(updated.status().items("addresses").trees(), problems);
    Items before = old.spec().items("podCIDRs");
    if (!before.isEmpty() && !before.equals(updated.spec().items("podCIDRs"))) {
      problems.forbidden(BLOCKS, "node updates may not change podCIDR except from \"\" to valid");
    }
    String provider = old.spec().text("providerID");
    if (!provider.isEmpty() && !provider.equals(updated.spec().text("providerID"))) {
      problems.forbidden(
          FieldPath.SPEC.child("providerID"),
          "node updates may not change providerID except from \"\" to valid");
    }
    if (!updated.spec().text("externalID").equals(old.spec().text("externalID"))) {
      problems.forbidden(FieldPath.SPEC.child("externalID"), "may not be updated");
    }
  }

  private static void checkAddresses(List<Tree> addresses, Problems problems) {
    Set<Tree> seen = new HashSet<>();
    for (int i = 0; i < addresses.size(); i++) {
      Tree shown =
          Tree.of(
              "Type", addresses.get(i).text("type"), "Address", addresses.get(i).text("address"));
      if (!seen.add(shown)) {
        problems.duplicate(STATUS.child("addresses").index(i), shown);
      }
    }
  }
}
