package io.kuber.server.route;

import com.google.common.hash.Hashing;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.resource.Catalogue;
import io.kuber.server.aggregate.Elsewhere;
import io.kuber.server.aggregate.ForeignApis;
import io.kuber.server.chain.Indentation;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.format.MediaType;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code /api} and {@code /apis}: the legacy documents, or the aggregated one who asks for it. */
final class DiscoveryRoute {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final Supplier<Catalogue> catalogue;
  private final Elsewhere elsewhere;
  private volatile Made made;

  /** Documents of a catalogue and of other servers, made anew once there is something new. */
  DiscoveryRoute(Supplier<Catalogue> catalogue, Elsewhere elsewhere) {
    this.catalogue = catalogue;
    this.elsewhere = elsewhere;
    this.made = new Made(catalogue.get(), elsewhere.known());
  }

  private static final class Made {
    final Catalogue from;
    final ForeignApis foreign;
    final Discovery discovery;

    Made(Catalogue from, ForeignApis foreign) {
      this.from = from;
      this.foreign = foreign;
      this.discovery = new Discovery(from.served(), foreign);
    }
  }

  /** Two requests that find something new at once make the documents twice: no harm is done. */
  private Discovery discovery() {
    Catalogue now = catalogue.get();
    ForeignApis foreign = elsewhere.known();
    Made current = made;
    if (current.from != now || !current.foreign.equals(foreign)) {
      current = new Made(now, foreign);
      made = current;
    }
    return current.discovery;
  }

  Collection<String> paths() {
    return discovery().paths();
  }

  void handle(ServerRequest request) {
    List<String> segments = request.request().segments();
    boolean root = segments.size() == 1;
    if (root && wantsAggregated(request)) {
      respondCached(request, discovery().aggregated(segments.get(0)));
    } else {
      byte[] document = discovery().document(segments).orElseThrow(Router::unknownPath);
      byte[] shown =
          Indentation.isWanted(request) ? Json.printPretty(Json.parse(document)) : document;
      request.respond(Response.of(200, "application/json", shown).with("Vary", "Accept"));
    }
  }

  private static boolean wantsAggregated(ServerRequest request) {
    String accept = request.request().headers().joined("Accept");
    return MediaType.ofAccept(accept).stream()
        .filter(wanted -> isAggregated(wanted) || wanted.parameter("as").isEmpty())
        .findFirst()
        .filter(DiscoveryRoute::isAggregated)
        .isPresent();
  }

  /** Version v2beta1, which clients name behind v2, is gone since Kubernetes 1.35. */
  private static boolean isAggregated(MediaType wanted) {
    return wanted.type().equals("application/json")
        && wanted.parameter("as").equals("APIGroupDiscoveryList")
        && wanted.parameter("g").equals("apidiscovery.k8s.io")
        && wanted.parameter("v").equals("v2");
  }

  private static void respondCached(ServerRequest request, byte[] document) {
    String hash = Hashing.sha512().hashBytes(document).toString().toUpperCase(Locale.ROOT);
    Response response = Response.of(200, AGGREGATED, document).with("Cache-Control", "public");
    request.respond(Cached.response(request.request(), hash, response));
  }
}
