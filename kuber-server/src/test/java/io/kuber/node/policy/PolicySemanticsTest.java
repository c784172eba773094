package io.kuber.node.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterElements;
import io.kuber.linux.TableOfElements;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import io.kuber.node.policy.PolicyModel.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of clusters made up from a seed: what is planned does with every packet what {@link
 * PolicyModel} says. {@code -Dseed=} begins at another seed, {@code -Dseeds=} takes more.
 */
final class PolicySemanticsTest {
  private static final int FIRST = Integer.getInteger("seed", 1);
  private static final int SEEDS = Integer.getInteger("seeds", 3000);
  private static final int CHANGES = 5;

  /** Pods, places where pods may be, and others. */
  private static final List<Ipv4> ADDRESSES =
      Stream.of(
              "10.244.0.2", "10.244.0.3", "10.244.0.4", "10.244.0.5", "10.244.0.8", "198.51.100.7")
          .map(Ipv4::parse)
          .toList();

  private static final List<Packet> PACKETS = packets();

  private static List<Packet> packets() {
    List<Packet> packets = new ArrayList<>();
    for (Ipv4 from : ADDRESSES) {
      for (Ipv4 to : ADDRESSES) {
        packets.add(new Packet(from, to, null, 0));
        for (Protocol protocol : Protocol.values()) {
          for (int port : List.of(79, 80, 82, 85)) {
            packets.add(new Packet(from, to, protocol, port));
          }
        }
      }
    }
    return packets;
  }

  @Test
  void letPassWhatPoliciesPromise() {
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Neighbourhood all = new RandomPolicies(new Random(seed)).next();
      PolicyModel model = new PolicyModel(all);
      PolicyInterpreter planned = new PolicyInterpreter(PolicyPlanner.plan(all));
      for (Packet packet : PACKETS) {
        if (planned.passes(packet) != model.passes(packet)) {
          assertThat(planned.passes(packet))
              .as("seed %d: %s in %s", seed, packet, all)
              .isEqualTo(model.passes(packet));
        }
      }
    }
  }

  @Test
  void areTheSameWhetherChangedOrPlannedFromNothing() {
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      RandomPolicies random = new RandomPolicies(new Random(seed));
      PolicyChanges changes = new PolicyChanges();
      TableOfElements table = new TableOfElements();
      Neighbourhood all = random.next();
      PolicySet written = PolicySet.EMPTY;
      for (int change = 0; change < CHANGES; change++) {
        PolicySet next = PolicyPlanner.plan(all);
        table.change(elements(changes, written, next));
        assertThat(sizes(table)).as("seed %d: %s", seed, all).isEqualTo(sizes(next));
        written = next;
        all = random.after(all);
      }
      table.change(elements(changes, written, PolicySet.EMPTY));
      assertThat(table.content(List.of())).as("seed %d", seed).isEmpty();
    }
  }

  /** Numbers of profiles depend on history, so that only how many elements there are compares. */
  private static Map<String, Integer> sizes(TableOfElements table) {
    Map<String, Integer> sizes = new TreeMap<>();
    table.content(List.of()).forEach((set, elements) -> sizes.put(set, elements.size()));
    return sizes;
  }

  private static Map<String, Integer> sizes(PolicySet fresh) {
    TableOfElements table = new TableOfElements();
    table.change(elements(new PolicyChanges(), PolicySet.EMPTY, fresh));
    return sizes(table);
  }

  private static NetfilterElements elements(
      PolicyChanges changes, PolicySet before, PolicySet after) {
    NetfilterElements elements = new NetfilterElements();
    changes.write(before, after, new NetfilterBatch("test"), elements);
    return elements;
  }
}
