package io.kuber.cli;

import static io.kuber.cli.KubectlIngressRoutesTest.ingress;
import static io.kuber.cli.KubectlIngressRoutesTest.rule;
import static io.kuber.cli.KubectlIngressRoutesTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of requests arrives, also outside of the cluster, and whose Ingresses are served. */
final class KubectlIngressClassesTest {
  private static final int OUTSIDE_PORT = 8098;

  private static final String OUTSIDE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: outside}
      spec: {ports: [{port: 8080}]}
      ---
      apiVersion: v1
      kind: Endpoints
      metadata: {name: outside}
      subsets: [{addresses: [{ip: %1$s}], ports: [{port: %2$d}]}]
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster ONE =
      KubectlCluster.apart(
          () -> directory.resolve("one"), "classes-test", KubectlIngressTest::withIngress);

  @RegisterExtension
  static final KubectlCluster THREE =
      KubectlCluster.ofNodes(() -> directory.resolve("three"), 3, KubectlIngressTest::withIngress);

  static Stream<Arguments> everywhere() {
    return KubectlCluster.each(ONE, THREE);
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void passHeadersOnAndLeadOutOfTheCluster(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    with(kubectl, "alpaca");
    Visitor visitor = new Visitor(cluster, kubectl.directory());
    String machine = WebPods.machine(kubectl);
    kubectl.file("index.html", "outside\n");
    ProcessBuilder server =
        new ProcessBuilder("busybox", "httpd", "-f", "-p", machine + ":" + OUTSIDE_PORT, "-h", ".")
            .directory(kubectl.directory().toFile());
    Process outside = cluster.inside(server::start);
    try {
      kubectl.applies(OUTSIDE.formatted(machine, OUTSIDE_PORT));
      kubectl.applies(
          ingress(
              "monolith",
              "",
              rule("front.example.com", "Prefix", "/", "outside"),
              rule("front.example.com", "Prefix", "/new", "alpaca")));
      Eventually.seen(() -> visitor.asks("front.example.com", "/"), "outside\n"::equals);
      Eventually.seen(
          () -> visitor.asks("front.example.com", "/new"),
          page -> page.contains("nothing is served"));
    } finally {
      outside.destroyForcibly().waitFor();
    }

    kubectl.applies(ingress("monolith", "", rule("front.example.com", "Prefix", "/", "alpaca")));
    Eventually.seen(() -> visitor.asks("front.example.com", "/"), page -> page.contains("alpaca"));
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    assertThat(
            visitor.curls(
                "-H",
                "Host: front.example.com",
                "-H",
                "Authorization: Bearer abc.def",
                "-H",
                "traceparent: " + trace,
                "-H",
                "tracestate: kuber=1",
                "http://127.0.0.1/"))
        .containsIgnoringCase("traceparent: " + trace)
        .containsIgnoringCase("tracestate: kuber=1")
        .containsIgnoringCase("Authorization: Bearer abc.def");
    kubectl.does("delete", "ingress", "--all");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void areOfTheStandardClassUnlessTheyNameAnother(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    with(kubectl, "alpaca");
    Visitor visitor = new Visitor(cluster, kubectl.directory());
    String misspelt = ingress("misspelt", "", rule("wrong.example.com", "Prefix", "/", "alpaca"));
    kubectl.applies(misspelt.replace("ingressClassName: kuber", "ingressClassName: kubber"));
    String without = ingress("without", "", rule("right.example.com", "Prefix", "/", "alpaca"));
    kubectl.applies(without.replace("  ingressClassName: kuber\n", ""));
    assertThat(kubectl.field("ingress/without", "{.spec.ingressClassName}")).isEqualTo("kuber");
    kubectl.awaitsField(
        "ingress/without", "{.status.loadBalancer.ingress[0].ip}", ip -> !ip.isEmpty());
    Eventually.seen(
        () -> visitor.asks("right.example.com", "/env/api"), env -> env.contains("\"alpaca\""));
    assertThat(kubectl.field("ingress/misspelt", "{.status.loadBalancer.ingress}")).isEmpty();
    assertThat(visitor.asks("wrong.example.com", "/env/api"))
        .contains(KubectlIngressRoutesTest.NOWHERE);
    kubectl.does("delete", "ingress", "--all");
  }
}
