package io.kuber.server.aggregate;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the server of a group version is reached: at the endpoints of its Service, so that the
 * machine of the API server needs no rules for addresses of Services, or, of a Service that stands
 * for a name, at that (k8s.io/apiserver, pkg/util/proxy, ResolveEndpoint and ResolveCluster).
 * Reasons and messages are those of upstream's controller.
 *
 * @param places in the order of the slices; empty when there are none
 * @param missing why there are none
 */
record Backends(List<Place> places, Optional<Availability> missing) {
  /** A host, by address or name, and a port. */
  record Place(String host, int port) {}

  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  /** Copies the list. */
  Backends {
    places = List.copyOf(places);
  }

  private static Backends missing(String reason, String message) {
    return new Backends(List.of(), Optional.of(Availability.missing(reason, message)));
  }

  static Backends of(Registration to, Image image) {
    Stored stored = image.get(Resources.SERVICES.key(to.namespace(), to.service()));
    if (stored == null) {
      return missing(
          "ServiceNotFound",
          "service/%s in \"%s\" is not present".formatted(to.service(), to.namespace()));
    }
    Tree service = stored.object().spec();
    if (service.text("type").equals("ExternalName")) {
      Place named = new Place(service.text("externalName"), to.port());
      return new Backends(List.of(named), Optional.empty());
    }
    Tree port = port(service, to.port());
    if (port == null) {
      return missing(
          "ServicePortError",
          "service/%s in \"%s\" is not listening on port %d"
              .formatted(to.service(), to.namespace(), to.port()));
    }
    return behind(to, port.text("name"), slices(to, image));
  }

  private static @Nullable Tree port(Tree service, int number) {
    for (Tree port : service.items("ports").trees()) {
      if (port.number(0, "port") == number) {
        return port;
      }
    }
    return null;
  }

  private static List<KubeObject> slices(Registration to, Image image) {
    List<KubeObject> slices = new ArrayList<>();
    Iterator<Stored> all =
        image.scan(Resources.ENDPOINT_SLICES.qualifiedName(), to.namespace(), null);
    while (all.hasNext()) {
      KubeObject slice = all.next().object();
      if (to.service().equals(slice.labels().get(SERVICE_NAME))) {
        slices.add(slice);
      }
    }
    return slices;
  }

  private static Backends behind(Registration to, String portName, List<KubeObject> slices) {
    if (slices.isEmpty()) {
      return missing(
          "EndpointsNotFound",
          "cannot find endpointslices for service/%s in \"%s\""
              .formatted(to.service(), to.namespace()));
    }
    List<Place> places = new ArrayList<>();
    slices.forEach(slice -> addPlaces(slice.tree(), portName, places));
    return places.isEmpty()
        ? missing(
            "MissingEndpoints",
            "endpointslices for service/%s in \"%s\" have no addresses with port name \"%s\""
                .formatted(to.service(), to.namespace(), portName))
        : new Backends(places, Optional.empty());
  }

  private static void addPlaces(Tree slice, String portName, List<Place> places) {
    for (Tree port : slice.items("ports").trees()) {
      if (port.text("name").equals(portName)) {
        for (Tree endpoint : slice.items("endpoints").trees()) {
          boolean ready =
              !endpoint.tree("conditions").has("ready")
                  || endpoint.tree("conditions").isTrue("ready");
          if (ready) {
            endpoint
                .items("addresses")
                .texts()
                .forEach(ip -> places.add(new Place(ip, (int) port.number(0, "port"))));
          }
        }
      }
    }
  }
}
