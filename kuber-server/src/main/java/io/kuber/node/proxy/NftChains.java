package io.kuber.node.proxy;

import static io.kuber.linux.NetfilterEffect.setMark;
import static io.kuber.linux.NetfilterEffect.translateDestination;
import static io.kuber.linux.NetfilterExpression.number;
import static io.kuber.linux.NetfilterLoad.constant;
import static io.kuber.linux.NetfilterLoad.destinationAddress;
import static io.kuber.linux.NetfilterLoad.destinationPort;
import static io.kuber.linux.NetfilterLoad.mark;
import static io.kuber.linux.NetfilterLoad.random;
import static io.kuber.linux.NetfilterLoad.sourceAddress;
import static io.kuber.linux.NetfilterLoad.transport;
import static io.kuber.linux.NetfilterLookup.contains;
import static io.kuber.linux.NetfilterLookup.forget;
import static io.kuber.linux.NetfilterLookup.lookup;
import static io.kuber.linux.NetfilterLookup.remember;
import static io.kuber.linux.NetfilterMatch.bits;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterExpression;

/**
 * The chains that choose an endpoint: one for each {@link Treatment}. Pure.
 *
 * <p>Registers: the client in 0, the destination in 1 to 3, a random number in 4, what it chose in
 * 5 and 6; so keys of {@link NftTable#CLIENTS}, {@link NftTable#BACKENDS} and {@link
 * NftTable#MEMBERS} lie in registers that follow each other.
 */
final class NftChains {
  private static final int CLIENT = 0;
  private static final int ADDRESS = 1;
  private static final int PROTOCOL = 2;
  private static final int PORT = 3;
  private static final int NUMBER = 4;
  private static final int CHOSEN = 5;

  private NftChains() {}

  static void add(NetfilterBatch batch, Treatment treatment) {
    String chain = treatment.chain();
    batch.addChain(chain);
    if (treatment.reach() != Frontend.Reach.CLUSTER) {
      batch.addRule(chain, mark(0), bits(0, allButMark(), theMark()), setMark(0));
    }
    if (treatment.isSticky()) {
      addKnown(batch, chain, treatment);
      addChosen(batch, chain, treatment);
    }
    addRandom(batch, chain, treatment);
  }

  /** The endpoint the client had, if the service still has it. */
  private static void addKnown(NetfilterBatch batch, String chain, Treatment treatment) {
    int known = 4; // Behind the destination, as members have it.
    batch.addRule(
        chain,
        sourceAddress(CLIENT),
        destination(treatment),
        transport(PROTOCOL),
        destinationPort(PORT),
        lookup(NftTable.CLIENTS, CLIENT, known),
        contains(NftTable.MEMBERS, ADDRESS),
        remember(NftTable.CLIENTS, CLIENT, known, treatment.affinity()),
        translateDestination(known, known + 1));
  }

  /** A new endpoint, remembered for the client; ends without one if the memory is full. */
  private static void addChosen(NetfilterBatch batch, String chain, Treatment treatment) {
    batch.addRule(
        chain,
        sourceAddress(CLIENT),
        destination(treatment),
        transport(PROTOCOL),
        destinationPort(PORT),
        random(NUMBER, treatment.endpoints()),
        lookup(NftTable.BACKENDS, ADDRESS, CHOSEN),
        forget(NftTable.CLIENTS, CLIENT, CHOSEN),
        remember(NftTable.CLIENTS, CLIENT, CHOSEN, treatment.affinity()),
        translateDestination(CHOSEN, CHOSEN + 1));
  }

  private static void addRandom(NetfilterBatch batch, String chain, Treatment treatment) {
    batch.addRule(
        chain,
        destination(treatment),
        transport(PROTOCOL),
        destinationPort(PORT),
        random(NUMBER, treatment.endpoints()),
        lookup(NftTable.BACKENDS, ADDRESS, CHOSEN),
        translateDestination(CHOSEN, CHOSEN + 1));
  }

  /** Every address of the node is one destination. */
  private static NetfilterExpression destination(Treatment treatment) {
    return treatment.reach() == Frontend.Reach.NODE
        ? constant(ADDRESS, new byte[4])
        : destinationAddress(ADDRESS);
  }

  private static byte[] theMark() {
    return number(NftTable.MASQUERADE_MARK);
  }

  private static byte[] allButMark() {
    return number(~NftTable.MASQUERADE_MARK);
  }
}
