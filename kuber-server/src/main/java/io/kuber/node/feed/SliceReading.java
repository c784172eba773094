package io.kuber.node.feed;

import com.google.common.collect.ImmutableSet;
import io.kuber.node.network.Protocol;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.ServicePort;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;
import java.util.stream.Stream;

/** Reads backends out of EndpointSlices: pure. */
final class SliceReading {
  private SliceReading() {}

  /** Those of a port of a service, of slices that a controller made or somebody by hand. */
  static List<Backend> backends(ServicePort.Key key, List<KubeObject> slices) {
    return slices.stream()
        .flatMap(
            slice ->
                slice.tree().items("ports").trees().stream()
                    .filter(port -> isOf(port, key))
                    .flatMap(port -> backends(slice, (int) port.number(0, "port"))))
        .toList();
  }

  /** Those of any port. */
  static Stream<Backend> backends(List<KubeObject> slices) {
    return slices.stream().flatMap(slice -> backends(slice, 1));
  }

  private static boolean isOf(Tree port, ServicePort.Key key) {
    return port.text("name").equals(key.portName())
        && Protocol.named(port.text("protocol")) == key.protocol()
        && port.number(0, "port") != 0;
  }

  private static Stream<Backend> backends(KubeObject slice, int port) {
    return slice.tree().items("endpoints").trees().stream()
        .filter(endpoint -> isReady(endpoint) || stillServes(endpoint))
        .flatMap(endpoint -> backend(endpoint, port));
  }

  /** All addresses of an endpoint are the same one, so the first will do. */
  private static Stream<Backend> backend(Tree endpoint, int port) {
    return endpoint.items("addresses").texts().stream()
        .limit(1)
        .filter(ServiceView::isIpv4)
        .map(
            ip ->
                new Backend(
                    ip,
                    port,
                    isReady(endpoint),
                    endpoint.text("nodeName"),
                    hints(endpoint, "forZones"),
                    hints(endpoint, "forNodes")));
  }

  private static ImmutableSet<String> hints(Tree endpoint, String whom) {
    return endpoint.items("hints", whom).trees().stream()
        .map(hint -> hint.text("name"))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** A condition that is not there counts as true (discovery/v1 EndpointConditions). */
  static boolean isReady(Tree endpoint) {
    return !Boolean.FALSE.equals(endpoint.at("conditions", "ready"));
  }

  /** Ending, but answering until then (KEP-1669). */
  private static boolean stillServes(Tree endpoint) {
    return endpoint.isTrue("conditions", "serving") && endpoint.isTrue("conditions", "terminating");
  }
}
