package io.kuber.server.chain;

import static io.kuber.server.chain.GatedApi.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import io.kuber.resource.Subresource;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every endpoint of the catalogue is shut, and one rule opens it and nothing else. */
class EveryEndpointTest {
  /** Something that can be asked of the API, and the right that it takes. */
  private record Endpoint(String method, String target, Verb verb, String resource) {
    /** A WebSocket that opens a stream asks by GET for what a POST creates. */
    List<String> verbs() {
      return verb == Verb.GET && resource.matches("pods/(exec|attach|portforward)")
          ? List.of("get", "create")
          : List.of(verb.text());
    }
  }

  private final GatedApi gate = new GatedApi();

  static Stream<String> resources() {
    return BuiltInKinds.catalogue().served().stream()
        .map(served -> served.type().apiVersion() + "/" + served.type().plural());
  }

  private static List<Endpoint> endpoints(Served served) {
    ResourceType type = served.type();
    String root = type.group().isEmpty() ? "/api/" : "/apis/" + type.group() + "/";
    String place = type.namespaced() ? "/namespaces/x/" : "/";
    String all = root + type.version() + place + type.plural();
    List<Endpoint> endpoints = new ArrayList<>();
    for (Verb verb : served.kind().verbs()) {
      endpoints.add(endpoint(verb, all, type.plural()));
    }
    for (Subresource part : served.version().subresources()) {
      for (Verb verb : part.verbs()) {
        String path = all + "/it/" + part.name();
        endpoints.add(new Endpoint(method(verb), path, verb, type.plural() + "/" + part.name()));
      }
    }
    return endpoints;
  }

  private static Endpoint endpoint(Verb verb, String all, String resource) {
    String target =
        switch (verb) {
          case GET, UPDATE, PATCH, DELETE -> all + "/it";
          case WATCH -> all + "?watch=true";
          default -> all;
        };
    return new Endpoint(method(verb), target, verb, resource);
  }

  private static String method(Verb verb) {
    return switch (verb) {
      case GET, LIST, WATCH -> "GET";
      case CREATE -> "POST";
      case UPDATE -> "PUT";
      case PATCH -> "PATCH";
      case DELETE, DELETE_COLLECTION -> "DELETE";
    };
  }

  @ParameterizedTest
  @MethodSource("resources")
  void isShutButToWhoeverHasTheRight(String resource) throws Exception {
    int slash = resource.lastIndexOf('/');
    Served served =
        BuiltInKinds.catalogue().served().stream()
            .filter(each -> each.type().apiVersion().equals(resource.substring(0, slash)))
            .filter(each -> each.type().plural().equals(resource.substring(slash + 1)))
            .findFirst()
            .orElseThrow();
    String group = served.type().group();
    List<Endpoint> endpoints = endpoints(served);
    assertThat(endpoints).isNotEmpty();
    for (Endpoint endpoint : endpoints) {
      gate.grant();
      assertThat(status(endpoint)).as("%s without rights", endpoint).isEqualTo(403);
      gate.grant(GatedApi.rule(endpoint.verbs(), group, endpoint.resource()));
      assertThat(status(endpoint)).as("%s with the right", endpoint).isEqualTo(204);
      for (Endpoint other : endpoints) {
        if (!endpoint.verbs().containsAll(other.verbs())
            || !endpoint.resource().equals(other.resource())) {
          assertThat(status(other)).as("%s with %s", other, endpoint).isEqualTo(403);
        }
      }
      gate.grant(GatedApi.rule(endpoint.verbs(), group + ".other", endpoint.resource()));
      assertThat(status(endpoint)).as("%s of another group", endpoint).isEqualTo(403);
    }
  }

  /** The gate does not ask whether there is such a resource: a definition may come any time. */
  @ParameterizedTest
  @CsvSource({
    "GET, /apis/example.com/v1/namespaces/x/widgets/w, get, widgets",
    "GET, /apis/example.com/v1/namespaces/x/widgets, list, widgets",
    "GET, /apis/example.com/v1/widgets?watch=1, watch, widgets",
    "POST, /apis/example.com/v1/namespaces/x/widgets, create, widgets",
    "PUT, /apis/example.com/v1/namespaces/x/widgets/w, update, widgets",
    "PATCH, /apis/example.com/v1/namespaces/x/widgets/w, patch, widgets",
    "DELETE, /apis/example.com/v1/namespaces/x/widgets/w, delete, widgets",
    "DELETE, /apis/example.com/v1/namespaces/x/widgets, deletecollection, widgets",
    "PUT, /apis/example.com/v1/namespaces/x/widgets/w/status, update, widgets/status",
    "PATCH, /apis/example.com/v1/gadgets/w/scale, patch, gadgets/scale",
  })
  void isShutForCustomResources(String method, String target, String verb, String resource)
      throws Exception {
    gate.grant();
    assertThat(gate.status(JANE, method, target)).isEqualTo(403);
    gate.grant(GatedApi.rule(List.of(verb), "example.com", resource));
    assertThat(gate.status(JANE, method, target)).isEqualTo(204);
    gate.grant(GatedApi.rule(List.of(verb), "example.com", resource + "/other"));
    assertThat(gate.status(JANE, method, target)).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /healthz, get",
    "GET, /readyz/store, get",
    "GET, /metrics, get",
    "GET, /version/, get",
    "GET, /api, get",
    "GET, /apis/apps/v1, get",
    "GET, /openapi/v3/apis/apps/v1, get",
    "GET, /.well-known/openid-configuration, get",
    "GET, /openid/v1/jwks, get",
    "POST, /logs/a, post",
    "PUT, /unheard/of, put",
    "HEAD, /livez, head",
  })
  void isShutForPaths(String method, String path, String verb) throws Exception {
    gate.grant();
    assertThat(gate.status(JANE, method, path)).isEqualTo(403);
    gate.grant(onPath(verb, path));
    assertThat(gate.status(JANE, method, path)).isEqualTo(204);
    gate.grant(onPath(verb, path + "x"));
    assertThat(gate.status(JANE, method, path)).isEqualTo(403);
    gate.grant(onPath("options", path));
    assertThat(gate.status(JANE, method, path)).isEqualTo(403);
  }

  private static Tree onPath(String verb, String path) {
    return Tree.of("verbs", Items.of(verb), "nonResourceURLs", Items.of(path));
  }

  private int status(Endpoint endpoint) throws Exception {
    return gate.status(JANE, endpoint.method(), endpoint.target());
  }
}
