package io.kuber.client.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.client.Client;
import io.kuber.json.Json;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Talks to the API over HTTPS, as whoever its line shows. Fails as a client within the API's
 * process does, and with reason ServiceUnavailable when no server can be reached.
 */
public final class RemoteClient implements Client {
  /** A watch is begun anew this often, so that one that nobody serves any more is noticed. */
  private static final int WATCH_SECONDS = 300;

  private static final String JSON = "application/json";

  private final ApiLine line;
  private final String manager;
  private final Loop loop;

  /**
   * A client of the line.
   *
   * @param manager owns the fields that it writes
   * @param loop on which its watches call their listeners
   */
  public RemoteClient(ApiLine line, String manager, Loop loop) {
    this.line = line;
    this.manager = manager;
    this.loop = loop;
  }

  private static String path(ResourceType type, String namespace, String... parts) {
    StringBuilder path =
        new StringBuilder(type.group().isEmpty() ? "/api/" : "/apis/" + type.group() + "/")
            .append(type.version());
    if (type.namespaced() && !namespace.isEmpty()) {
      path.append("/namespaces/").append(escaped(namespace));
    }
    path.append('/').append(type.plural());
    for (String part : parts) {
      path.append(part.isEmpty() ? "" : "/" + escaped(part));
    }
    return path.toString();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String selecting(ListOptions options) {
    String query =
        options.labelSelector().isEmpty()
            ? ""
            : "&labelSelector=" + escaped(options.labelSelector());
    return options.fieldSelector().isEmpty()
        ? query
        : query + "&fieldSelector=" + escaped(options.fieldSelector());
  }

  private String written(String path) {
    return path + "?fieldManager=" + escaped(manager);
  }

  private HttpRequest.Builder request(URI server, String target) {
    return HttpRequest.newBuilder(server.resolve(target))
        .header("Accept", JSON)
        .header("User-Agent", "kuber-" + manager);
  }

  private <T> CompletionStage<T> ask(
      Function<URI, HttpRequest.Builder> request, Function<Tree, T> reading) {
    CompletableFuture<T> read = new CompletableFuture<>();
    line.ask(request)
        .thenApply(body -> reading.apply(Json.parse(body)))
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                read.complete(answer);
              } else {
                read.completeExceptionally(
                    failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure);
              }
            });
    return read;
  }

  private CompletionStage<KubeObject> send(
      String method, String target, String contentType, Object body) {
    byte[] bytes = Json.print(body);
    return ask(
        server ->
            request(server, target)
                .header("Content-Type", contentType)
                .method(method, BodyPublishers.ofByteArray(bytes)),
        KubeObject::of);
  }

  @Override
  public CompletionStage<KubeObject> get(ResourceType type, String namespace, String name) {
    return ask(server -> request(server, path(type, namespace, name)).GET(), KubeObject::of);
  }

  @Override
  public CompletionStage<ObjectList> list(
      ResourceType type, String namespace, ListOptions options) {
    String target = path(type, namespace) + "?limit=0" + selecting(options);
    return ask(server -> request(server, target).GET(), list -> read(type, list));
  }

  /** Objects of a list do not say what they are. */
  private static ObjectList read(ResourceType type, Tree list) {
    List<KubeObject> objects =
        list.items("items").trees().stream()
            .map(
                item ->
                    KubeObject.of(
                        item.withDefault("apiVersion", type.apiVersion())
                            .withDefault("kind", type.kind())))
            .toList();
    return new ObjectList(objects, list.text("metadata", "resourceVersion"));
  }

  @Override
  public AutoCloseable watch(
      ResourceType type,
      String namespace,
      ListOptions options,
      String resourceVersion,
      WatchListener listener) {
    RemoteWatch watch = new RemoteWatch(loop, listener);
    String target =
        path(type, namespace)
            + "?watch=true&timeoutSeconds="
            + WATCH_SECONDS
            + "&resourceVersion="
            + escaped(resourceVersion)
            + selecting(options);
    line.watch(server -> request(server, target).GET(), watch);
    return () -> {
      watch.close();
      line.forget(watch);
    };
  }

  @Override
  public CompletionStage<KubeObject> create(ResourceType type, KubeObject object) {
    return send("POST", written(path(type, object.namespace())), JSON, object.tree());
  }

  @Override
  public CompletionStage<KubeObject> createSubresource(
      ResourceType type, String namespace, String name, String subresource, KubeObject body) {
    return send("POST", written(path(type, namespace, name, subresource)), JSON, body.tree());
  }

  @Override
  public CompletionStage<KubeObject> update(ResourceType type, KubeObject object) {
    return updateSubresource(type, "", object);
  }

  @Override
  public CompletionStage<KubeObject> updateSubresource(
      ResourceType type, String subresource, KubeObject object) {
    return send(
        "PUT",
        written(path(type, object.namespace(), object.name(), subresource)),
        JSON,
        object.tree());
  }

  @Override
  public CompletionStage<KubeObject> patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      PatchType patchType,
      Object patch) {
    return send(
        "PATCH", written(path(type, namespace, name, subresource)), mediaType(patchType), patch);
  }

  private static String mediaType(PatchType type) {
    return switch (type) {
      case JSON -> "application/json-patch+json";
      case MERGE -> "application/merge-patch+json";
      case STRATEGIC -> "application/strategic-merge-patch+json";
      case APPLY -> "application/apply-patch+yaml";
    };
  }

  @Override
  public CompletionStage<KubeObject> apply(
      ResourceType type, String subresource, KubeObject configuration, boolean force) {
    String target =
        written(path(type, configuration.namespace(), configuration.name(), subresource));
    return send(
        "PATCH", target + "&force=" + force, mediaType(PatchType.APPLY), configuration.tree());
  }

  @Override
  public CompletionStage<Void> delete(
      ResourceType type, String namespace, String name, DeleteOptions options) {
    Tree.Builder body = Tree.builder().put("kind", "DeleteOptions").put("apiVersion", "v1");
    if (options.gracePeriodSeconds() >= 0) {
      body.put("gracePeriodSeconds", options.gracePeriodSeconds());
    }
    if (!options.propagationPolicy().isEmpty()) {
      body.put("propagationPolicy", options.propagationPolicy());
    }
    Tree.Builder preconditions = Tree.builder();
    if (!options.uid().isEmpty()) {
      preconditions.put("uid", options.uid());
    }
    if (!options.resourceVersion().isEmpty()) {
      preconditions.put("resourceVersion", options.resourceVersion());
    }
    Tree conditions = preconditions.build();
    if (!conditions.isEmpty()) {
      body.put("preconditions", conditions);
    }
    return send("DELETE", path(type, namespace, name), JSON, body.build()).thenAccept(gone -> {});
  }
}
