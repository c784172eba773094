package io.kuber.node.proxy;

import io.kuber.node.network.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes up services of small clusters, so small that everything happens to everything. */
final class RandomServices {
  static final List<String> CLUSTER_IPS = List.of("10.96.0.1", "10.96.0.2", "10.96.0.3");
  static final List<String> OUTSIDE_IPS = List.of("192.0.2.1", "203.0.113.7", "10.96.0.2");
  static final List<Integer> PORTS = List.of(80, 443);
  static final List<Integer> NODE_PORTS = List.of(30_000, 30_001);

  private static final List<String> NODES = List.of("node-1", "node-2", "node-3", "");
  private static final List<String> ZONES = List.of("a", "b", "");
  private static final List<String> SOURCES =
      List.of("10.0.0.0/8", "198.51.100.0/24", "198.51.100.128/25", "0.0.0.0/0", "fd00::/8");
  private static final int MOST_SERVICES = 5;
  private static final int MOST_BACKENDS = 5;

  private final Random random;

  RandomServices(Random random) {
    this.random = random;
  }

  /** A cluster. */
  Services next() {
    List<ServedPort> ports =
        IntStream.range(0, random.nextInt(MOST_SERVICES + 1)).mapToObj(this::port).toList();
    return new Services(one(NODES), one(ZONES), ports);
  }

  /** The cluster with some of its services gone, changed, or new. */
  Services after(Services before) {
    List<ServedPort> ports = new ArrayList<>();
    for (ServedPort port : before.ports()) {
      switch (random.nextInt(4)) {
        case 0 -> ports.add(new ServedPort(port.port(), backends()));
        case 1 -> ports.add(port(ports.size()));
        case 2 -> ports.add(port);
        default -> {
          // Gone.
        }
      }
    }
    return new Services(before.node(), chance(9) ? before.zone() : one(ZONES), ports);
  }

  private ServedPort port(int number) {
    ServicePort.Key key =
        new ServicePort.Key("default", "s" + number, "", one(List.of(Protocol.values())));
    ServicePort port =
        new ServicePort(
            key,
            chance(8) ? one(CLUSTER_IPS) : "",
            one(PORTS),
            chance(5) ? one(NODE_PORTS) : 0,
            chance(3) ? Duration.ofSeconds(one(List.of(60, 10_800))) : Duration.ZERO,
            chance(3),
            new Outside(some(OUTSIDE_IPS, 3), some(OUTSIDE_IPS, 3), some(SOURCES, 2), chance(5)));
    return new ServedPort(port, backends());
  }

  private List<Backend> backends() {
    boolean hinted = chance(5);
    return IntStream.range(0, random.nextInt(MOST_BACKENDS + 1))
        .mapToObj(
            any ->
                new Backend(
                    "10.244.0." + (2 + random.nextInt(6)),
                    8080 + random.nextInt(2),
                    chance(7),
                    one(NODES),
                    hinted && chance(9) ? hints(ZONES) : Set.of(),
                    hinted && chance(7) ? hints(NODES) : Set.of()))
        .toList();
  }

  private Set<String> hints(List<String> names) {
    return new TreeSet<>(Stream.of(one(names), one(names)).filter(n -> !n.isEmpty()).toList());
  }

  private <T> List<T> some(List<T> all, int tenths) {
    return all.stream().filter(any -> chance(tenths)).toList();
  }

  <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean chance(int tenths) {
    return random.nextInt(10) < tenths;
  }
}
