package io.kuber.node.proxy;

import static io.kuber.linux.NetfilterEffect.drop;
import static io.kuber.linux.NetfilterEffect.jump;
import static io.kuber.linux.NetfilterEffect.masquerade;
import static io.kuber.linux.NetfilterEffect.rejectPortUnreachable;
import static io.kuber.linux.NetfilterEffect.rejectWithReset;
import static io.kuber.linux.NetfilterExpression.interfaceName;
import static io.kuber.linux.NetfilterExpression.number;
import static io.kuber.linux.NetfilterLoad.connectionStatus;
import static io.kuber.linux.NetfilterLoad.constant;
import static io.kuber.linux.NetfilterLoad.destinationAddress;
import static io.kuber.linux.NetfilterLoad.destinationPort;
import static io.kuber.linux.NetfilterLoad.destinationType;
import static io.kuber.linux.NetfilterLoad.inputName;
import static io.kuber.linux.NetfilterLoad.mark;
import static io.kuber.linux.NetfilterLoad.sourceAddress;
import static io.kuber.linux.NetfilterLoad.transport;
import static io.kuber.linux.NetfilterLookup.contains;
import static io.kuber.linux.NetfilterLookup.decide;
import static io.kuber.linux.NetfilterMatch.bits;
import static io.kuber.linux.NetfilterMatch.equal;
import static io.kuber.linux.NetfilterMatch.unequal;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterBatch.ChainType;
import io.kuber.linux.NetfilterBatch.Hook;
import io.kuber.linux.NetfilterLoad;
import io.kuber.linux.NetfilterSet;
import io.kuber.linux.NetfilterSet.Field;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import java.util.List;

/**
 * The part of the kernel's table that no service changes: maps, and the chains that ask them. Pure.
 *
 * <p>A packet's way: {@link #SERVICES} says for its destination which chain decides, that chain
 * (see {@link NftChains}) draws a number and finds the endpoint in {@link #BACKENDS}. Both are hash
 * lookups, so the way is as long with one service as with 40,000.
 */
final class NftTable {
  /** Destination to chain. */
  static final String SERVICES = "services";

  /** Destination and number to endpoint. */
  static final String BACKENDS = "backends";

  /** Client and destination to the endpoint it had; written by the kernel. */
  static final String CLIENTS = "clients";

  /** The endpoints that services with affinity still have. */
  static final String MEMBERS = "members";

  /** The same for the world, where it goes to endpoints of this node only. */
  static final String LOCAL_MEMBERS = "local-members";

  /** Destination and client, where not every client is served. */
  static final String ADMITTED = "admitted";

  /** Endpoints as source and destination at once: a backend that reached itself. */
  static final String LOOPS = "loops";

  /** The bit of a packet's mark that asks for masquerade, the same as kube-proxy's. */
  static final int MASQUERADE_MARK = 0x4000;

  private static final int PRIORITY_RAW = -300;
  private static final int PRIORITY_DESTINATION_NAT = -100;
  private static final int PRIORITY_SOURCE_NAT = 100;
  private static final byte[] TCP = {(byte) Protocol.TCP.number()};
  private static final byte[] LOOPBACK_NETWORK = {127};
  private static final String DISPATCH = "dispatch";

  private NftTable() {}

  /** Writes the table anew, without services. */
  static void replace(NetfilterBatch batch, ProxyConfig config) {
    batch.replaceTable();
    addMaps(batch);
    addEnds(batch);
    addDispatch(batch, config);
    addSourceTranslation(batch);
    addGuard(batch);
  }

  private static void addMaps(NetfilterBatch batch) {
    List<Field> endpoint = List.of(Field.ADDRESS, Field.PORT);
    List<Field> slot = List.of(Field.ADDRESS, Field.PROTOCOL, Field.PORT, Field.NUMBER);
    List<Field> client = List.of(Field.ADDRESS, Field.ADDRESS, Field.PROTOCOL, Field.PORT);
    Field[] member = {Field.ADDRESS, Field.PROTOCOL, Field.PORT, Field.ADDRESS, Field.PORT};
    batch
        .addSet(NetfilterSet.verdictMap(SERVICES, Field.ADDRESS, Field.PROTOCOL, Field.PORT))
        .addSet(NetfilterSet.map(BACKENDS, slot, endpoint))
        .addSet(NetfilterSet.memory(CLIENTS, client, endpoint))
        .addSet(NetfilterSet.set(MEMBERS, member))
        .addSet(NetfilterSet.set(LOCAL_MEMBERS, member))
        .addSet(
            NetfilterSet.ranges(ADMITTED, Field.ADDRESS, Field.PROTOCOL, Field.PORT, Field.ADDRESS))
        .addSet(NetfilterSet.set(LOOPS, Field.ADDRESS, Field.ADDRESS));
  }

  private static void addEnds(NetfilterBatch batch) {
    batch
        .addChain(Treatment.REFUSE)
        .addRule(Treatment.REFUSE, transport(0), equal(0, TCP), rejectWithReset())
        .addRule(Treatment.REFUSE, rejectPortUnreachable())
        .addChain(Treatment.DROP)
        .addRule(Treatment.DROP, drop());
  }

  /** Cluster addresses first, then what is left in their block, then ports of the node itself. */
  private static void addDispatch(NetfilterBatch batch, ProxyConfig config) {
    Ipv4 mask = new Ipv4(config.services().mask());
    batch
        .addChain(DISPATCH)
        .addRule(
            DISPATCH, destinationAddress(0), transport(1), destinationPort(2), decide(SERVICES, 0))
        .addRule(
            DISPATCH,
            destinationAddress(0),
            bits(0, mask.bytes(), new byte[4]),
            equal(0, config.services().base().bytes()),
            jump(Treatment.REFUSE))
        .addRule(
            DISPATCH,
            destinationType(0),
            equal(0, number(NetfilterLoad.TYPE_LOCAL)),
            constant(0, new byte[4]),
            transport(1),
            destinationPort(2),
            decide(SERVICES, 0));
    batch
        .addBaseChain("prerouting", ChainType.NAT, Hook.PREROUTING, PRIORITY_DESTINATION_NAT)
        .addRule("prerouting", jump(DISPATCH))
        .addBaseChain("output", ChainType.NAT, Hook.OUTPUT, PRIORITY_DESTINATION_NAT)
        .addRule("output", jump(DISPATCH));
  }

  /** A backend that reached itself would otherwise answer itself directly, and be confused. */
  private static void addSourceTranslation(NetfilterBatch batch) {
    byte[] marked = number(MASQUERADE_MARK);
    byte[] translated = number(NetfilterLoad.STATUS_DESTINATION_TRANSLATED);
    batch
        .addBaseChain("postrouting", ChainType.NAT, Hook.POSTROUTING, PRIORITY_SOURCE_NAT)
        .addRule(
            "postrouting", mark(0), bits(0, marked, new byte[4]), equal(0, marked), masquerade())
        .addRule(
            "postrouting",
            connectionStatus(0),
            bits(0, translated, new byte[4]),
            equal(0, translated),
            sourceAddress(0),
            destinationAddress(1),
            contains(LOOPS, 0),
            masquerade());
  }

  /**
   * Node ports on 127.0.0.1 need {@code route_localnet} on the bridge, which alone would let pods
   * reach what listens on the node's loopback only (CVE-2020-8558). Answers to node ports carry the
   * bridge's address when they arrive here, before translation.
   */
  private static void addGuard(NetfilterBatch batch) {
    batch
        .addBaseChain("guard", ChainType.FILTER, Hook.PREROUTING, PRIORITY_RAW)
        .addRule(
            "guard",
            inputName(0),
            unequal(0, interfaceName("lo")),
            destinationAddress(0),
            equal(0, LOOPBACK_NETWORK),
            drop());
  }
}
