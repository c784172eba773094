package io.kuber.ingress.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule a request is led by. */
final class RoutePlannerTest {
  private static final String CLASSES =
      "{metadata: {name: ours}, spec: {controller: kuber.io/ingress}}";

  private static final List<KubeObject> SERVICES =
      Stream.of("a", "b", "c", "d")
          .map(
              name ->
                  object(
                      "{metadata: {namespace: ns, name: %s}, spec: {clusterIP: 10.96.0.9, ports: [{name: http, port: 80}]}}"
                          .formatted(name)))
          .toList();

  private static final List<KubeObject> SLICES =
      Stream.of("a", "b", "c", "d")
          .map(
              name ->
                  object(
                      """
                      metadata: {namespace: ns, name: %s-1, labels: {kubernetes.io/service-name: %s}}
                      ports: [{name: http, port: 8080}]
                      endpoints: [{addresses: [10.244.0.%d]}]
                      """
                          .formatted(name, name, (int) name.charAt(0))))
          .toList();

  private static KubeObject object(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  private static RouteTable plan(String... ingresses) {
    return plan(SERVICES, SLICES, ingresses);
  }

  private static RouteTable plan(
      List<KubeObject> services, List<KubeObject> slices, String... ingresses) {
    return RoutePlanner.plan(
        "kuber.io/ingress",
        "kuber",
        Stream.of(ingresses).map(RoutePlannerTest::object).toList(),
        List.of(object(CLASSES)),
        services,
        slices);
  }

  private static String ingress(String name, String spec) {
    return "{metadata: {namespace: ns, name: %s, creationTimestamp: '2026-01-0%dT00:00:00Z'}, spec: {ingressClassName: ours, %s}}"
        .formatted(name, 1 + name.length() % 9, spec);
  }

  private static String rules(String... rules) {
    return "rules: [" + String.join(", ", rules) + "]";
  }

  /** What paths of a host lead to; the empty host is every one. */
  private static String rule(String host, String... paths) {
    String http = "http: {paths: [" + String.join(", ", paths) + "]}";
    return host.isEmpty() ? "{" + http + "}" : "{host: '" + host + "', " + http + "}";
  }

  private static String everything(String service, int port) {
    return "defaultBackend: {service: {name: %s, port: {number: %d}}}".formatted(service, port);
  }

  /** An object with one annotation of that form, {@code name: value}. */
  private static String annotated(String name, String annotation, String spec) {
    return "{metadata: {namespace: ns, name: %s, annotations: {%s}}, spec: {%s}}"
        .formatted(name, annotation, spec);
  }

  private static String path(String type, String path, String service) {
    return "{pathType: %s, path: '%s', backend: {service: {name: %s, port: {number: 80}}}}"
        .formatted(type, path, service);
  }

  /** The Service that a request is led to; - for none. */
  private static String led(RouteTable table, String host, String path) {
    return table
        .find(host, path)
        .map(destination -> destination.backend().name().replaceAll("ns/|:.*", ""))
        .orElse("-");
  }

  @ParameterizedTest
  @CsvSource({
    "/foo, a",
    "/foo/, a",
    "/foo/bar, a",
    "/foobar, d",
    "/foo/bar/baz, b",
    "/foo/barbaz, a",
    "/exact, c",
    "/exact/, d",
    "/exact/more, d",
    "/, d"
  })
  void takesTheLongestPathAndTheExactOneFirst(String path, String service) {
    RouteTable table =
        plan(
            ingress(
                "x",
                "defaultBackend: {service: {name: d, port: {name: http}}}, "
                    + rules(
                        rule(
                            "",
                            path("Prefix", "/foo", "a"),
                            path("Prefix", "/foo/bar/baz/", "b"),
                            path("Exact", "/exact", "c")))));
    assertThat(led(table, "any.example", path)).isEqualTo(service);
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, /, a",
    "x.b.example, /, b",
    "y.x.b.example, /, c",
    "b.example, /, c",
    "a.example, /other, c",
    "'', /, c"
  })
  void takesTheVeryHostThenTheWildcardThenEveryHost(String host, String path, String service) {
    RouteTable table =
        plan(
            ingress(
                "x",
                rules(
                    rule("a.example", path("Exact", "/", "a")),
                    rule("*.b.example", path("Prefix", "/", "b")),
                    rule("", path("ImplementationSpecific", "/", "c")))));
    assertThat(led(table, host, path)).isEqualTo(service);
  }

  @Test
  void mergesIngressesAndLetsTheOlderOneHaveAPathThatBothClaim() {
    RouteTable table =
        plan(
            ingress("younger", rules(rule("", path("Prefix", "/", "a")))),
            ingress("old", rules(rule("", path("Prefix", "/", "b"), path("Prefix", "/b", "c")))));
    assertThat(led(table, "h", "/")).isEqualTo("b");
    assertThat(led(table, "h", "/b/1")).isEqualTo("c");
    assertThat(table.served()).containsExactly("ns/old", "ns/younger");
  }

  @Test
  void leavesIngressesOfOthersAlone() {
    String rules = rules(rule("", path("Prefix", "/", "a")));
    RouteTable table =
        plan(
            "{metadata: {namespace: ns, name: x}, spec: {" + rules + "}}",
            "{metadata: {namespace: ns, name: y}, spec: {ingressClassName: theirs, " + rules + "}}",
            annotated("z", "kubernetes.io/ingress.class: nginx", rules));
    assertThat(table.served()).isEmpty();
    assertThat(led(table, "h", "/")).isEqualTo("-");
    RouteTable old = plan(annotated("z", "kubernetes.io/ingress.class: kuber", rules));
    assertThat(led(old, "h", "/")).isEqualTo("a");
  }

  @Test
  void keepsTheDefaultBackendOfAnIngressForItsHosts() {
    RouteTable table =
        plan(
            ingress("x", everything("a", 80)),
            ingress(
                "xx",
                everything("b", 80) + ", " + rules(rule("b.example", path("Exact", "/c", "c")))));
    assertThat(led(table, "b.example", "/c")).isEqualTo("c");
    assertThat(led(table, "b.example", "/d")).isEqualTo("b");
    assertThat(led(table, "other.example", "/d")).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "/api(/|$)(.*), /$2, /api/v1/x, /v1/x",
    "/api(/|$)(.*), /$2, /api, /",
    "/old, /new, /old/page, /new",
    "/a/(.+)/b, /$1/$9, /A/x/b, /x/"
  })
  void rewritesPaths(String expression, String target, String path, String rewritten) {
    RouteTable table =
        plan(
            annotated(
                "x",
                "nginx.ingress.kubernetes.io/rewrite-target: '" + target + "'",
                "ingressClassName: ours, "
                    + rules(rule("", path("ImplementationSpecific", expression, "a")))));
    Rewrite rewrite = table.find("h", path).orElseThrow().rewrite().orElseThrow();
    assertThat(rewrite.apply(path)).isEqualTo(rewritten);
  }

  @Test
  void saysWhatCannotBeServed() {
    RouteTable table =
        plan(
            ingress(
                "x",
                rules(
                    rule(
                        "",
                        path("Prefix", "/", "missing"),
                        path("Prefix", "/a", "a").replace("number: 80", "name: admin")))),
            annotated(
                "yy",
                "nginx.ingress.kubernetes.io/rewrite-target: /",
                "ingressClassName: ours, "
                    + rules(rule("", path("ImplementationSpecific", "/(", "a")))));
    assertThat(table.problems())
        .anySatisfy(text -> assertThat(text).isEqualTo("ns/x: there is no Service \"missing\""))
        .anySatisfy(text -> assertThat(text).isEqualTo("ns/x: Service \"a\" has no port \"admin\""))
        .anySatisfy(text -> assertThat(text).startsWith("ns/yy: the path \"/(\" is no expression"));
    assertThat(table.find("h", "/").orElseThrow().backend().places()).isEmpty();
  }

  @Test
  void leadsToReadyEndpointsAndElseToThoseThatAreEnding() {
    String slice =
        """
        metadata: {namespace: ns, name: s, labels: {kubernetes.io/service-name: a}}
        ports: [{name: http, port: 8080}, {name: admin, port: 9}]
        endpoints:
        - {addresses: [10.0.0.1], conditions: {ready: false, serving: true, terminating: true}}
        - {addresses: [10.0.0.2], conditions: {ready: %s}}
        """;
    for (boolean ready : List.of(true, false)) {
      RouteTable table =
          plan(
              SERVICES, List.of(object(slice.formatted(ready))), ingress("x", everything("a", 80)));
      assertThat(table.find("", "/").orElseThrow().backend().places())
          .containsExactly(new Place(ready ? "10.0.0.2" : "10.0.0.1", 8080));
    }
  }

  @Test
  void leadsToNamesOutsideTheCluster() {
    RouteTable table =
        plan(
            List.of(
                object(
                    """
                    metadata: {namespace: ns, name: e}
                    spec:
                      type: ExternalName
                      externalName: old.example
                      ports: [{port: 8443, appProtocol: https}]
                    """)),
            List.of(),
            ingress("x", everything("e", 8443)));
    Backend backend = table.find("", "/").orElseThrow().backend();
    assertThat(backend.places()).containsExactly(new Place("old.example", 8443));
    assertThat(backend.dialect()).isEqualTo(Dialect.HTTPS);
  }

  @Test
  void showsTheCertificateOfTheHost() {
    RouteTable table =
        plan(
            ingress(
                "x",
                "tls: [{hosts: [a.example, '*.b.example'], secretName: s}], "
                    + rules(
                        rule("a.example", path("Prefix", "/", "a")),
                        rule("c.example", path("Prefix", "/", "a")))));
    assertThat(table.secretOf("a.example")).contains("ns/s");
    assertThat(table.secretOf("x.b.example")).contains("ns/s");
    assertThat(table.secretOf("c.example")).isEmpty();
    assertThat(table.find("a.example", "/").orElseThrow().redirects()).isTrue();
    assertThat(table.find("c.example", "/").orElseThrow().redirects()).isFalse();
  }
}
