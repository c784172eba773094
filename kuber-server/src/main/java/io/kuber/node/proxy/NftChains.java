package io.kuber.node.proxy;

import static io.kuber.linux.NetfilterEffect.drop;
import static io.kuber.linux.NetfilterEffect.goTo;
import static io.kuber.linux.NetfilterEffect.setMark;
import static io.kuber.linux.NetfilterEffect.translateDestination;
import static io.kuber.linux.NetfilterExpression.number;
import static io.kuber.linux.NetfilterLoad.constant;
import static io.kuber.linux.NetfilterLoad.destinationAddress;
import static io.kuber.linux.NetfilterLoad.destinationPort;
import static io.kuber.linux.NetfilterLoad.mark;
import static io.kuber.linux.NetfilterLoad.random;
import static io.kuber.linux.NetfilterLoad.sourceAddress;
import static io.kuber.linux.NetfilterLoad.sourceType;
import static io.kuber.linux.NetfilterLoad.transport;
import static io.kuber.linux.NetfilterLookup.contains;
import static io.kuber.linux.NetfilterLookup.forget;
import static io.kuber.linux.NetfilterLookup.lacks;
import static io.kuber.linux.NetfilterLookup.lookup;
import static io.kuber.linux.NetfilterLookup.remember;
import static io.kuber.linux.NetfilterMatch.bits;
import static io.kuber.linux.NetfilterMatch.equal;
import static io.kuber.linux.NetfilterMatch.unequal;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterExpression;
import io.kuber.linux.NetfilterLoad;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Ipv4Block;
import java.util.HashSet;
import java.util.Set;

/**
 * The chains that choose an endpoint: one for each {@link Treatment}, made when the first front end
 * needs it. Owned by the proxy's thread.
 *
 * <p>Registers: the client in 0, the destination in 1 to 3, a random number in 4, what it chose in
 * 5 and 6; so keys of {@link NftTable#CLIENTS}, {@link NftTable#BACKENDS} and {@link
 * NftTable#MEMBERS} lie in registers that follow each other.
 */
final class NftChains {
  /** Local endpoints lie in slots from here on, so that neither list moves the other's. */
  static final int FIRST_LOCAL_SLOT = Balance.MOST_ENDPOINTS;

  private static final int CLIENT = 0;
  private static final int ADDRESS = 1;
  private static final int PROTOCOL = 2;
  private static final int PORT = 3;
  private static final int NUMBER = 4;
  private static final int CHOSEN = 5;

  private final Ipv4Block pods;
  private final Set<String> made = new HashSet<>(Set.of(Treatment.REFUSE, Treatment.DROP));

  /** For a table without any of them, on the node of these pods. */
  NftChains(Ipv4Block pods) {
    this.pods = pods;
  }

  /** The name of the chain that treats so; appended to the batch if it is the first of its kind. */
  String need(Treatment treatment, NetfilterBatch batch) {
    String chain = treatment.chain();
    if (made.contains(chain)) {
      return chain;
    }
    if (treatment.restricted()) {
      addAdmission(batch, treatment);
    } else {
      switch (treatment.reach()) {
        case CLUSTER -> addCluster(batch, treatment);
        case EXTERNAL -> addExternal(batch, treatment);
        case LOCAL -> addLocal(batch, treatment);
      }
    }
    made.add(chain);
    return chain;
  }

  private void addAdmission(NetfilterBatch batch, Treatment treatment) {
    String next = need(treatment.unrestricted(), batch);
    int client = 4; // Behind the destination, as the set has it.
    batch
        .addChain(treatment.chain())
        .addRule(
            treatment.chain(),
            destination(treatment),
            transport(PROTOCOL),
            destinationPort(PORT),
            sourceAddress(client),
            lacks(NftTable.ADMITTED, ADDRESS),
            drop())
        .addRule(treatment.chain(), goTo(next));
  }

  /** Whoever is no pod of this node may be answered past it, and so has to look like the node. */
  private void addCluster(NetfilterBatch batch, Treatment treatment) {
    String chain = treatment.chain();
    batch
        .addChain(chain)
        .addRule(
            chain,
            sourceAddress(0),
            bits(0, podMask(), new byte[4]),
            unequal(0, pods.base().bytes()),
            mark(0),
            bits(0, allButMark(), theMark()),
            setMark(0));
    addChoice(batch, treatment, treatment.endpoints(), 0);
  }

  private static void addExternal(NetfilterBatch batch, Treatment treatment) {
    batch
        .addChain(treatment.chain())
        .addRule(treatment.chain(), mark(0), bits(0, allButMark(), theMark()), setMark(0));
    addChoice(batch, treatment, treatment.endpoints(), 0);
  }

  /** Pods and the node are as good as in the cluster: no balancer sent them here for a reason. */
  private void addLocal(NetfilterBatch batch, Treatment treatment) {
    String chain = treatment.chain();
    String cluster = need(treatment.forCluster(), batch);
    batch
        .addChain(chain)
        .addRule(
            chain,
            sourceAddress(0),
            bits(0, podMask(), new byte[4]),
            equal(0, pods.base().bytes()),
            goTo(cluster))
        .addRule(chain, sourceType(0), equal(0, number(NetfilterLoad.TYPE_LOCAL)), goTo(cluster));
    if (treatment.local() == 0) {
      batch.addRule(chain, drop());
    } else {
      addChoice(batch, treatment, treatment.local(), FIRST_LOCAL_SLOT);
    }
  }

  private static void addChoice(
      NetfilterBatch batch, Treatment treatment, int count, int firstSlot) {
    if (treatment.isSticky()) {
      addKnown(batch, treatment, firstSlot == 0 ? NftTable.MEMBERS : NftTable.LOCAL_MEMBERS);
      addChosen(batch, treatment, random(NUMBER, count, firstSlot));
    }
    addRandom(batch, treatment, random(NUMBER, count, firstSlot));
  }

  /** The endpoint the client had, if the service still has it. */
  private static void addKnown(NetfilterBatch batch, Treatment treatment, String members) {
    int known = 4; // Behind the destination, as members have it.
    batch.addRule(
        treatment.chain(),
        sourceAddress(CLIENT),
        destination(treatment),
        transport(PROTOCOL),
        destinationPort(PORT),
        lookup(NftTable.CLIENTS, CLIENT, known),
        contains(members, ADDRESS),
        remember(NftTable.CLIENTS, CLIENT, known, treatment.affinity()),
        translateDestination(known, known + 1));
  }

  /** A new endpoint, remembered for the client; ends without one if the memory is full. */
  private static void addChosen(
      NetfilterBatch batch, Treatment treatment, NetfilterExpression random) {
    batch.addRule(
        treatment.chain(),
        sourceAddress(CLIENT),
        destination(treatment),
        transport(PROTOCOL),
        destinationPort(PORT),
        random,
        lookup(NftTable.BACKENDS, ADDRESS, CHOSEN),
        forget(NftTable.CLIENTS, CLIENT, CHOSEN),
        remember(NftTable.CLIENTS, CLIENT, CHOSEN, treatment.affinity()),
        translateDestination(CHOSEN, CHOSEN + 1));
  }

  private static void addRandom(
      NetfilterBatch batch, Treatment treatment, NetfilterExpression random) {
    batch.addRule(
        treatment.chain(),
        destination(treatment),
        transport(PROTOCOL),
        destinationPort(PORT),
        random,
        lookup(NftTable.BACKENDS, ADDRESS, CHOSEN),
        translateDestination(CHOSEN, CHOSEN + 1));
  }

  /** Every address of the node is one destination. */
  private static NetfilterExpression destination(Treatment treatment) {
    return treatment.nodePort() ? constant(ADDRESS, new byte[4]) : destinationAddress(ADDRESS);
  }

  private byte[] podMask() {
    return new Ipv4(pods.mask()).bytes();
  }

  private static byte[] theMark() {
    return number(NftTable.MASQUERADE_MARK);
  }

  private static byte[] allButMark() {
    return number(~NftTable.MASQUERADE_MARK);
  }
}
