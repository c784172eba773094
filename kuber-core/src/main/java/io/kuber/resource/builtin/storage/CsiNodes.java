package io.kuber.resource.builtin.storage;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code storage.k8s.io/v1 CSINode}: the drivers of volumes that a node has. */
final class CsiNodes implements KindRules {
  /** Bytes of the name that a driver gives the node. */
  private static final int MAX_NODE_ID = 256;

  static final Kind KIND =
      Kind.of(
          Resources.CSI_NODES,
          new CsiNodes(),
          Columns.none()
              .name()
              .integer("Drivers", (node, now) -> (long) node.spec().items("drivers").size())
              .age());

  private static final FieldPath DRIVERS = FieldPath.SPEC.child("drivers");

  private CsiNodes() {}

  @Override
  public void check(KubeObject node, Problems problems) {
    MetadataCheck.check(node, Names.SUBDOMAIN, problems);
    List<Tree> drivers = node.spec().items("drivers").trees();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < drivers.size(); i++) {
      checkDriver(DRIVERS.index(i), drivers.get(i), problems);
      if (!names.add(drivers.get(i).text("name"))) {
        problems.duplicate(DRIVERS.index(i).child("name"), drivers.get(i).text("name"));
      }
    }
  }

  private static void checkDriver(FieldPath field, Tree driver, Problems problems) {
    Texts.checkDriver(field.child("name"), driver.text("name"), problems);
    Texts.checkSet(field, driver, "nodeID", problems);
    if (driver.text("nodeID").length() > MAX_NODE_ID) {
      problems.invalid(
          field.child("nodeID"),
          driver.text("nodeID"),
          "must be " + MAX_NODE_ID + " characters or less");
    }
    Numbers.checkNotNegative(
        field.child("allocatable"), driver.tree("allocatable"), "count", problems);
    Set<String> keys = new HashSet<>();
    for (String key : driver.items("topologyKeys").texts()) {
      if (key.isEmpty()) {
        problems.required(field, "");
      }
      if (!keys.add(key)) {
        problems.duplicate(field, key);
      }
      Names.checkKey(field, key, problems);
    }
  }

  /** A driver may come and go, but only how much it can hold may change while it is there. */
  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    for (Tree before : old.spec().items("drivers").trees()) {
      for (Tree after : updated.spec().items("drivers").trees()) {
        if (after.text("name").equals(before.text("name"))) {
          MetadataCheck.checkImmutable(
              DRIVERS, after.without("allocatable"), before.without("allocatable"), problems);
        }
      }
    }
  }
}
