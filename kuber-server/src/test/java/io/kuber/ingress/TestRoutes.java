package io.kuber.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.ingress.route.RoutePlanner;
import io.kuber.ingress.route.RouteTable;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.List;

/** Routes to servers on the loopback address, written as Ingresses. */
final class TestRoutes {
  private static final KubeObject CLASS =
      object("{metadata: {name: kuber}, spec: {controller: kuber.io/ingress}}");

  private final List<KubeObject> ingresses = new ArrayList<>();
  private final List<KubeObject> services = new ArrayList<>();
  private final List<KubeObject> slices = new ArrayList<>();

  /** A Service with an endpoint at each of those ports. */
  TestRoutes service(String name, String appProtocol, int... ports) {
    services.add(
        object(
            """
            metadata: {namespace: ns, name: %s}
            spec: {clusterIP: 10.96.0.9, ports: [{name: p, port: 80, appProtocol: %s}]}
            """
                .formatted(name, appProtocol)));
    for (int port : ports) {
      slices.add(
          object(
              """
              metadata: {namespace: ns, name: %s-%d, labels: {kubernetes.io/service-name: %s}}
              ports: [{name: p, port: %d}]
              endpoints: [{addresses: [127.0.0.1]}]
              """
                  .formatted(name, port, name, port)));
    }
    return this;
  }

  TestRoutes service(String name, int... ports) {
    return service(name, "http", ports);
  }

  /** Leads a path of a host, and all below it, to a service. */
  TestRoutes rule(String host, String path, String service) {
    ingresses.add(
        object(
            """
            metadata: {namespace: ns, name: i%d}
            spec:
              ingressClassName: kuber
              rules:
              - host: %s
                http: {paths: [{pathType: Prefix, path: %s, backend: {service: {name: %s, port: {name: p}}}}]}
            """
                .formatted(ingresses.size(), host, path, service)));
    return this;
  }

  /** Shows the certificate of a Secret to clients of the host. */
  TestRoutes tls(String host, String secret, String service) {
    rule(host, "/", service);
    int last = ingresses.size() - 1;
    ingresses.set(
        last,
        KubeObject.of(
            ingresses
                .get(last)
                .withChild(
                    "spec",
                    spec ->
                        spec.with(
                            "tls",
                            Yaml.parse(
                                    "tls: [{hosts: [%s], secretName: %s}]"
                                        .formatted(host, secret)
                                        .getBytes(UTF_8))
                                .items("tls")))
                .tree()));
    return this;
  }

  RouteTable table() {
    return RoutePlanner.plan(
        IngressFeed.CONTROLLER, IngressFeed.CLASS, ingresses, List.of(CLASS), services, slices);
  }

  private static KubeObject object(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }
}
