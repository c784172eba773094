package io.kuber.boot;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.apiregistration.LocalApis;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import io.kuber.resource.builtin.scheduling.SystemPriorities;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The objects that every cluster has from its first moment; made where they are missing. */
final class Bootstrap {
  static final String SERVICE_ADDRESS = "10.96.0.1";
  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");
  private static final int HTTPS = 443;
  private static final long TIMEOUT_SECONDS = 20;

  private final Client client;

  Bootstrap(Client client) {
    this.client = client;
  }

  /** Makes the namespaces. */
  void namespaces() throws StartException {
    for (String name : NAMESPACES) {
      ensure(Resources.NAMESPACES, Resources.NAMESPACES.object("", name));
    }
  }

  /**
   * Makes the objects that clients of any Kubernetes expect, all at once: what is there already
   * stays as people have made it.
   */
  void standardObjects(Catalogue catalogue) throws StartException {
    List<CompletableFuture<KubeObject>> made = new ArrayList<>();
    made.addAll(create(Resources.PRIORITY_CLASSES, SystemPriorities.classes()));
    made.addAll(create(Resources.PRIORITY_LEVEL_CONFIGURATIONS, InitialFlows.levels()));
    made.addAll(create(Resources.FLOW_SCHEMAS, InitialFlows.schemas()));
    made.addAll(create(Resources.API_SERVICES, LocalApis.of(catalogue)));
    for (CompletableFuture<KubeObject> each : made) {
      ensure(() -> each);
    }
  }

  private List<CompletableFuture<KubeObject>> create(ResourceType type, List<KubeObject> objects) {
    return objects.stream().map(each -> client.create(type, each).toCompletableFuture()).toList();
  }

  /** Makes the Service under which pods find the API server, and points it at the address. */
  void kubernetesService(String address, int port) throws StartException {
    service(
        "default",
        "kubernetes",
        SERVICE_ADDRESS,
        Tree.of("component", "apiserver", "provider", "kubernetes"),
        List.of(new Port("https", "TCP", HTTPS, port)),
        address);
  }

  /**
   * A port of a Service without selector.
   *
   * @param target where the backend listens
   */
  record Port(String name, String protocol, int port, int target) {}

  /** Makes a Service without selector whose one backend is at {@code address}. */
  void service(
      String namespace,
      String name,
      String clusterIp,
      Tree labels,
      List<Port> ports,
      String address)
      throws StartException {
    ensure(
        Resources.SERVICES,
        Resources.SERVICES
            .object(namespace, name)
            .with(labels, "metadata", "labels")
            .with(
                Tree.of(
                    "type",
                    "ClusterIP",
                    "clusterIP",
                    clusterIp,
                    "ports",
                    Items.copyOf(ports.stream().map(Bootstrap::servicePort).toList())),
                "spec"));
    replace(Resources.ENDPOINTS, endpoints(namespace, name, ports, address));
    replace(Resources.ENDPOINT_SLICES, slice(namespace, name, ports, address));
  }

  private static Tree servicePort(Port port) {
    return Tree.of(
        "name",
        port.name(),
        "protocol",
        port.protocol(),
        "port",
        (long) port.port(),
        "targetPort",
        (long) port.target());
  }

  private static Tree backendPort(Port port) {
    return Tree.of("name", port.name(), "port", (long) port.target(), "protocol", port.protocol());
  }

  private static Items backendPorts(List<Port> ports) {
    return Items.copyOf(ports.stream().map(Bootstrap::backendPort).toList());
  }

  private static KubeObject endpoints(
      String namespace, String name, List<Port> ports, String address) {
    Tree subset =
        Tree.of("addresses", Items.of(Tree.of("ip", address)), "ports", backendPorts(ports));
    return Resources.ENDPOINTS
        .object(namespace, name)
        .with(Tree.of("endpointslice.kubernetes.io/skip-mirror", "true"), "metadata", "labels")
        .with(Items.of(subset), "subsets");
  }

  private static KubeObject slice(String namespace, String name, List<Port> ports, String address) {
    return Resources.ENDPOINT_SLICES
        .object(namespace, name)
        .with(Tree.of("kubernetes.io/service-name", name), "metadata", "labels")
        .with("IPv4", "addressType")
        .with(
            Items.of(Tree.of("addresses", Items.of(address), "conditions", Tree.of("ready", true))),
            "endpoints")
        .with(backendPorts(ports), "ports");
  }

  private void ensure(ResourceType type, KubeObject object) throws StartException {
    ensure(() -> client.create(type, object));
  }

  private static void ensure(Supplier<CompletionStage<KubeObject>> request) throws StartException {
    try {
      await(request);
    } catch (ApiException e) {
      if (e.reason() != StatusReason.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  /** What an earlier run left may point at an address that is no more. */
  private void replace(ResourceType type, KubeObject object) throws StartException {
    try {
      await(() -> client.create(type, object));
    } catch (ApiException e) {
      if (e.reason() != StatusReason.ALREADY_EXISTS) {
        throw e;
      }
      await(() -> client.update(type, object));
    }
  }

  private static KubeObject await(Supplier<CompletionStage<KubeObject>> request)
      throws StartException {
    try {
      return request.get().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException e) {
      throw e.getCause() instanceof ApiException refused
          ? refused
          : new IllegalStateException("the API failed", e.getCause());
    } catch (TimeoutException e) {
      throw new StartException(
          "the store did not take a write within " + TIMEOUT_SECONDS + " s; is the disk stuck?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while starting");
    }
  }
}
