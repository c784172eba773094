package io.kuber.node.proxy;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterElements;
import io.kuber.linux.NetfilterSet.Element;
import io.kuber.linux.NetfilterSet.Packer;
import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
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
  private static final Balance NOTHING =
      Balance.of(Balance.Reach.CLUSTER, List.of(), Balance.Without.REFUSE);

  private final NftChains chains;
  private final Set<Ipv4> loops = new HashSet<>();

  NftChanges(ProxyConfig config) {
    this.chains = new NftChains(config.pods());
  }

  /**
   * Appends chains that are missing to a batch, and adds what has to change to other changes, which
   * are for the same batch.
   */
  void write(RuleSetDiff diff, NetfilterBatch batch, NetfilterElements elements) {
    for (RuleSetDiff.Rule rule : diff.removed()) {
      elements.delete(NftTable.SERVICES, Element.of(key(rule.frontend())));
      change(rule.frontend(), rule.balance(), NOTHING, elements);
    }
    for (RuleSetDiff.Change change : diff.changed()) {
      Frontend frontend = change.frontend();
      String chain = chains.need(Treatment.of(frontend, change.after()), batch);
      if (!chain.equals(Treatment.of(frontend, change.before()).chain())) {
        elements.delete(NftTable.SERVICES, Element.of(key(frontend)));
        elements.add(NftTable.SERVICES, Element.goTo(key(frontend), chain));
      }
      change(frontend, change.before(), change.after(), elements);
    }
    for (RuleSetDiff.Rule rule : diff.added()) {
      String chain = chains.need(Treatment.of(rule.frontend(), rule.balance()), batch);
      elements.add(NftTable.SERVICES, Element.goTo(key(rule.frontend()), chain));
      change(rule.frontend(), NOTHING, rule.balance(), elements);
    }
  }

  private void change(
      Frontend frontend, Balance before, Balance after, NetfilterElements elements) {
    changeSlots(frontend, 0, before.endpoints(), after.endpoints(), elements);
    changeSlots(frontend, NftChains.FIRST_LOCAL_SLOT, before.local(), after.local(), elements);
    changeMembers(
        NftTable.MEMBERS,
        frontend,
        before.isSticky() ? before.endpoints() : List.of(),
        after.isSticky() ? after.endpoints() : List.of(),
        elements);
    changeMembers(
        NftTable.LOCAL_MEMBERS,
        frontend,
        before.isSticky() ? before.local() : List.of(),
        after.isSticky() ? after.local() : List.of(),
        elements);
    changeSources(frontend, before, after, elements);
  }

  private void changeSlots(
      Frontend frontend,
      int first,
      List<Endpoint> old,
      List<Endpoint> now,
      NetfilterElements elements) {
    for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
      boolean same = i < old.size() && i < now.size() && old.get(i).equals(now.get(i));
      if (i < old.size() && !same) {
        elements.delete(NftTable.BACKENDS, Element.of(slot(frontend, first + i)));
      }
      if (i < now.size() && !same) {
        elements.add(NftTable.BACKENDS, Element.to(slot(frontend, first + i), value(now.get(i))));
        addLoop(now.get(i).address(), elements);
      }
    }
  }

  private static void changeMembers(
      String set,
      Frontend frontend,
      List<Endpoint> before,
      List<Endpoint> after,
      NetfilterElements elements) {
    Set<Endpoint> old = new HashSet<>(before);
    Set<Endpoint> now = new HashSet<>(after);
    for (Endpoint endpoint : before) {
      if (!now.contains(endpoint)) {
        elements.delete(set, Element.of(member(frontend, endpoint)));
      }
    }
    for (Endpoint endpoint : after) {
      if (!old.contains(endpoint)) {
        elements.add(set, Element.of(member(frontend, endpoint)));
      }
    }
  }

  private static void changeSources(
      Frontend frontend, Balance before, Balance after, NetfilterElements elements) {
    if (before.sources().equals(after.sources())) {
      return;
    }
    if (before.isRestricted()) {
      before
          .sources()
          .ranges()
          .forEach(range -> elements.delete(NftTable.ADMITTED, admitted(frontend, range)));
    }
    if (after.isRestricted()) {
      after
          .sources()
          .ranges()
          .forEach(range -> elements.add(NftTable.ADMITTED, admitted(frontend, range)));
    }
  }

  private void addLoop(Ipv4 address, NetfilterElements elements) {
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

  private static Element admitted(Frontend frontend, AddressRanges.Range range) {
    return Element.range(
        destination(frontend, new Packer(4)).address(range.first().bits()).pack(),
        destination(frontend, new Packer(4)).address(range.last().bits()).pack());
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
