package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.util.ArrayList;
import java.util.List;

/** {@code v1 Endpoints}, which is a plural already. */
final class EndpointsObjects implements KindRules {
  /** Addresses that a table shows before it only counts. */
  private static final int SHOWN = 3;

  static final Kind KIND =
      Kind.of(
              Resources.ENDPOINTS,
              new EndpointsObjects(),
              Columns.none().name().text("Endpoints", (e, now) -> addresses(e)).age())
          .with(Trait.CREATE_ON_UPDATE);

  private EndpointsObjects() {}

  private static String addresses(KubeObject endpoints) {
    List<String> all = new ArrayList<>();
    for (Tree subset : endpoints.tree().items("subsets").trees()) {
      List<Tree> addresses = subset.items("addresses").trees();
      if (subset.items("ports").isEmpty()) {
        addresses.forEach(address -> all.add(address.text("ip")));
      }
      for (Tree port : subset.items("ports").trees()) {
        addresses.forEach(a -> all.add(a.text("ip") + ":" + port.number(0, "port")));
      }
    }
    return shortened(all);
  }

  /** The first few of many, as tables show them. */
  static String shortened(List<String> all) {
    if (all.isEmpty()) {
      return "<none>";
    }
    return all.size() <= SHOWN
        ? String.join(",", all)
        : String.join(",", all.subList(0, SHOWN)) + " + " + (all.size() - SHOWN) + " more...";
  }

  @Override
  public KubeObject defaulted(KubeObject endpoints) {
    Items subsets = endpoints.tree().items("subsets");
    for (int i = 0; i < subsets.size(); i++) {
      subsets = subsets.with(i, Ports.withProtocols(subsets.tree(i)));
    }
    return subsets.isEmpty() ? endpoints : endpoints.with(subsets, "subsets");
  }

  @Override
  public void check(KubeObject endpoints, Problems problems) {
    MetadataCheck.check(endpoints, Names.SUBDOMAIN, problems);
    List<Tree> subsets = endpoints.tree().items("subsets").trees();
    for (int i = 0; i < subsets.size(); i++) {
      EndpointsCheck.check(FieldPath.ROOT.child("subsets").index(i), subsets.get(i), problems);
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
