package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterElements;
import io.kuber.linux.TableOfElements;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.Protocol;
import io.kuber.node.proxy.ServiceModel.Origin;
import io.kuber.node.proxy.ServiceModel.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Thousands of clusters made up from a seed: the rules that are planned do with every packet what
 * {@link ServiceModel} says. {@code -Dseed=} begins at another seed, {@code -Dseeds=} takes more.
 */
final class ServiceSemanticsTest {
  private static final int FIRST = Integer.getInteger("seed", 1);
  private static final int SEEDS = Integer.getInteger("seeds", 4000);
  private static final int CHANGES = 5;
  private static final ProxyConfig CONFIG = ProxyConfig.of(PodNetworkConfig.standard("kuber0"));

  private static final List<Ipv4> DESTINATIONS =
      List.of("10.96.0.1", "10.96.0.2", "10.96.0.3", "192.0.2.1", "203.0.113.7", "172.16.0.1")
          .stream()
          .map(Ipv4::parse)
          .toList();

  @Test
  void doWithEveryPacketWhatServicesPromise() {
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Services services = new RandomServices(new Random(seed)).next();
      ServiceModel model = new ServiceModel(services);
      RuleInterpreter rules = new RuleInterpreter(RulePlanner.planAll(services).rules());
      for (Packet packet : packets()) {
        assertThat(rules.fate(packet))
            .as("seed %d: %s in %s", seed, packet, services)
            .isEqualTo(model.fate(packet));
      }
    }
  }

  private static List<Packet> packets() {
    List<Packet> packets = new ArrayList<>();
    for (Ipv4 to : DESTINATIONS) {
      for (Protocol protocol : Protocol.values()) {
        for (int port : List.of(80, 443, 30_000, 30_001)) {
          packets.add(packet(Origin.POD, "10.244.0.9", to, protocol, port));
          packets.add(packet(Origin.NODE, "172.16.0.1", to, protocol, port));
          packets.add(packet(Origin.WORLD, "198.51.100.200", to, protocol, port));
          packets.add(packet(Origin.WORLD, "192.0.2.77", to, protocol, port));
        }
      }
    }
    return packets;
  }

  private static Packet packet(Origin origin, String source, Ipv4 to, Protocol protocol, int port) {
    boolean isNodes = to.toString().equals("172.16.0.1") || to.toString().equals("192.0.2.1");
    return new Packet(origin, Ipv4.parse(source), to, isNodes, protocol, port);
  }

  @Test
  void areTheSameWhetherChangedOrPlannedFromNothing() {
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      RandomServices random = new RandomServices(new Random(seed));
      RulePlanner planner = new RulePlanner();
      NftChanges changes = new NftChanges(CONFIG);
      TableOfElements table = new TableOfElements();
      Services services = random.next();
      RuleSet written = RuleSet.EMPTY;
      for (int change = 0; change < CHANGES; change++) {
        RuleSet next = planner.plan(services).rules();
        assertThat(next).as("seed %d: %s", seed, services).isEqualTo(fresh(services));
        table.change(elements(changes, RuleSetDiff.between(written, next)));
        assertThat(content(table)).as("seed %d: %s", seed, services).isEqualTo(written(next));
        written = next;
        services = random.after(services);
      }
    }
  }

  private static RuleSet fresh(Services services) {
    return RulePlanner.planAll(services).rules();
  }

  private static Map<String, Map<String, String>> written(RuleSet rules) {
    TableOfElements table = new TableOfElements();
    table.change(elements(new NftChanges(CONFIG), RuleSetDiff.between(RuleSet.EMPTY, rules)));
    return content(table);
  }

  private static Map<String, Map<String, String>> content(TableOfElements table) {
    return table.content(List.of(NftTable.LOOPS));
  }

  private static NetfilterElements elements(NftChanges changes, RuleSetDiff diff) {
    NetfilterElements elements = new NetfilterElements();
    changes.write(diff, new NetfilterBatch("test"), elements);
    return elements;
  }
}
