package io.kuber.server.member;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the Service {@code default/kubernetes}, which has no selector, leads to: the API of every
 * server that is there. Servers on different ports get an EndpointSlice for each port, since a
 * slice has one list of ports for all its addresses.
 */
public final class ApiEndpoints {
  private static final String NAMESPACE = "default";
  private static final String NAME = "kubernetes";
  private static final String PORT_NAME = "https";

  private ApiEndpoints() {}

  /** A step towards what should be. */
  public sealed interface Write {
    /** Makes the object, or replaces what is there. */
    record Put(ResourceType type, KubeObject object) implements Write {}

    /** Removes an object of the namespace {@code default}. */
    record Remove(ResourceType type, String name) implements Write {}
  }

  /**
   * What is to be written so that the Service leads to those servers; nothing when it does already.
   * A list without any changes nothing: somebody has to answer the next question. A server that is
   * reached from its own machine only is left out, since a pod would find itself there, and
   * Kubernetes refuses such addresses.
   *
   * @param servers where the API of each server is that was heard of late; IP addresses
   */
  public static List<Write> plan(Collection<HostAndPort> servers, Image image) {
    SortedMap<Integer, SortedSet<String>> byPort = new TreeMap<>();
    servers.stream()
        .filter(server -> !InetAddresses.forString(server.getHost()).isLoopbackAddress())
        .forEach(
            server ->
                byPort
                    .computeIfAbsent(server.getPort(), port -> new TreeSet<>())
                    .add(server.getHost()));
    if (byPort.isEmpty()) {
      return List.of();
    }
    List<Write> writes = new ArrayList<>();
    put(writes, image, Resources.ENDPOINTS, endpoints(byPort), "subsets");
    List<String> slices = new ArrayList<>();
    byPort.forEach(
        (port, addresses) -> {
          KubeObject slice = slice(port, addresses, port.equals(byPort.firstKey()));
          slices.add(slice.name());
          put(writes, image, Resources.ENDPOINT_SLICES, slice, "endpoints", "ports");
        });
    image
        .scan(Resources.ENDPOINT_SLICES.qualifiedName(), NAMESPACE, null)
        .forEachRemaining(
            stored -> {
              if (isOurs(stored) && !slices.contains(stored.key().name())) {
                writes.add(new Write.Remove(Resources.ENDPOINT_SLICES, stored.key().name()));
              }
            });
    return writes;
  }

  private static boolean isOurs(Stored slice) {
    return slice.passingLabels().text("kubernetes.io/service-name").equals(NAME);
  }

  private static void put(
      List<Write> writes, Image image, ResourceType type, KubeObject wanted, String... parts) {
    Stored there = image.get(type.keyOf(wanted));
    if (there == null || differs(there.passing(), wanted, parts)) {
      writes.add(new Write.Put(type, wanted));
    }
  }

  private static boolean differs(KubeObject there, KubeObject wanted, String... parts) {
    for (String part : parts) {
      @Nullable Object now = there.tree().get(part);
      if (!wanted.tree().items(part).equals(now)) {
        return true;
      }
    }
    return false;
  }

  private static KubeObject endpoints(SortedMap<Integer, SortedSet<String>> byPort) {
    List<Tree> subsets = new ArrayList<>();
    byPort.forEach(
        (port, addresses) ->
            subsets.add(
                Tree.of(
                    "addresses",
                    Items.copyOf(addresses.stream().map(ip -> Tree.of("ip", ip)).toList()),
                    "ports",
                    ports(port))));
    return Resources.ENDPOINTS
        .object(NAMESPACE, NAME)
        .with(Tree.of("endpointslice.kubernetes.io/skip-mirror", "true"), "metadata", "labels")
        .with(Items.copyOf(subsets), "subsets");
  }

  private static KubeObject slice(int port, Collection<String> addresses, boolean first) {
    List<Tree> endpoints =
        addresses.stream()
            .map(ip -> Tree.of("addresses", Items.of(ip), "conditions", Tree.of("ready", true)))
            .toList();
    return Resources.ENDPOINT_SLICES
        .object(NAMESPACE, first ? NAME : NAME + "-" + port)
        .with(Tree.of("kubernetes.io/service-name", NAME), "metadata", "labels")
        .with("IPv4", "addressType")
        .with(Items.copyOf(endpoints), "endpoints")
        .with(ports(port), "ports");
  }

  private static Items ports(int port) {
    return Items.of(Tree.of("name", PORT_NAME, "port", (long) port, "protocol", "TCP"));
  }
}
