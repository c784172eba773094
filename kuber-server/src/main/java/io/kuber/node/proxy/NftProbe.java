package io.kuber.node.proxy;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterTables;
import io.kuber.node.network.Ipv4;
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
    new NftChanges().write(RuleSetDiff.between(RuleSet.EMPTY, oneOfEach()), batch);
    tables.commit("probe nf_tables", batch.deleteTable());
  }

  private static RuleSet oneOfEach() {
    Ipv4 documentation = Ipv4.parse("192.0.2.1");
    List<Endpoint> endpoints = List.of(new Endpoint(documentation, 1));
    return new RuleSet(
        Map.of(
            Frontend.cluster(documentation, Protocol.TCP, 1),
            new Balance(endpoints, Duration.ofSeconds(1)),
            Frontend.node(Protocol.TCP, 1),
            new Balance(endpoints, Duration.ZERO)));
  }
}
