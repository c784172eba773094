package io.kuber.ingress.route;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what serves a port of a Service: pure, from Services and EndpointSlices. */
final class BackendFinder {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  private final Map<String, KubeObject> services;
  private final ImmutableListMultimap<String, KubeObject> slices;

  BackendFinder(Collection<KubeObject> services, Collection<KubeObject> slices) {
    this.services =
        Maps.uniqueIndex(services, service -> service.namespace() + "/" + service.name());
    this.slices =
        Multimaps.index(
            slices,
            slice -> slice.namespace() + "/" + slice.labels().getOrDefault(SERVICE_NAME, ""));
  }

  /**
   * The backend, without places where there is nothing to lead to.
   *
   * @param port as an Ingress has it: a name or a number
   * @param problem hears why there can be nothing
   */
  Backend find(String namespace, String name, Tree port, Consumer<String> problem) {
    String portText = port.has("name") ? port.text("name") : "" + port.number(0, "number");
    String key = namespace + "/" + name;
    Backend nothing = new Backend(key + ":" + portText, Dialect.HTTP, List.of());
    KubeObject service = services.get(key);
    if (service == null) {
      problem.accept("there is no Service \"" + name + "\"");
      return nothing;
    }
    Tree spec = service.spec();
    Optional<Tree> found =
        spec.items("ports").trees().stream().filter(each -> isMeant(each, port)).findFirst();
    if (spec.text("type").equals("ExternalName")) {
      return elsewhere(nothing, spec.text("externalName"), found.orElse(null), port, problem);
    }
    if (found.isEmpty()) {
      problem.accept("Service \"" + name + "\" has no port \"" + portText + "\"");
      return nothing;
    }
    return new Backend(
        nothing.name(),
        Dialect.of(found.get().text("appProtocol")),
        places(slices.get(key), found.get().text("name")));
  }

  private static boolean isMeant(Tree port, Tree wanted) {
    return wanted.has("name")
        ? port.text("name").equals(wanted.text("name"))
        : port.number(0, "port") == wanted.number(-1, "number");
  }

  /** A Service that is only a name has ports only if its owner wrote some down. */
  private static Backend elsewhere(
      Backend backend, String host, @Nullable Tree port, Tree wanted, Consumer<String> problem) {
    int number = (int) (port == null ? wanted.number(0, "number") : port.number(0, "port"));
    if (number == 0) {
      problem.accept("the port of a Service that is an external name has to be a number");
      return backend;
    }
    Dialect dialect = port == null ? Dialect.HTTP : Dialect.of(port.text("appProtocol"));
    return new Backend(backend.name(), dialect, List.of(new Place(host, number)));
  }

  /** Those that are ready; without any, those that are ending but still answer (KEP-1669). */
  private static List<Place> places(List<KubeObject> slices, String port) {
    List<Place> ready =
        places(slices, port, each -> !Boolean.FALSE.equals(each.at("conditions", "ready")));
    return ready.isEmpty()
        ? places(
            slices,
            port,
            each ->
                each.isTrue("conditions", "serving") && each.isTrue("conditions", "terminating"))
        : ready;
  }

  private static List<Place> places(List<KubeObject> slices, String port, Predicate<Tree> wanted) {
    return slices.stream().flatMap(slice -> places(slice, port, wanted)).distinct().toList();
  }

  private static Stream<Place> places(KubeObject slice, String port, Predicate<Tree> wanted) {
    return slice.tree().items("ports").trees().stream()
        .filter(each -> each.text("name").equals(port))
        .flatMap(
            each ->
                slice.tree().items("endpoints").trees().stream()
                    .filter(wanted)
                    .flatMap(endpoint -> endpoint.items("addresses").texts().stream().limit(1))
                    .map(address -> new Place(address, (int) each.number(0, "port"))));
  }
}
