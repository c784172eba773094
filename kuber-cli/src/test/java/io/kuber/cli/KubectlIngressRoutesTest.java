package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pods requests of the world reach, by host, path and certificate. */
final class KubectlIngressRoutesTest {
  static final String NOWHERE = "no Ingress leads here";

  private static final String INGRESS =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: %s, annotations: {%s}}
      spec:
        ingressClassName: kuber
        rules:
      """;

  private static final String RULE =
      """
        - host: "%s"
          http:
            paths:
            - path: %s
              pathType: %s
              backend: {service: {name: %s, port: {number: 8080}}}
      """;

  private static final String TLS =
      """
        tls:
        - {hosts: [one.example.com], secretName: one}
        - {hosts: [two.example.com], secretName: two}
      """;

  /** Asks without an end who answers, and writes one line each time. */
  private static final String ASKER =
      """
      while :; do
        said=$(curl -sS -m 30 -H 'Host: moving.example.com' http://127.0.0.1/env/api 2>&1)
        case $said in
          *'"alpaca"'*) echo alpaca ;;
          *'"bandicoot"'*) echo bandicoot ;;
          *) echo "neither: $said" ;;
        esac
      done
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster ONE =
      KubectlCluster.apart(
          () -> directory.resolve("one"), "routes-test", KubectlIngressTest::withIngress);

  @RegisterExtension
  static final KubectlCluster THREE =
      KubectlCluster.ofNodes(() -> directory.resolve("three"), 3, KubectlIngressTest::withIngress);

  static Stream<Arguments> everywhere() {
    return KubectlCluster.each(ONE, THREE);
  }

  /** An Ingress of class {@code kuber}; rules are of {@link #rule}. */
  static String ingress(String name, String annotation, String... rules) {
    return INGRESS.formatted(name, annotation) + String.join("", rules);
  }

  /** Leads a path of a host to port 8080 of a Service. */
  static String rule(String host, String type, String path, String service) {
    return RULE.formatted(host, path, type, service);
  }

  /** Pods that say their own name, each behind a Service of that name. */
  static void with(Kubectl kubectl, String... pods) throws Exception {
    for (String pod : pods) {
      kubectl.applies(KubectlIngressTest.PODS.formatted(pod));
    }
    for (String pod : pods) {
      kubectl.awaits("Ready", "pod/" + pod);
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void showEachHostItsOwnCertificateAndANewOneAtOnce(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    with(kubectl, "alpaca", "bandicoot");
    Visitor visitor = new Visitor(cluster, kubectl.directory());
    for (String name : List.of("one", "two")) {
      visitor.makesCertificate(name, name + ".example.com");
      visitor.hands(kubectl, name, name);
    }
    kubectl.applies(
        ingress(
                "secured",
                "",
                rule("one.example.com", "Prefix", "/", "alpaca"),
                rule("two.example.com", "Prefix", "/", "bandicoot"))
            + TLS);
    Eventually.seen(
        () -> visitor.asksSecurely("one.crt", "one.example.com", "/env/api"),
        env -> env.contains("\"alpaca\""));
    Eventually.seen(
        () -> visitor.asksSecurely("two.crt", "two.example.com", "/env/api"),
        env -> env.contains("\"bandicoot\""));
    assertThat(visitor.asksSecurely("two.crt", "one.example.com", "/env/api"))
        .contains("certificate")
        .doesNotContain("alpaca");

    visitor.makesCertificate("next", "one.example.com");
    visitor.hands(kubectl, "next", "one");
    Eventually.seen(
        () -> visitor.asksSecurely("next.crt", "one.example.com", "/env/api"),
        env -> env.contains("\"alpaca\""));
    assertThat(visitor.asksSecurely("two.crt", "two.example.com", "/env/api"))
        .contains("\"bandicoot\"");
    kubectl.does("delete", "ingress", "--all");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void goByWildcardsAndByPathsOfEachType(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    with(kubectl, "alpaca", "bandicoot");
    Visitor visitor = new Visitor(cluster, kubectl.directory());
    kubectl.applies(
        ingress(
            "paths",
            "",
            rule("exact.example.com", "Exact", "/env/api", "alpaca"),
            rule("*.wild.example.com", "Prefix", "/env", "bandicoot")));
    Eventually.seen(
        () -> visitor.asks("exact.example.com", "/env/api"), env -> env.contains("\"alpaca\""));
    assertThat(visitor.asks("exact.example.com", "/env/api/")).contains(NOWHERE);
    assertThat(visitor.asks("exact.example.com", "/env")).contains(NOWHERE);
    for (String host : List.of("a.wild.example.com", "b.wild.example.com")) {
      assertThat(visitor.asks(host, "/env/api")).contains("\"bandicoot\"");
      assertThat(visitor.asks(host, "/env")).contains("bandicoot");
      assertThat(visitor.asks(host, "/envelope")).contains(NOWHERE);
    }
    assertThat(visitor.asks("wild.example.com", "/env/api")).contains(NOWHERE);
    assertThat(visitor.asks("b.a.wild.example.com", "/env/api")).contains(NOWHERE);
    kubectl.does("delete", "ingress", "--all");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void tellPodsThePathThatRewriteTargetSays(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    with(kubectl, "alpaca");
    Visitor visitor = new Visitor(cluster, kubectl.directory());
    String rule = rule("old.example.com", "ImplementationSpecific", "/old(/|$)(.*)", "alpaca");
    kubectl.applies(ingress("rewritten", "nginx.ingress.kubernetes.io/rewrite-target: /$2", rule));
    Eventually.seen(
        () -> visitor.asks("old.example.com", "/old/env/api"), env -> env.contains("\"alpaca\""));
    assertThat(visitor.asks("old.example.com", "/env/api")).contains(NOWHERE);

    kubectl.applies(ingress("rewritten", "", rule("old.example.com", "Prefix", "/old", "alpaca")));
    Eventually.seen(
        () -> visitor.asks("old.example.com", "/old/env/api"),
        page -> page.contains("nothing is served"));
    kubectl.does("delete", "ingress", "--all");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void addPathsOfSeveralNamespacesToOneHost(KubectlCluster cluster, Path program) throws Exception {
    Kubectl first = cluster.in(program);
    Kubectl second = cluster.in(program);
    with(first, "alpaca");
    with(second, "bandicoot");
    Visitor visitor = new Visitor(cluster, first.directory());
    first.applies(ingress("ours", "", rule("shared.example.com", "Prefix", "/env/api", "alpaca")));
    second.applies(
        ingress(
            "theirs",
            "",
            rule("shared.example.com", "Prefix", "/", "bandicoot"),
            rule("shared.example.com", "Prefix", "/foreign", "alpaca")));
    Eventually.seen(
        () -> visitor.asks("shared.example.com", "/env"), page -> page.contains("bandicoot"));
    Eventually.seen(
        () -> visitor.asks("shared.example.com", "/env/api"), env -> env.contains("\"alpaca\""));
    assertThat(visitor.asks("shared.example.com", "/foreign"))
        .as("Services of the own namespace only")
        .contains("no endpoints");

    first.does("delete", "ingress", "ours");
    Eventually.seen(
        () -> visitor.asks("shared.example.com", "/env/api"), env -> env.contains("\"bandicoot\""));
    second.does("delete", "ingress", "--all");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void leadToAnotherServiceWithoutLosingARequest(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    with(kubectl, "alpaca", "bandicoot");
    Visitor visitor = new Visitor(cluster, kubectl.directory());
    kubectl.applies(ingress("moving", "", rule("moving.example.com", "Prefix", "/", "alpaca")));
    Eventually.seen(
        () -> visitor.asks("moving.example.com", "/env/api"), env -> env.contains("\"alpaca\""));
    Path answers = kubectl.directory().resolve("answers");
    ProcessBuilder asker =
        new ProcessBuilder("sh", "-c", ASKER)
            .redirectErrorStream(true)
            .redirectOutput(answers.toFile());
    try (var asking = new Kubectl.Running(cluster.inside(asker::start), answers)) {
      asking.until(said -> said.lines().count() > 5);
      kubectl.does(
          "patch",
          "ingress",
          "moving",
          "--type=json",
          "-p",
          "[{\"op\": \"replace\", \"path\": \"/spec/rules/0/http/paths/0/backend/service/name\","
              + " \"value\": \"bandicoot\"}]");
      asking.until(said -> said.lines().filter("bandicoot"::equals).count() > 5);
    }
    List<String> said = Files.readAllLines(answers);
    assertThat(said).isSorted().containsOnly("alpaca", "bandicoot");
    kubectl.does("delete", "ingress", "--all");
  }
}
