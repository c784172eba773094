package io.kuber.resource.builtin.networking;

import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.Addresses.Block;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.util.List;
import java.util.Optional;

/** {@code networking.k8s.io/v1 ServiceCIDR}: from where services get their addresses. */
final class ServiceCidrs implements KindRules {
  /** One of each family. */
  private static final int MOST = 2;

  static final Kind KIND =
      Kind.of(
              Resources.SERVICE_CIDRS,
              new ServiceCidrs(),
              Columns.none()
                  .name()
                  .text("CIDRs", (range, now) -> String.join(",", cidrs(range)))
                  .age())
          .with(Trait.STATUS);

  private static final FieldPath CIDRS = FieldPath.SPEC.child("cidrs");

  private ServiceCidrs() {}

  private static List<String> cidrs(KubeObject range) {
    return range.spec().items("cidrs").texts();
  }

  @Override
  public void check(KubeObject range, Problems problems) {
    MetadataCheck.check(range, Names.SUBDOMAIN, problems);
    List<String> cidrs = cidrs(range);
    if (cidrs.isEmpty()) {
      problems.required(CIDRS, "at least one CIDR required");
      return;
    }
    if (cidrs.size() > MOST) {
      problems.invalid(
          CIDRS, Tree.of("CIDRs", range.spec().items("cidrs")), "may only hold up to 2 values");
      return;
    }
    for (int i = 0; i < cidrs.size(); i++) {
      Addresses.checkCanonicalBlock(CIDRS.index(i), cidrs.get(i), problems);
    }
    if (cidrs.size() == MOST && areOfOneFamily(cidrs)) {
      problems.invalid(
          CIDRS,
          range.spec().items("cidrs"),
          "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
              + " 2001:db8::/64");
    }
  }

  private static boolean areOfOneFamily(List<String> cidrs) {
    Optional<Boolean> first = Block.of(cidrs.get(0)).map(Block::isIpv4);
    return first.isPresent() && first.equals(Block.of(cidrs.get(1)).map(Block::isIpv4));
  }

  /** A second family may be added, once; nothing else may change. */
  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    List<String> before = cidrs(old);
    List<String> after = cidrs(updated);
    boolean grows = before.size() == 1 && after.size() == MOST;
    if (!grows && before.size() != after.size()) {
      Object shown = updated.spec().has("cidrs") ? updated.spec().items("cidrs") : Nil.NIL;
      problems.invalid(CIDRS, shown, "field is immutable");
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      MetadataCheck.checkImmutable(CIDRS.index(i), after.get(i), before.get(i), problems);
    }
  }
}
