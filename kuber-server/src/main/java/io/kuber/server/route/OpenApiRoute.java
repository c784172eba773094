package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Tree;
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
import io.kuber.server.aggregate.Elsewhere;
import io.kuber.server.aggregate.ForeignVersion;
import io.kuber.server.aggregate.Registration;
import io.kuber.server.chain.Compression;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.format.MediaType;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
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

  private static final String PROTOBUF_V3 =
      "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";
  private static final String OLD_PROTOBUF_V3 =
      "application/com.github.proto-openapi.spec.v3@v1.0+protobuf";

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** How long a description that names its hash may be kept. */
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Supplier<Catalogue> catalogue;
  private final Elsewhere elsewhere;
  private final InstantSource clock;
  private volatile Made made;

  /** Documents of a catalogue, which are made anew once there is another one. */
  OpenApiRoute(Supplier<Catalogue> catalogue, Elsewhere elsewhere, InstantSource clock) {
    this.catalogue = catalogue;
    this.elsewhere = elsewhere;
    this.clock = clock;
    Catalogue now = catalogue.get();
    this.made = new Made(now, OpenApi.of(resources(now), Schemas.builtIn(), Version.GIT_VERSION));
  }

  private static final class Made {
    final Catalogue from;
    final OpenApi documents;

    Made(Catalogue from, OpenApi documents) {
      this.from = from;
      this.documents = documents;
    }
  }

  private static List<ServedResource> resources(Catalogue catalogue) {
    return catalogue.served().stream().map(OpenApiRoute::served).toList();
  }

  private OpenApi documents() {
    Catalogue now = catalogue.get();
    Made current = made;
    if (current.from != now) {
      current = new Made(now, current.documents.of(resources(now)));
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
      respond(request, index(), "application/json");
    } else if (path.size() > 2 && path.get(1).equals("v3")) {
      version3(request, String.join("/", path.subList(2, path.size())));
    } else {
      throw Router.unknownPath();
    }
  }

  /** What other servers describe is listed with ours, and shown by them. */
  private Document index() {
    Document ours = documents().index();
    List<ForeignVersion> theirs = elsewhere.known().versions();
    if (theirs.isEmpty()) {
      return ours;
    }
    Tree index = Json.parse(ours.bytes());
    Tree paths = index.tree("paths");
    for (ForeignVersion each : theirs) {
      String path = "apis/" + each.group() + "/" + each.version();
      paths =
          each.openApi().isEmpty()
              ? paths.without(path)
              : paths.with(path, Tree.of("serverRelativeURL", each.openApi()));
    }
    return Document.of(Json.print(index.with("paths", paths)));
  }

  private void version2(ServerRequest request) {
    if (wantsJson(request, PROTOBUF_V2, OLD_PROTOBUF_V2)) {
      respond(request, documents().swaggerJson(), "application/json");
    } else {
      respond(request, documents().swaggerProtobuf(), PROTOBUF_V2);
    }
  }

  /** A group that is not there has an empty description, as in kube-openapi. */
  private void version3(ServerRequest request, String path) {
    String[] parts = path.split("/");
    if (parts.length == 3 && parts[0].equals("apis")) {
      Optional<Registration> other = elsewhere.at(parts[1], parts[2]);
      if (other.isPresent()) {
        elsewhere.pass(request, other.get());
        return;
      }
    }
    boolean json = wantsJson(request, PROTOBUF_V3, OLD_PROTOBUF_V3);
    Optional<Document> found =
        json ? documents().groupVersion(path) : documents().groupVersionProtobuf(path);
    if (found.isEmpty()) {
      request.respond(Response.empty(200).with("Vary", "Accept"));
      return;
    }
    Document document = found.get();
    Optional<String> hash = request.request().query().first("hash");
    if (hash.isPresent() && !hash.get().equals(document.hash())) {
      request.respond(
          Response.empty(301).with("Location", "/openapi/v3/" + path + "?hash=" + document.hash()));
      return;
    }
    respond(request, document, json ? "application/json" : PROTOBUF_V3);
  }

  /** The first wish of the client that can be fulfilled: JSON, or else protobuf. */
  private static boolean wantsJson(ServerRequest request, String protobuf, String oldProtobuf) {
    String accept = request.request().headers().joined("Accept");
    for (MediaType wanted : MediaType.ofAccept(accept.isBlank() ? "*/*" : accept)) {
      if (Set.of("application/json", "application/*", "*/*").contains(wanted.type())) {
        return true;
      }
      if (wanted.type().equals(protobuf) || wanted.type().equals(oldProtobuf)) {
        return false;
      }
    }
    throw new ApiException(
        StatusReason.NOT_ACCEPTABLE,
        "only the following media types are accepted: application/json, " + protobuf);
  }

  private void respond(ServerRequest request, Document document, String contentType) {
    Response response = Response.of(200, contentType, document.bytes());
    if (request.request().query().has("hash")) {
      String year = HTTP_DATE.format(clock.instant().plus(FOR_EVER));
      response = response.with("Cache-Control", "public, immutable").with("Expires", year);
    }
    if (Compression.isAccepted(request)) {
      response = Compression.encoded(response, document.compressed(Compression::gzip));
    }
    request.respond(Cached.response(request.request(), document.hash(), response));
  }
}
