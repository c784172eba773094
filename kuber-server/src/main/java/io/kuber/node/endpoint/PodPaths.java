package io.kuber.node.endpoint;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.StatusReason;
import io.kuber.http.Exchange;
import io.kuber.http.Query.Parameter;
import io.kuber.http.Response;
import io.kuber.http.Retargeted;
import io.kuber.node.stats.LivePod;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.server.tunnel.Tunnels;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paths about one pod: {@code /WHAT/NAMESPACE/POD/CONTAINER}, for some with the pod's uid in
 * front of the container.
 */
final class PodPaths {
  /** The kubelet's names of parameters, and those of the API server, which tunnels read. */
  private static final Map<String, String> NAMES =
      Map.of("input", "stdin", "output", "stdout", "error", "stderr");

  /** What a command of {@code /run} may write; the rest is cut off. */
  private static final int MOST_OUTPUT_BYTES = 16 << 20;

  private static final int WITHOUT_CONTAINER = 3;

  private final NodeView node;
  private final Tunnels tunnels;

  PodPaths(NodeView node, Tunnels tunnels) {
    this.node = node;
    this.tunnels = tunnels;
  }

  /** Who is meant. */
  private record Target(PodRef pod, String container) {}

  void logs(Exchange exchange) {
    Target target = target(exchange, true);
    tunnels.logs(exchange, target.pod, target.container);
  }

  void exec(Exchange exchange) {
    Target target = target(exchange, true);
    tunnels.exec(renamed(exchange), target.pod, target.container);
  }

  void attach(Exchange exchange) {
    Target target = target(exchange, true);
    tunnels.attach(renamed(exchange), target.pod, target.container);
  }

  void portForward(Exchange exchange) {
    tunnels.portForward(exchange, target(exchange, false).pod);
  }

  /** The pod that a path without a container means. */
  PodRef pod(Exchange exchange) {
    return target(exchange, false).pod;
  }

  /** Runs the command of parameter {@code cmd} and answers with what it wrote once it has ended. */
  void run(Exchange exchange) throws IOException {
    if (!exchange.request().method().equals("POST")) {
      throw new ApiException(StatusReason.METHOD_NOT_ALLOWED, "405 method not allowed");
    }
    Target target = target(exchange, true);
    String command = exchange.request().query().first("cmd").orElse("").strip();
    if (command.isEmpty()) {
      throw new ApiException(StatusReason.BAD_REQUEST, "parameter cmd names no command");
    }
    ExecOptions options = new ExecOptions(List.of(command.split("\\s+")), false, true, true, false);
    try (RemoteProcess process = node.gateway().exec(target.pod, target.container, options)) {
      byte[] out = written(process.stdout());
      byte[] err = written(process.stderr());
      byte[] both = new byte[out.length + err.length];
      System.arraycopy(out, 0, both, 0, out.length);
      System.arraycopy(err, 0, both, out.length, err.length);
      exchange.respond(Response.of(200, "text/plain; charset=utf-8", both));
    }
  }

  private static byte[] written(InputStream stream) throws IOException {
    return stream.readNBytes(MOST_OUTPUT_BYTES);
  }

  private Target target(Exchange exchange, boolean hasContainer) {
    List<String> parts = exchange.request().segments();
    int least = hasContainer ? WITHOUT_CONTAINER + 1 : WITHOUT_CONTAINER;
    if (parts.size() != least && parts.size() != least + 1) {
      throw new ApiException(StatusReason.NOT_FOUND, "404 page not found");
    }
    String uid = parts.size() > least ? parts.get(WITHOUT_CONTAINER) : "";
    KubeObject pod = pod(parts.get(1), parts.get(2), uid);
    String container = hasContainer ? parts.get(parts.size() - 1) : "";
    if (hasContainer && containers(pod).noneMatch(container::equals)) {
      throw new ApiException(
          StatusReason.NOT_FOUND,
          "container \"%s\" not found in pod \"%s\"".formatted(container, pod.name()));
    }
    return new Target(new PodRef(pod.namespace(), pod.name(), pod.uid(), node.name()), container);
  }

  private KubeObject pod(String namespace, String name, String uid) {
    return node.pods().get().stream()
        .map(LivePod::object)
        .filter(pod -> pod.namespace().equals(namespace) && pod.name().equals(name))
        .filter(pod -> uid.isEmpty() || pod.uid().equals(uid))
        .findFirst()
        .orElseThrow(
            () -> new ApiException(StatusReason.NOT_FOUND, "pod \"" + name + "\" does not exist"));
  }

  private static Stream<String> containers(KubeObject pod) {
    return Stream.of("initContainers", "containers", "ephemeralContainers")
        .flatMap(field -> pod.spec().items(field).trees().stream())
        .map((Tree declared) -> declared.text("name"));
  }

  private static Exchange renamed(Exchange exchange) {
    String query =
        exchange.request().query().parameters().stream()
            .map(PodPaths::renamed)
            .collect(Collectors.joining("&"));
    return new Retargeted(exchange, exchange.request().path() + "?" + query);
  }

  private static String renamed(Parameter parameter) {
    String name = NAMES.getOrDefault(parameter.name(), parameter.name());
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(parameter.value(), StandardCharsets.UTF_8);
  }
}
