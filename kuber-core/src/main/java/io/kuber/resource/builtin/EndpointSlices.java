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
import io.kuber.resource.check.Numbers;
import java.util.ArrayList;
import java.util.List;

/** {@code discovery.k8s.io/v1 EndpointSlice}. */
final class EndpointSlices implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.ENDPOINT_SLICES,
              new EndpointSlices(),
              Columns.none()
                  .name()
                  .text("AddressType", (slice, now) -> slice.tree().text("addressType"))
                  .text("Ports", (slice, now) -> ports(slice))
                  .text("Endpoints", (slice, now) -> addresses(slice))
                  .age())
          .with(Trait.GENERATION);

  private EndpointSlices() {}

  private static String ports(KubeObject slice) {
    List<String> ports = new ArrayList<>();
    for (Tree port : slice.tree().items("ports").trees()) {
      ports.add(port.has("port") ? Long.toString(port.number(0, "port")) : "*");
    }
    return ports.isEmpty() ? "<unset>" : EndpointsObjects.shortened(ports);
  }

  private static String addresses(KubeObject slice) {
    List<String> addresses = new ArrayList<>();
    for (Tree endpoint : slice.tree().items("endpoints").trees()) {
      addresses.addAll(endpoint.items("addresses").texts());
    }
    return addresses.isEmpty() ? "<unset>" : EndpointsObjects.shortened(addresses);
  }

  @Override
  public KubeObject defaulted(KubeObject slice) {
    Tree tree = Ports.withProtocols(slice.tree());
    Items ports = tree.items("ports");
    for (int i = 0; i < ports.size(); i++) {
      if (!ports.tree(i).has("name")) {
        ports = ports.with(i, ports.tree(i).with("name", ""));
      }
    }
    return KubeObject.of(ports.isEmpty() ? tree : tree.with("ports", ports));
  }

  @Override
  public boolean isNewGeneration(KubeObject updated, KubeObject old) {
    return !updated.tree().without("metadata").equals(old.tree().without("metadata"));
  }

  @Override
  public void check(KubeObject slice, Problems problems) {
    MetadataCheck.check(slice, Names.SUBDOMAIN, problems);
    FieldPath type = FieldPath.ROOT.child("addressType");
    if (slice.tree().text("addressType").isEmpty()) {
      problems.required(type, "");
    }
    Numbers.checkOneOf(
        FieldPath.ROOT, slice.tree(), "addressType", List.of("IPv4", "IPv6", "FQDN"), problems);
    EndpointSliceCheck.check(slice.tree(), problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(
        FieldPath.ROOT.child("addressType"),
        updated.tree().text("addressType"),
        old.tree().text("addressType"),
        problems);
  }
}
