package io.kuber.view;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a Service sees a pod behind it. */
public final class ServiceBackend {
  private ServiceBackend() {}

  /**
   * The selector of a Service that finds its pods; empty when people keep its endpoints, or when it
   * is only another name for something outside.
   */
  public static Map<String, String> selectorOf(KubeObject service) {
    return service.spec().text("type").equals("ExternalName")
        ? Map.of()
        : service.spec().tree("selector").texts();
  }

  /** Whether the Service has no address of its own. */
  public static boolean isHeadless(KubeObject service) {
    return service.spec().text("clusterIP").equals("None");
  }

  /** Whether the Service lists pods that are not ready as if they were. */
  public static boolean publishesNotReady(KubeObject service) {
    return service.spec().isTrue("publishNotReadyAddresses");
  }

  /** Whether the pod has an address and will not end for good. */
  public static boolean belongs(KubeObject pod) {
    return !pod.status().text("podIP").isEmpty() && !Pods.isFinished(pod);
  }

  /** The ports of a Service on one pod; a named port that the pod does not have is left out. */
  public static Items portsOf(KubeObject service, KubeObject pod) {
    List<Tree> ports = new ArrayList<>();
    for (Tree port : service.spec().items("ports").trees()) {
      long number = targetOf(port, pod);
      if (number > 0) {
        Tree.Builder backend = Tree.builder();
        if (!port.text("name").isEmpty()) {
          backend.put("name", port.text("name"));
        }
        ports.add(
            backend
                .put("port", number)
                .put("protocol", protocolOf(port))
                .putIfPresent("appProtocol", port.get("appProtocol"))
                .build());
      }
    }
    return Items.copyOf(ports);
  }

  private static long targetOf(Tree port, KubeObject pod) {
    Object target = port.get("targetPort");
    if (target instanceof String name && !name.isEmpty()) {
      return named(name, protocolOf(port), pod);
    }
    long number = target instanceof Number given ? given.longValue() : 0;
    return number == 0 ? port.number(0, "port") : number;
  }

  private static long named(String name, String protocol, KubeObject pod) {
    List<Tree> containers = new ArrayList<>(pod.spec().items("containers").trees());
    pod.spec().items("initContainers").trees().stream()
        .filter(container -> container.text("restartPolicy").equals("Always"))
        .forEach(containers::add);
    return containers.stream()
        .flatMap(container -> container.items("ports").trees().stream())
        .filter(port -> port.text("name").equals(name) && protocolOf(port).equals(protocol))
        .mapToLong(port -> port.number(0, "containerPort"))
        .findFirst()
        .orElse(0);
  }

  private static String protocolOf(Tree port) {
    String protocol = port.text("protocol");
    return protocol.isEmpty() ? "TCP" : protocol;
  }

  /** The host name that the pod has inside the Service's domain; empty for none. */
  public static String hostnameOf(KubeObject service, KubeObject pod) {
    return pod.spec().text("subdomain").equals(service.name()) ? pod.spec().text("hostname") : "";
  }

  /** The reference from an endpoint to its pod. */
  public static Tree reference(KubeObject pod) {
    return Tree.of(
        "kind", "Pod",
        "namespace", pod.namespace(),
        "name", pod.name(),
        "uid", pod.uid());
  }
}
