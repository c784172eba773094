package io.kuber.node.network;

import static io.kuber.linux.NetfilterEffect.drop;
import static io.kuber.linux.NetfilterEffect.masquerade;
import static io.kuber.linux.NetfilterExpression.interfaceName;
import static io.kuber.linux.NetfilterLoad.destinationAddress;
import static io.kuber.linux.NetfilterLoad.icmpType;
import static io.kuber.linux.NetfilterLoad.outputName;
import static io.kuber.linux.NetfilterLoad.sourceAddress;
import static io.kuber.linux.NetfilterLoad.transport;
import static io.kuber.linux.NetfilterMatch.bits;
import static io.kuber.linux.NetfilterMatch.equal;
import static io.kuber.linux.NetfilterMatch.unequal;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterExpression;

/** The nf_tables table of the pod network: pure, from configuration to batch. */
final class PodTable {
  private static final int PRIORITY_SOURCE_NAT = 100;
  private static final byte[] ICMP = {1};
  private static final byte[] ICMP_REDIRECT = {5};

  private PodTable() {}

  static String name(String bridge) {
    return bridge + "-pods";
  }

  static NetfilterBatch replace(PodNetworkConfig config) {
    NetfilterBatch batch = new NetfilterBatch(name(config.bridge())).replaceTable();
    hideSourceOfLeavingPackets(batch, config);
    keepPodsFromShortcuts(batch, config);
    return batch;
  }

  /** The world knows the node, not its pods. */
  private static void hideSourceOfLeavingPackets(NetfilterBatch batch, PodNetworkConfig config) {
    String chain = "postrouting";
    batch.addBaseChain(
        chain, NetfilterBatch.ChainType.NAT, NetfilterBatch.Hook.POSTROUTING, PRIORITY_SOURCE_NAT);
    batch.addRule(
        chain,
        sourceAddress(0),
        mask(0, config.pods()),
        equal(0, config.pods().base().bytes()),
        destinationAddress(0),
        mask(0, config.clusterPods()),
        unequal(0, config.clusterPods().base().bytes()),
        outputName(0),
        unequal(0, interfaceName(config.bridge())),
        masquerade());
  }

  /**
   * The kernel tells pods of one bridge to talk to each other directly; a pod that did so would
   * answer past the translation of service addresses.
   */
  private static void keepPodsFromShortcuts(NetfilterBatch batch, PodNetworkConfig config) {
    String chain = "output";
    batch.addBaseChain(chain, NetfilterBatch.ChainType.FILTER, NetfilterBatch.Hook.OUTPUT, 0);
    batch.addRule(
        chain,
        outputName(0),
        equal(0, interfaceName(config.bridge())),
        transport(0),
        equal(0, ICMP),
        icmpType(0),
        equal(0, ICMP_REDIRECT),
        drop());
  }

  private static NetfilterExpression mask(int register, Ipv4Block block) {
    return bits(register, new Ipv4(block.mask()).bytes(), new byte[4]);
  }
}
