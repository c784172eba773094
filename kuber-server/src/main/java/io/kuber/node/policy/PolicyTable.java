package io.kuber.node.policy;

import static io.kuber.linux.NetfilterEffect.accept;
import static io.kuber.linux.NetfilterEffect.drop;
import static io.kuber.linux.NetfilterEffect.jump;
import static io.kuber.linux.NetfilterEffect.leave;
import static io.kuber.linux.NetfilterExpression.number;
import static io.kuber.linux.NetfilterLoad.connectionState;
import static io.kuber.linux.NetfilterLoad.destinationAddress;
import static io.kuber.linux.NetfilterLoad.destinationPort;
import static io.kuber.linux.NetfilterLoad.sourceAddress;
import static io.kuber.linux.NetfilterLoad.transport;
import static io.kuber.linux.NetfilterLookup.contains;
import static io.kuber.linux.NetfilterLookup.lookup;
import static io.kuber.linux.NetfilterMatch.bits;
import static io.kuber.linux.NetfilterMatch.unequal;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterBatch.ChainType;
import io.kuber.linux.NetfilterBatch.Hook;
import io.kuber.linux.NetfilterExpression;
import io.kuber.linux.NetfilterLoad;
import io.kuber.linux.NetfilterSet;
import io.kuber.linux.NetfilterSet.Field;
import java.util.List;

/**
 * The part of the kernel's table that judges packets, without policies. Pure.
 *
 * <p>A packet's way: what belongs to a connection passes. Else its sender is looked up among the
 * closed pods, which gives the number of a profile; profile and peer are looked up among those that
 * are open to each other, then with protocol and port. The same for its receiver.
 *
 * <p>Registers: the pod in 0, its profile in 1, the peer in 2, protocol and port in 3 and 4.
 */
public final class PolicyTable {
  private static final String JUDGE = "policy";

  /** Closed pods as sender and receiver at once: nobody is kept from itself. */
  static final String SELVES = "policy-selves";

  private static final int PRIORITY_FILTER = 0;
  private static final int POD = 0;
  private static final int PROFILE = 1;
  private static final int PEER = 2;
  private static final int PROTOCOL = 3;
  private static final int PORT = 4;

  private PolicyTable() {}

  /** The map from closed pods to profiles. */
  static String targets(Direction direction) {
    return "policy-pods-" + direction.suffix();
  }

  /** The set of profiles with peers to whom they are open. */
  static String open(Direction direction) {
    return "policy-open-" + direction.suffix();
  }

  /** The set of profiles with peers, protocols and ports. */
  static String ports(Direction direction) {
    return "policy-ports-" + direction.suffix();
  }

  private static String chain(Direction direction) {
    return "policy-" + direction.suffix();
  }

  /** Adds sets, maps and chains to a table that has none of them. */
  public static void add(NetfilterBatch batch) {
    batch.addSet(NetfilterSet.set(SELVES, Field.ADDRESS, Field.ADDRESS));
    for (Direction direction : Direction.values()) {
      addDirection(batch, direction);
    }
    byte[] known = number(NetfilterLoad.STATE_ESTABLISHED | NetfilterLoad.STATE_RELATED);
    batch
        .addBaseChain(JUDGE, ChainType.FILTER, Hook.FORWARD, PRIORITY_FILTER)
        .addRule(
            JUDGE,
            connectionState(0),
            bits(0, known, new byte[4]),
            unequal(0, new byte[4]),
            accept())
        .addRule(JUDGE, sourceAddress(0), destinationAddress(1), contains(SELVES, 0), accept())
        .addRule(JUDGE, jump(chain(Direction.EGRESS)))
        .addRule(JUDGE, jump(chain(Direction.INGRESS)));
  }

  private static void addDirection(NetfilterBatch batch, Direction direction) {
    boolean sends = direction == Direction.EGRESS;
    NetfilterExpression pod = sends ? sourceAddress(POD) : destinationAddress(POD);
    NetfilterExpression peer = sends ? destinationAddress(PEER) : sourceAddress(PEER);
    NetfilterExpression profile = lookup(targets(direction), POD, PROFILE);
    String chain = chain(direction);
    batch
        .addSet(NetfilterSet.map(targets(direction), List.of(Field.ADDRESS), List.of(Field.NUMBER)))
        .addSet(NetfilterSet.ranges(open(direction), Field.NUMBER, Field.ADDRESS))
        .addSet(
            NetfilterSet.ranges(
                ports(direction), Field.NUMBER, Field.ADDRESS, Field.PROTOCOL, Field.PORT))
        .addChain(chain)
        .addRule(chain, pod, profile, peer, contains(open(direction), PROFILE), leave())
        .addRule(
            chain,
            pod,
            profile,
            peer,
            transport(PROTOCOL),
            destinationPort(PORT),
            contains(ports(direction), PROFILE),
            leave())
        .addRule(chain, pod, profile, drop());
  }
}
