package io.kuber.server.route;

import io.kuber.api.Api;
import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.ApiRequest;
import io.kuber.api.ApiRequest.Body;
import io.kuber.api.PodRef;
import io.kuber.api.StatusReason;
import io.kuber.http.Handler;
import io.kuber.http.Headers;
import io.kuber.http.Retargeted;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.tunnel.Tunnels;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Logs, exec, attach, port-forward and requests that are passed on: which pod and container is
 * meant, and who serves it.
 */
public final class PodStreams {
  private final Api api;
  private final Store store;
  private final Tunnels tunnels;
  private final PodProxies proxies;
  private final NodeProxies nodes;
  private final Function<String, Optional<Handler>> elsewhere;

  /** Streams from pods that the store knows, through tunnels to the nodes that they run on. */
  public PodStreams(Api api, Store store, Tunnels tunnels) {
    this(api, store, tunnels, node -> Optional.empty(), node -> Optional.empty());
  }

  /**
   * The same, and the endpoints of nodes.
   *
   * @param api whose admission is asked before a connection is opened
   * @param nodes what answers for a node, by its name
   * @param elsewhere what answers for a node that is not in this process
   */
  public PodStreams(
      Api api,
      Store store,
      Tunnels tunnels,
      Function<String, Optional<Handler>> nodes,
      Function<String, Optional<Handler>> elsewhere) {
    this.api = api;
    this.store = store;
    this.tunnels = tunnels;
    this.proxies = new PodProxies(store, tunnels);
    this.nodes = new NodeProxies(store, nodes);
    this.elsewhere = elsewhere;
  }

  static boolean isStream(Kind kind, RequestPath path) {
    return PodProxies.isProxy(kind, path)
        || NodeProxies.isProxy(kind, path)
        || (kind.type().equals(Resources.PODS)
            && switch (path.subresource()) {
              case "log", "exec", "attach", "portforward" -> true;
              default -> false;
            });
  }

  /** Answers once admission has let the client through; logs are read, which it is not asked. */
  void handle(ServerRequest request, RequestPath path, ResourceType type) throws Exception {
    if (path.subresource().equals("log")) {
      open(request, path);
      return;
    }
    api.connect(connection(request, path, type))
        .whenComplete(
            (warnings, failure) -> {
              if (failure == null) {
                warn(request, warnings);
                tryToOpen(request, path);
              } else {
                request.fail(failure);
              }
            });
  }

  private static ApiRequest connection(ServerRequest request, RequestPath path, ResourceType type) {
    return ApiRequest.of(Verb.CREATE, type, path.namespace(), path.name(), request.user())
        .of(path.subresource())
        .with(new Body.Whole(ConnectOptions.of(path, request.request().query())))
        .with(request.trace());
  }

  private static void warn(ServerRequest request, List<String> warnings) {
    Headers headers = Headers.EMPTY;
    for (String warning : Warnings.headers(warnings)) {
      headers = headers.plus("Warning", warning);
    }
    if (!warnings.isEmpty()) {
      request.exchange().always(headers);
    }
  }

  private void tryToOpen(ServerRequest request, RequestPath path) {
    try {
      open(request, path);
    } catch (Exception refused) {
      request.fail(refused);
    }
  }

  private void open(ServerRequest request, RequestPath path) throws Exception {
    if (path.resource().equals("nodes")) {
      nodes.handle(request, path);
      return;
    }
    if (path.subresource().equals("proxy")) {
      proxies.handle(request, path);
      return;
    }
    KubeObject pod = pod(path);
    PodRef ref = ref(pod);
    Optional<Handler> other = elsewhere.apply(ref.nodeName());
    if (other.isPresent()) {
      passOn(request, path, pod, other.get());
      return;
    }
    if (path.subresource().equals("portforward")) {
      tunnels.portForward(request.exchange(), ref);
      return;
    }
    String container = container(pod, named(request));
    switch (path.subresource()) {
      case "log" -> tunnels.logs(request.exchange(), ref, container);
      case "exec" -> tunnels.exec(request.exchange(), ref, container);
      default -> tunnels.attach(request.exchange(), ref, container);
    }
  }

  /** The node answers under the names that the kubelet has for all this. */
  private static void passOn(ServerRequest request, RequestPath path, KubeObject pod, Handler node)
      throws Exception {
    String what =
        switch (path.subresource()) {
          case "portforward" -> "portForward";
          case "log" -> "containerLogs";
          default -> path.subresource();
        };
    String target = "/" + what + "/" + pod.namespace() + "/" + pod.name() + "/" + pod.uid();
    if (!path.subresource().equals("portforward")) {
      target += "/" + declared(pod, container(pod, named(request)));
    }
    String asked = request.request().target();
    int query = asked.indexOf('?');
    node.handle(
        new Retargeted(request.exchange(), query < 0 ? target : target + asked.substring(query)));
  }

  /** What a client says becomes part of a path only if the pod says it, too. */
  private static String declared(KubeObject pod, String container) {
    boolean isDeclared =
        Stream.of("initContainers", "containers", "ephemeralContainers")
            .flatMap(field -> pod.spec().items(field).trees().stream())
            .anyMatch(each -> each.text("name").equals(container));
    if (!isDeclared) {
      throw new ApiException(
          StatusReason.BAD_REQUEST,
          "container " + container + " is not valid for pod " + pod.name());
    }
    return container;
  }

  private static String named(ServerRequest request) {
    return request.request().query().first("container").orElse("");
  }

  private KubeObject pod(RequestPath path) {
    Stored stored = store.image().get(Resources.PODS.key(path.namespace(), path.name()));
    if (stored == null) {
      throw new ApiException(
          StatusReason.NOT_FOUND,
          "pods \"" + path.name() + "\" not found",
          new Details(path.name(), "", "pods", "", List.of(), 0));
    }
    return stored.object();
  }

  static PodRef ref(KubeObject pod) {
    if (pod.spec().text("nodeName").isEmpty()) {
      throw new ApiException(
          StatusReason.BAD_REQUEST, "pod " + pod.name() + " does not have a host assigned");
    }
    return new PodRef(pod.namespace(), pod.name(), pod.uid(), pod.spec().text("nodeName"));
  }

  /** The container that the client names, or the only one, or the one annotated as the default. */
  private static String container(KubeObject pod, String named) {
    if (!named.isEmpty()) {
      return named;
    }
    List<Tree> containers = pod.spec().items("containers").trees();
    if (containers.size() == 1) {
      return containers.get(0).text("name");
    }
    String preferred =
        pod.annotations().getOrDefault("kubectl.kubernetes.io/default-container", "");
    if (!preferred.isEmpty()) {
      return preferred;
    }
    List<String> names = containers.stream().map(container -> container.text("name")).toList();
    throw new ApiException(
        StatusReason.BAD_REQUEST,
        "a container name must be specified for pod %s, choose one of: [%s]"
            .formatted(pod.name(), String.join(" ", names)));
  }
}
