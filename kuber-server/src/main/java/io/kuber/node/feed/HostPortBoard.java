package io.kuber.node.feed;

import io.kuber.node.network.Protocol;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.ServedPort;
import io.kuber.node.proxy.ServicePort;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a node that containers on it have ({@code hostPort}), from the time their pod has an
 * address until it has ended. Owned by the feed's loop.
 *
 * <p>A port of a container is one more front end of the same rules as services', with one backend.
 */
final class HostPortBoard {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final Map<String, List<ServedPort>> ports = new TreeMap<>();
  private boolean isStale = true;

  /** A pod of the node that is new, changed, or gone. */
  void pod(String key, @Nullable KubeObject now) {
    List<ServedPort> next = now == null ? List.of() : of(now);
    List<ServedPort> before = ports.getOrDefault(key, List.of());
    if (next.equals(before)) {
      return; // What is the same value costs nothing to plan again.
    }
    isStale = true;
    if (next.isEmpty()) {
      ports.remove(key);
    } else {
      ports.put(key, next);
    }
  }

  /** Whether {@link #served} would say something else than the last time; true at first. */
  boolean isStale() {
    return isStale;
  }

  List<ServedPort> served() {
    isStale = false;
    return ports.values().stream().flatMap(List::stream).toList();
  }

  /** The ports that a pod has of its node: pure. */
  static List<ServedPort> of(KubeObject pod) {
    String address = pod.status().text("podIP");
    boolean hasNone =
        pod.spec().isTrue("hostNetwork")
            || ENDED.contains(pod.status().text("phase"))
            || !ServiceView.isIpv4(address);
    return hasNone
        ? List.of()
        : containers(pod.spec())
            .flatMap(container -> container.items("ports").trees().stream())
            .filter(port -> port.number(0, "hostPort") != 0)
            .filter(port -> isOfIpv4(port.text("hostIP")))
            .map(port -> served(pod, address, port))
            .toList();
  }

  /** Those that run beside each other: of what runs before them, only what goes on running. */
  private static Stream<Tree> containers(Tree spec) {
    return Stream.concat(
        spec.items("initContainers").trees().stream()
            .filter(container -> container.text("restartPolicy").equals("Always")),
        spec.items("containers").trees().stream());
  }

  private static boolean isOfIpv4(String hostIp) {
    return hostIp.isEmpty() || ServiceView.isIpv4(hostIp);
  }

  private static ServedPort served(KubeObject pod, String address, Tree port) {
    ServicePort own =
        ServicePort.ofHost(
            pod.namespace(),
            pod.name(),
            Protocol.named(port.text("protocol")),
            port.text("hostIP"),
            (int) port.number(0, "hostPort"));
    int target = (int) port.number(0, "containerPort");
    Backend backend = new Backend(address, target).on(pod.spec().text("nodeName"));
    return new ServedPort(own, List.of(backend));
  }
}
