package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.PodRef;
import io.kuber.api.StatusReason;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.Resources;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.tunnel.ProxyTarget;
import io.kuber.server.tunnel.Tunnels;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * {@code pods/NAME:PORT/proxy/...} and {@code services/NAME:PORT/proxy/...}: which port of which
 * pod is meant (pkg/registry/core/pod/strategy.go and pkg/registry/core/service/storage). Only
 * plain HTTP is passed on.
 */
final class PodProxies {
  private static final int HTTP = 80;

  /** The parts of {@code /api/v1/namespaces/NS/pods/NAME/proxy}. */
  private static final int PREFIX_PARTS = 7;

  private final Store store;
  private final Tunnels tunnels;

  PodProxies(Store store, Tunnels tunnels) {
    this.store = store;
    this.tunnels = tunnels;
  }

  static boolean isProxy(Kind kind, RequestPath path) {
    return path.subresource().equals("proxy")
        && (kind.type().equals(Resources.PODS) || kind.type().equals(Resources.SERVICES));
  }

  void handle(ServerRequest request, RequestPath path) {
    String prefix = ProxyPrefix.of(request.request().path(), PREFIX_PARTS);
    String rest = request.request().target().substring(prefix.length());
    if (!rest.startsWith("/")) {
      String location = prefix + "/" + rest;
      request.respond(new Response(301, Headers.of("Location", location), new byte[0]));
      return;
    }
    Named named = Named.of(path);
    Backend backend = path.resource().equals("pods") ? pod(path, named) : service(path, named);
    String host = backend.address + ":" + backend.port;
    tunnels.proxy(
        request.exchange(), new ProxyTarget(backend.pod, backend.port, host, prefix, rest));
  }

  /** Where to connect to. */
  private record Backend(PodRef pod, String address, int port) {}

  /**
   * A name with what may stand around it.
   *
   * @param port a number or the name of one; empty without any
   */
  private record Named(String name, String port) {
    static Named of(RequestPath path) {
      String[] parts = path.name().split(":", -1);
      boolean isPlain = parts.length < 3 || parts[0].isEmpty() || parts[0].equals("http");
      if (parts.length > 3 || !isPlain) {
        throw new ApiException(
            StatusReason.BAD_REQUEST,
            "invalid %s request \"%s\""
                .formatted(path.resource().equals("pods") ? "pod" : "service", path.name()));
      }
      return switch (parts.length) {
        case 1 -> new Named(parts[0], "");
        case 2 -> new Named(parts[0], parts[1]);
        default -> new Named(parts[1], parts[2]);
      };
    }
  }

  private Backend pod(RequestPath path, Named named) {
    KubeObject pod = object(path, named.name);
    String address = pod.status().text("podIP");
    if (address.isEmpty()) {
      throw new ApiException(StatusReason.BAD_REQUEST, "address not allowed");
    }
    return new Backend(PodStreams.ref(pod), address, port(pod, named.port));
  }

  /** The first port of the first container that has any, unless one is asked for. */
  private static int port(KubeObject pod, String asked) {
    if (asked.isEmpty()) {
      return (int)
          pod.spec().items("containers").trees().stream()
              .flatMap(container -> container.items("ports").trees().stream())
              .mapToLong(port -> port.number(HTTP, "containerPort"))
              .findFirst()
              .orElse(HTTP);
    }
    if (asked.matches("[1-9][0-9]{0,4}") && Integer.parseInt(asked) <= 0xffff) {
      return Integer.parseInt(asked);
    }
    throw new ApiException(
        StatusReason.BAD_REQUEST, "invalid pod request \"" + pod.name() + ":" + asked + "\"");
  }

  private Backend service(RequestPath path, Named named) {
    KubeObject service = object(path, named.name);
    String port = portName(service, named.port);
    Iterator<Stored> slices =
        store.image().scan(Resources.ENDPOINT_SLICES.qualifiedName(), path.namespace(), null);
    while (slices.hasNext()) {
      KubeObject slice = slices.next().object();
      if (slice.labels().getOrDefault("kubernetes.io/service-name", "").equals(service.name())) {
        Optional<Backend> backend = backend(slice, port);
        if (backend.isPresent()) {
          return backend.get();
        }
      }
    }
    throw unavailable("no endpoints available for service \"" + named.name + "\"");
  }

  /** Ports are found by their names, which is what a number stands for. */
  private static String portName(KubeObject service, String asked) {
    if (!asked.matches("[0-9]{1,9}")) {
      return asked;
    }
    return service.spec().items("ports").trees().stream()
        .filter(port -> port.number(0, "port") == Integer.parseInt(asked))
        .map(port -> port.text("name"))
        .findFirst()
        .orElseThrow(
            () ->
                unavailable(
                    "no service port %s found for service \"%s\""
                        .formatted(asked, service.name())));
  }

  private Optional<Backend> backend(KubeObject slice, String portName) {
    return slice.tree().items("ports").trees().stream()
        .filter(port -> port.text("name").equals(portName))
        .findFirst()
        .flatMap(
            port ->
                slice.tree().items("endpoints").trees().stream()
                    .filter(PodProxies::isReadyPod)
                    .map(endpoint -> backend(slice, endpoint, (int) port.number(HTTP, "port")))
                    .findFirst());
  }

  private static boolean isReadyPod(Tree endpoint) {
    return endpoint.tree("conditions").isTrue("ready")
        && endpoint.text("targetRef", "kind").equals("Pod");
  }

  private static Backend backend(KubeObject slice, Tree endpoint, int port) {
    PodRef pod =
        new PodRef(
            slice.namespace(),
            endpoint.text("targetRef", "name"),
            endpoint.text("targetRef", "uid"),
            endpoint.text("nodeName"));
    return new Backend(pod, endpoint.items("addresses").texts().get(0), port);
  }

  private KubeObject object(RequestPath path, String name) {
    boolean isPod = path.resource().equals("pods");
    Stored stored =
        store
            .image()
            .get((isPod ? Resources.PODS : Resources.SERVICES).key(path.namespace(), name));
    if (stored == null) {
      throw new ApiException(
          StatusReason.NOT_FOUND,
          path.resource() + " \"" + name + "\" not found",
          new Details(name, "", path.resource(), "", List.of(), 0));
    }
    return stored.object();
  }

  private static ApiException unavailable(String message) {
    return new ApiException(StatusReason.SERVICE_UNAVAILABLE, message, Details.NONE);
  }
}
