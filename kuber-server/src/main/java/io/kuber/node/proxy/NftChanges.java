package io.kuber.node.proxy;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterSet.Element;
import io.kuber.linux.NetfilterSet.Packer;
import io.kuber.node.network.Ipv4;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns differences between rule sets into changes of the kernel's table, element by element. It
 * has to see every difference once, from an empty table on. Owned by the proxy's thread.
 *
 * <p>Chains and loops that are not used any more stay: they do no harm, and there are at most as
 * many as sizes that services had and addresses that pods had.
 */
final class NftChanges {
  private static final Balance NOTHING = new Balance(List.of(), Duration.ZERO);

  private final Set<String> chains = new HashSet<>(Set.of(Treatment.REFUSE));
  private final Set<Ipv4> loops = new HashSet<>();

  /** Appends the changes to a batch. */
  void write(RuleSetDiff diff, NetfilterBatch batch) {
    NftElements elements = new NftElements();
    for (RuleSetDiff.Rule rule : diff.removed()) {
      elements.delete(NftTable.SERVICES, key(rule.frontend()));
      changeEndpoints(rule.frontend(), rule.balance(), NOTHING, elements);
    }
    for (RuleSetDiff.Change change : diff.changed()) {
      Frontend frontend = change.frontend();
      String chain = chain(frontend, change.after(), batch);
      if (!chain.equals(Treatment.of(frontend, change.before()).chain())) {
        elements.delete(NftTable.SERVICES, key(frontend));
        elements.add(NftTable.SERVICES, Element.goTo(key(frontend), chain));
      }
      changeEndpoints(frontend, change.before(), change.after(), elements);
    }
    for (RuleSetDiff.Rule rule : diff.added()) {
      String chain = chain(rule.frontend(), rule.balance(), batch);
      elements.add(NftTable.SERVICES, Element.goTo(key(rule.frontend()), chain));
      changeEndpoints(rule.frontend(), NOTHING, rule.balance(), elements);
    }
    elements.appendTo(batch);
  }

  /** The chain that treats a front end; made if it is the first of its kind. */
  private String chain(Frontend frontend, Balance balance, NetfilterBatch batch) {
    Treatment treatment = Treatment.of(frontend, balance);
    if (chains.add(treatment.chain())) {
      NftChains.add(batch, treatment);
    }
    return treatment.chain();
  }

  private void changeEndpoints(
      Frontend frontend, Balance before, Balance after, NftElements elements) {
    List<Endpoint> old = before.endpoints();
    List<Endpoint> now = after.endpoints();
    for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
      boolean same = i < old.size() && i < now.size() && old.get(i).equals(now.get(i));
      if (i < old.size() && !same) {
        elements.delete(NftTable.BACKENDS, slot(frontend, i));
      }
      if (i < now.size() && !same) {
        elements.add(NftTable.BACKENDS, Element.to(slot(frontend, i), value(now.get(i))));
        addLoop(now.get(i).address(), elements);
      }
    }
    changeMembers(frontend, before, after, elements);
  }

  private static void changeMembers(
      Frontend frontend, Balance before, Balance after, NftElements elements) {
    Set<Endpoint> old = before.isSticky() ? new HashSet<>(before.endpoints()) : Set.of();
    Set<Endpoint> now = after.isSticky() ? new HashSet<>(after.endpoints()) : Set.of();
    for (Endpoint endpoint : old) {
      if (!now.contains(endpoint)) {
        elements.delete(NftTable.MEMBERS, member(frontend, endpoint));
      }
    }
    for (Endpoint endpoint : now) {
      if (!old.contains(endpoint)) {
        elements.add(NftTable.MEMBERS, Element.of(member(frontend, endpoint)));
      }
    }
  }

  private void addLoop(Ipv4 address, NftElements elements) {
    if (loops.add(address)) {
      byte[] loop = new Packer(2).address(address.bits()).address(address.bits()).pack();
      elements.add(NftTable.LOOPS, Element.of(loop));
    }
  }

  private static byte[] key(Frontend frontend) {
    return destination(frontend, new Packer(3)).pack();
  }

  private static byte[] slot(Frontend frontend, int index) {
    return destination(frontend, new Packer(4)).number(index).pack();
  }

  private static byte[] member(Frontend frontend, Endpoint endpoint) {
    return destination(frontend, new Packer(5))
        .address(endpoint.address().bits())
        .port(endpoint.port())
        .pack();
  }

  private static byte[] value(Endpoint endpoint) {
    return new Packer(2).address(endpoint.address().bits()).port(endpoint.port()).pack();
  }

  private static Packer destination(Frontend frontend, Packer packer) {
    return packer
        .address(frontend.address().bits())
        .protocol(frontend.protocol().number())
        .port(frontend.port());
  }
}
