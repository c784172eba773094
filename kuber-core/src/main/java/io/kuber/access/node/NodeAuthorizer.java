package io.kuber.access.node;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.access.policy.BootstrapPolicy;
import io.kuber.access.rbac.RoleRules;
import io.kuber.loop.Loop;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Store;
import java.util.List;
import java.util.Map;

/**
 * Allows nodes what they need. What is divided among nodes has a rule of its own here; all else is
 * what the role {@code system:node} says, whoever is bound to it. For any thread.
 */
public final class NodeAuthorizer implements Authorizer {
  /** How to rule on the deeds of a node with one resource. */
  @FunctionalInterface
  private interface Rule {
    Ruling of(String node, OnResource deed);
  }

  private final RoleRules others = RoleRules.of(BootstrapPolicy.clusterRole("system:node"));
  private final Map<String, Rule> rules;

  private NodeAuthorizer(RelatedRules related) {
    rules =
        Map.ofEntries(
            rule(Resources.PODS, related::pod),
            rule(Resources.SECRETS, related::readable),
            rule(Resources.CONFIG_MAPS, related::readable),
            rule(Resources.PERSISTENT_VOLUME_CLAIMS, related::claim),
            rule(Resources.PERSISTENT_VOLUMES, related::volume),
            rule(Resources.VOLUME_ATTACHMENTS, related::attachment),
            rule(Resources.RESOURCE_CLAIMS, related::gettable),
            rule(Resources.RESOURCE_SLICES, related::slice),
            rule(Resources.SERVICE_ACCOUNTS, related::account),
            rule(Resources.NODES, OwnRules::node),
            rule(Resources.LEASES, OwnRules::lease),
            rule(Resources.CSI_NODES, OwnRules::csiNode));
  }

  /** One that follows the pods of the store, for as long as the store lives. */
  public static NodeAuthorizer of(Store store, Loop loop) {
    return new NodeAuthorizer(new RelatedRules(NodeGraph.of(store, loop)));
  }

  private static Map.Entry<String, Rule> rule(ResourceType type, Rule rule) {
    return Map.entry(type.qualifiedName(), rule);
  }

  @Override
  public Ruling rule(User user, Deed deed) {
    if (!user.isNode()) {
      return Ruling.REFUSED;
    }
    String node = user.nodeName();
    if (node.isEmpty()) {
      return Ruling.refuse("unknown node for user \"" + user.name() + "\"");
    }
    if (deed instanceof OnResource on) {
      String resource = on.group().isEmpty() ? on.resource() : on.resource() + "." + on.group();
      Rule rule = rules.get(resource);
      if (rule != null) {
        return rule.of(node, on);
      }
    }
    return others.allow(deed) ? Ruling.ALLOWED : Ruling.REFUSED;
  }

  /** Nobody can list what depends on pods. */
  @Override
  public Rights rights(User user, String namespace) {
    return new Rights(List.of(), List.of(), user.isNode());
  }
}
