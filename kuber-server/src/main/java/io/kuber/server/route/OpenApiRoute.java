package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Response;
import io.kuber.resource.Catalogue;
import io.kuber.resource.KindSchema;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import io.kuber.resource.Subresource;
import io.kuber.resource.Verb;
import io.kuber.schema.Schemas;
import io.kuber.schema.openapi.Document;
import io.kuber.schema.openapi.OpenApi;
import io.kuber.schema.openapi.ServedResource;
import io.kuber.server.chain.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code /openapi/v2} and {@code /openapi/v3}, as kube-openapi's handlers answer (pkg/handler,
 * pkg/handler3).
 */
final class OpenApiRoute {
  private static final String PROTOBUF_V2 =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  /** The spelling that clients send, with an at sign that is not allowed in a media type. */
  private static final String OLD_PROTOBUF_V2 =
      "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

  private final Supplier<Catalogue> catalogue;
  private volatile Made made;

  /** Documents of a catalogue, which are made anew once there is another one. */
  OpenApiRoute(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
    this.made = new Made(catalogue.get());
  }

  private static final class Made {
    final Catalogue from;
    final OpenApi documents;

    Made(Catalogue from) {
      this.from = from;
      this.documents =
          OpenApi.of(
              from.served().stream().map(OpenApiRoute::served).toList(),
              Schemas.builtIn(),
              Version.GIT_VERSION);
    }
  }

  private OpenApi documents() {
    Catalogue now = catalogue.get();
    Made current = made;
    if (current.from != now) {
      current = new Made(now);
      made = current;
    }
    return current.documents;
  }

  private static ServedResource served(Served served) {
    ResourceType type = served.type();
    KindSchema schema = served.version().schema();
    return new ServedResource(
        type.group(),
        type.version(),
        type.kind(),
        type.plural(),
        type.namespaced(),
        verbs(served.kind().verbs()),
        served.version().subresources().stream().map(OpenApiRoute::served).toList(),
        schema.isCustom() ? Optional.of(schema.openApi()) : Optional.empty());
  }

  private static ServedResource.Subresource served(Subresource subresource) {
    return new ServedResource.Subresource(
        subresource.name(),
        Discovery.groupOf(subresource),
        Discovery.versionOf(subresource),
        subresource.kind(),
        verbs(subresource.verbs()));
  }

  private static Set<String> verbs(List<Verb> verbs) {
    return verbs.stream().map(Verb::text).collect(Collectors.toSet());
  }

  void handle(ServerRequest request) {
    List<String> path = request.request().segments();
    if (path.equals(List.of("openapi", "v2"))) {
      version2(request);
    } else if (path.equals(List.of("openapi", "v3"))) {
      respond(request, documents().index(), "application/json");
    } else if (path.size() > 2 && path.get(1).equals("v3")) {
      groupVersion(request, String.join("/", path.subList(2, path.size())));
    } else {
      throw Router.unknownPath();
    }
  }

  private void version2(ServerRequest request) {
    String accept = request.request().headers().first("Accept").orElse("*/*");
    for (MediaType wanted : MediaType.ofAccept(accept)) {
      switch (wanted.type()) {
        case "application/json", "application/*", "*/*" -> {
          respond(request, documents().swaggerJson(), "application/json");
          return;
        }
        case PROTOBUF_V2, OLD_PROTOBUF_V2 -> {
          respond(request, documents().swaggerProtobuf(), PROTOBUF_V2);
          return;
        }
        default -> {}
      }
    }
    throw new ApiException(
        StatusReason.NOT_ACCEPTABLE,
        "only the following media types are accepted: application/json, " + PROTOBUF_V2);
  }

  private void groupVersion(ServerRequest request, String path) {
    Document document = documents().groupVersion(path).orElseThrow(Router::unknownPath);
    Optional<String> hash = request.request().query().first("hash");
    if (hash.isPresent() && !hash.get().equals(document.hash())) {
      request.respond(
          Response.empty(301).with("Location", "/openapi/v3/" + path + "?hash=" + document.hash()));
      return;
    }
    respond(request, document, "application/json");
  }

  private static void respond(ServerRequest request, Document document, String contentType) {
    String tag = "\"" + document.hash() + "\"";
    boolean known = request.request().headers().all("If-None-Match").contains(tag);
    boolean immutable = request.request().query().has("hash");
    Response response =
        known ? Response.empty(304) : Response.of(200, contentType, document.bytes());
    response = response.with("ETag", tag).with("Vary", "Accept");
    request.respond(immutable ? response.with("Cache-Control", "public, immutable") : response);
  }
}
