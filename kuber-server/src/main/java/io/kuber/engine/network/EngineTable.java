package io.kuber.engine.network;

import static io.kuber.linux.NetfilterEffect.drop;
import static io.kuber.linux.NetfilterEffect.jump;
import static io.kuber.linux.NetfilterEffect.masquerade;
import static io.kuber.linux.NetfilterEffect.translateDestination;
import static io.kuber.linux.NetfilterExpression.interfaceName;
import static io.kuber.linux.NetfilterExpression.number;
import static io.kuber.linux.NetfilterLoad.connectionStatus;
import static io.kuber.linux.NetfilterLoad.constant;
import static io.kuber.linux.NetfilterLoad.destinationAddress;
import static io.kuber.linux.NetfilterLoad.destinationPort;
import static io.kuber.linux.NetfilterLoad.destinationType;
import static io.kuber.linux.NetfilterLoad.inputName;
import static io.kuber.linux.NetfilterLoad.outputName;
import static io.kuber.linux.NetfilterLoad.sourceAddress;
import static io.kuber.linux.NetfilterLoad.transport;
import static io.kuber.linux.NetfilterMatch.bits;
import static io.kuber.linux.NetfilterMatch.equal;
import static io.kuber.linux.NetfilterMatch.unequal;

import io.kuber.engine.NetworkShelf.Published;
import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterBatch.ChainType;
import io.kuber.linux.NetfilterBatch.Hook;
import io.kuber.linux.NetfilterExpression;
import io.kuber.linux.NetfilterLoad;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Ipv4Block;
import io.kuber.node.network.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The nf_tables table of an engine's networks: pure, from networks and ports to a batch. */
final class EngineTable {
  private static final int RAW = -300;
  private static final int DESTINATION_NAT = -100;
  private static final int SOURCE_NAT = 100;
  private static final Ipv4Block LOOPBACK = Ipv4Block.parse("127.0.0.0/8");
  private static final String ANYWHERE = "0.0.0.0";
  private static final String PUBLISHED = "published";
  private static final String BETWEEN = "between";

  private EngineTable() {}

  /**
   * The whole table, in place of what there is of it.
   *
   * @param networks those that have a bridge
   */
  static NetfilterBatch replace(
      String table, Collection<Network> networks, Collection<NetworkFile.Ports> ports) {
    NetfilterBatch batch = new NetfilterBatch(table).replaceTable();
    keepLoopbackClosed(batch, networks);
    publish(batch, ports);
    separate(batch, networks);
    hideSources(batch, networks);
    return batch;
  }

  /** Ports at localhost need bridges that route its addresses, which containers might misuse. */
  private static void keepLoopbackClosed(NetfilterBatch batch, Collection<Network> networks) {
    batch.addBaseChain("raw", ChainType.FILTER, Hook.PREROUTING, RAW);
    for (Network network : networks) {
      batch.addRule(
          "raw",
          inputName(0),
          equal(0, interfaceName(network.bridge())),
          destinationAddress(0),
          mask(LOOPBACK),
          equal(0, LOOPBACK.base().bytes()),
          drop());
    }
  }

  private static void publish(NetfilterBatch batch, Collection<NetworkFile.Ports> all) {
    batch.addChain(PUBLISHED);
    for (NetworkFile.Ports ports : all) {
      for (Published port : ports.published()) {
        batch.addRule(PUBLISHED, port(ports.address(), port));
      }
    }
    batch.addBaseChain("prerouting", ChainType.NAT, Hook.PREROUTING, DESTINATION_NAT);
    batch.addBaseChain("output", ChainType.NAT, Hook.OUTPUT, DESTINATION_NAT);
    for (String chain : List.of("prerouting", "output")) {
      batch.addRule(
          chain, destinationType(0), equal(0, number(NetfilterLoad.TYPE_LOCAL)), jump(PUBLISHED));
    }
  }

  private static NetfilterExpression[] port(Ipv4 container, Published port) {
    List<NetfilterExpression> steps = new ArrayList<>();
    if (!port.hostIp().equals(ANYWHERE)) {
      steps.add(destinationAddress(0));
      steps.add(equal(0, Ipv4.parse(port.hostIp()).bytes()));
    }
    Protocol protocol = Protocol.named(port.protocol().toUpperCase(Locale.ROOT));
    steps.add(transport(0));
    steps.add(equal(0, new byte[] {(byte) protocol.number()}));
    steps.add(destinationPort(0));
    steps.add(equal(0, bytes(port.hostPort())));
    steps.add(constant(1, container.bytes()));
    steps.add(constant(2, bytes(port.containerPort())));
    steps.add(translateDestination(1, 2));
    return steps.toArray(new NetfilterExpression[0]);
  }

  private static byte[] bytes(int port) {
    return new byte[] {(byte) (port >> 8), (byte) port};
  }

  /** Networks do not see each other but through published ports; internal ones see nothing. */
  private static void separate(NetfilterBatch batch, Collection<Network> networks) {
    batch.addChain(BETWEEN);
    batch.addBaseChain("forward", ChainType.FILTER, Hook.FORWARD, 0);
    for (Network network : networks) {
      byte[] bridge = interfaceName(network.bridge());
      NetfilterExpression leave = network.internal() ? drop() : jump(BETWEEN);
      batch.addRule(
          "forward", inputName(0), equal(0, bridge), outputName(0), unequal(0, bridge), leave);
      if (network.internal()) {
        batch.addRule(
            "forward", outputName(0), equal(0, bridge), inputName(0), unequal(0, bridge), drop());
      }
      batch.addRule(
          BETWEEN,
          outputName(0),
          equal(0, bridge),
          connectionStatus(0),
          bits(0, number(NetfilterLoad.STATUS_DESTINATION_TRANSLATED), new byte[4]),
          equal(0, number(0)),
          drop());
    }
  }

  /** The world knows the machine and not its containers, nor do they know its localhost. */
  private static void hideSources(NetfilterBatch batch, Collection<Network> networks) {
    String chain = "postrouting";
    batch.addBaseChain(chain, ChainType.NAT, Hook.POSTROUTING, SOURCE_NAT);
    for (Network network : networks) {
      byte[] bridge = interfaceName(network.bridge());
      byte[] subnet = network.subnet().base().bytes();
      batch.addRule(
          chain,
          sourceAddress(0),
          mask(network.subnet()),
          equal(0, subnet),
          outputName(0),
          unequal(0, bridge),
          masquerade());
      batch.addRule(
          chain,
          sourceAddress(0),
          mask(LOOPBACK),
          equal(0, LOOPBACK.base().bytes()),
          outputName(0),
          equal(0, bridge),
          masquerade());
      batch.addRule(
          chain,
          sourceAddress(0),
          mask(network.subnet()),
          equal(0, subnet),
          outputName(0),
          equal(0, bridge),
          connectionStatus(0),
          bits(0, number(NetfilterLoad.STATUS_DESTINATION_TRANSLATED), new byte[4]),
          unequal(0, number(0)),
          masquerade());
    }
  }

  private static NetfilterExpression mask(Ipv4Block block) {
    return bits(0, new Ipv4(block.mask()).bytes(), new byte[4]);
  }
}
