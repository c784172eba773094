package io.kuber.server.route;

import io.kuber.http.Query;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.chain.RequestPath;
import java.util.List;

/**
 * The options of a connection as admission sees them: the objects {@code PodExecOptions} and so on,
 * read from path and query (staging/src/k8s.io/api/core/v1).
 */
final class ConnectOptions {
  private ConnectOptions() {}

  /** The options of a path that {@link PodStreams} serves. */
  static Tree of(RequestPath path, Query query) {
    return switch (path.subresource()) {
      case "exec" -> streams("PodExecOptions", query);
      case "attach" -> streams("PodAttachOptions", query);
      case "portforward" -> ports(query);
      default -> proxy(path);
    };
  }

  private static Tree.Builder options(String kind) {
    return Tree.builder().put("kind", kind).put("apiVersion", "v1");
  }

  private static Tree streams(String kind, Query query) {
    Tree.Builder options = options(kind);
    for (String stream : List.of("stdin", "stdout", "stderr", "tty")) {
      if (query.isTrue(stream)) {
        options.put(stream, true);
      }
    }
    query.first("container").ifPresent(container -> options.put("container", container));
    List<String> command = query.all("command");
    if (!command.isEmpty()) {
      options.put("command", Items.copyOf(command));
    }
    return options.build();
  }

  /** What is no number is refused by whoever opens the connection. */
  private static Tree ports(Query query) {
    List<Long> ports =
        query.all("ports").stream()
            .filter(port -> port.matches("[0-9]{1,5}"))
            .map(Long::valueOf)
            .toList();
    Tree.Builder options = options("PodPortForwardOptions");
    return ports.isEmpty() ? options.build() : options.put("ports", Items.copyOf(ports)).build();
  }

  private static Tree proxy(RequestPath path) {
    String kind =
        switch (path.resource()) {
          case "pods" -> "PodProxyOptions";
          case "services" -> "ServiceProxyOptions";
          default -> "NodeProxyOptions";
        };
    Tree.Builder options = options(kind);
    return path.rest().isEmpty()
        ? options.build()
        : options.put("path", "/" + String.join("/", path.rest())).build();
  }
}
