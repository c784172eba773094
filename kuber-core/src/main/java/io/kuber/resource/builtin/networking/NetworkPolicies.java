package io.kuber.resource.builtin.networking;

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
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.check.Texts;
import io.kuber.selector.LabelSelector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code networking.k8s.io/v1 NetworkPolicy}. */
final class NetworkPolicies implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.NETWORK_POLICIES,
              new NetworkPolicies(),
              Columns.none().name().text("Pod-Selector", (policy, now) -> selector(policy)).age())
          .with(Trait.GENERATION);

  private static final List<String> TYPES = List.of("Ingress", "Egress");

  private NetworkPolicies() {}

  private static String selector(KubeObject policy) {
    Tree selector = policy.spec().tree("podSelector");
    return selector.isEmpty() ? "<none>" : LabelSelector.of(selector).toString();
  }

  @Override
  public KubeObject defaulted(KubeObject policy) {
    Tree spec = withProtocols(withProtocols(policy.spec(), "ingress"), "egress");
    if (spec.items("policyTypes").isEmpty()) {
      Items types = Items.of("Ingress");
      spec =
          spec.with("policyTypes", spec.items("egress").isEmpty() ? types : types.plus("Egress"));
    }
    return policy.with(spec.withDefault("podSelector", Tree.EMPTY), "spec");
  }

  private static Tree withProtocols(Tree spec, String direction) {
    return spec.withEach(
        direction, rule -> rule.withEach("ports", port -> port.withDefault("protocol", "TCP")));
  }

  @Override
  public void check(KubeObject policy, Problems problems) {
    check(policy, Set.of(), problems);
  }

  @Override
  public void checkReplacement(KubeObject updated, KubeObject old, Problems problems) {
    check(updated, blocks(old.spec()), problems);
  }

  /** All blocks of addresses that a policy speaks of, wherever it does. */
  private static Set<String> blocks(Tree spec) {
    Set<String> blocks = new HashSet<>();
    spec.items("ingress").trees().forEach(rule -> addBlocks(rule.items("from"), blocks));
    spec.items("egress").trees().forEach(rule -> addBlocks(rule.items("to"), blocks));
    return blocks;
  }

  private static void addBlocks(Items peers, Set<String> blocks) {
    for (Tree peer : peers.trees()) {
      blocks.add(peer.text("ipBlock", "cidr"));
      blocks.addAll(peer.items("ipBlock", "except").texts());
    }
  }

  private static void check(KubeObject policy, Set<String> known, Problems problems) {
    MetadataCheck.check(policy, Names.SUBDOMAIN, problems);
    Tree spec = policy.spec();
    SelectorCheck.check(FieldPath.SPEC.child("podSelector"), spec.tree("podSelector"), problems);
    PolicyRuleCheck rules = new PolicyRuleCheck(known);
    rules.check(FieldPath.SPEC.child("ingress"), spec.items("ingress"), "from", problems);
    rules.check(FieldPath.SPEC.child("egress"), spec.items("egress"), "to", problems);
    FieldPath types = FieldPath.SPEC.child("policyTypes");
    if (spec.items("policyTypes").size() > TYPES.size()) {
      problems.invalid(
          types, spec.items("policyTypes"), "may not specify more than two policyTypes");
    } else {
      Texts.checkEachOneOf(types, spec.items("policyTypes"), TYPES, problems);
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
