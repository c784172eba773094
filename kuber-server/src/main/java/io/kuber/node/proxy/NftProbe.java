package io.kuber.node.proxy;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterElements;
import io.kuber.linux.NetfilterTables;
import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import io.kuber.node.policy.PolicyTable;
import io.kuber.node.proxy.Balance.Reach;
import io.kuber.node.proxy.Balance.Without;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Finds out whether the kernel can do all that the table asks of it, on a table of its own. */
final class NftProbe {
  private NftProbe() {}

  /** Returns if it can; throws the kernel's refusal if not. Leaves nothing behind. */
  static void run(NetfilterTables tables, ProxyConfig config) {
    NetfilterBatch batch = new NetfilterBatch(config.table() + "-probe");
    NftTable.replace(batch, config);
    PolicyTable.add(batch);
    NetfilterElements elements = new NetfilterElements();
    new NftChanges(config).write(RuleSetDiff.between(RuleSet.EMPTY, oneOfEach()), batch, elements);
    elements.appendTo(batch);
    tables.commit("probe nf_tables", batch.deleteTable());
  }

  private static RuleSet oneOfEach() {
    Ipv4 documentation = Ipv4.parse("192.0.2.1");
    List<Endpoint> endpoints = List.of(new Endpoint(documentation, 1));
    Frontend node = Frontend.node(Protocol.TCP, 1);
    return new RuleSet(
        Map.of(
            new Frontend(documentation, Protocol.TCP, 1),
            Balance.of(Reach.CLUSTER, endpoints, Without.REFUSE).sticky(Duration.ofSeconds(1)),
            new Frontend(documentation, Protocol.TCP, 2),
            Balance.of(Reach.EXTERNAL, List.of(), Without.DROP)
                .only(AddressRanges.ofAddresses(List.of(documentation))),
            node,
            Balance.local(endpoints, endpoints)));
  }
}
