package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.Amounts;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.ResourceNames;
import java.util.HashSet;
import java.util.StringJoiner;
import java.util.TreeMap;

/** {@code v1 ResourceQuota}. */
final class ResourceQuotas implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.RESOURCE_QUOTAS,
              new ResourceQuotas(),
              Columns.none()
                  .name()
                  .text("Request", (quota, now) -> used(quota, false))
                  .text("Limit", (quota, now) -> used(quota, true))
                  .age())
          .with(Trait.STATUS, Trait.ANSWERS_WITH_DELETED);

  private ResourceQuotas() {}

  /** What is used of what there is, for the limits or for all else. */
  private static String used(KubeObject quota, boolean ofLimits) {
    TreeMap<String, Object> hard = new TreeMap<>();
    quota.status().tree("hard").forEach(hard::put);
    StringJoiner shares = new StringJoiner(", ");
    hard.forEach(
        (name, most) -> {
          if (name.startsWith("limits.") == ofLimits) {
            Object used = quota.status().at("used", name);
            shares.add(name + ": " + (used == null ? "0" : used) + "/" + most);
          }
        });
    return shares.toString();
  }

  @Override
  public void check(KubeObject quota, Problems problems) {
    MetadataCheck.check(quota, Names.SUBDOMAIN, problems);
    checkAmounts(FieldPath.SPEC.child("hard"), quota.spec().tree("hard"), problems);
    ScopeCheck.check(FieldPath.SPEC, quota.spec(), problems);
  }

  private static void checkAmounts(FieldPath path, Tree amounts, Problems problems) {
    amounts.forEach(
        (name, amount) -> {
          ResourceNames.checkOfQuota(path.key(name), name, problems);
          Amounts.check(path.key(name), name, amount, problems);
        });
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    if (!new HashSet<>(updated.spec().items("scopes").texts())
        .equals(new HashSet<>(old.spec().items("scopes").texts()))) {
      problems.invalid(
          FieldPath.SPEC.child("scopes"), updated.spec().items("scopes"), "field is immutable");
    }
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    for (String list : new String[] {"hard", "used"}) {
      checkAmounts(FieldPath.ROOT.child("status", list), updated.status().tree(list), problems);
    }
  }
}
