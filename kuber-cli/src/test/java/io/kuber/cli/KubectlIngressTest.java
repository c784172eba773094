package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.boot.NodeHalf;
import io.kuber.boot.WithIngress;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ingresses as the books write them, old versions included, in front of real pods of one node and
 * of three.
 */
final class KubectlIngressTest {
  /** A pod of the demo application, and a Service in front of it. */
  static final String PODS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %1$s, labels: {app: %1$s}}
      spec:
        containers:
        - name: main
          image: kuber.io/kuard
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 1}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: %1$s}
      spec: {selector: {app: %1$s}, ports: [{name: web, port: 8080, targetPort: http}]}
      ---
      """;

  private static final String EVERYTHING =
      """
      apiVersion: extensions/v1beta1
      kind: Ingress
      metadata: {name: simple}
      spec: {backend: {serviceName: alpaca, servicePort: 8080}}
      """;

  private static final String HOSTS =
      """
      apiVersion: networking.k8s.io/v1beta1
      kind: Ingress
      metadata: {name: hosts}
      spec:
        rules:
        - host: alpaca.example.com
          http: {paths: [{backend: {serviceName: alpaca, servicePort: web}}]}
        - host: bandicoot.example.com
          http:
            paths:
            - {path: /, backend: {serviceName: bandicoot, servicePort: 8080}}
            - {path: /env/api, backend: {serviceName: alpaca, servicePort: 8080}}
      """;

  private static final String SECURED =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: secured}
      spec:
        ingressClassName: %s
        tls: [{hosts: [secure.example.com], secretName: cert}]
        rules:
        - host: secure.example.com
          http:
            paths:
            - path: /
              pathType: Prefix
              backend: {service: {name: bandicoot, port: {number: 8080}}}
      """;

  private static final String FOREIGN =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: theirs}
      spec:
        ingressClassName: foreign
        rules:
        - host: foreign.example.com
          http:
            paths:
            - path: /
              pathType: Prefix
              backend: {service: {name: alpaca, port: {number: 8080}}}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster ONE =
      KubectlCluster.apart(
          () -> directory.resolve("one"), "ingress-test", KubectlIngressTest::withIngress);

  @RegisterExtension
  static final KubectlCluster THREE =
      KubectlCluster.ofNodes(() -> directory.resolve("three"), 3, KubectlIngressTest::withIngress);

  static NodeHalf withIngress(NodeHalf nodes) {
    return new WithIngress(nodes, 80, 443);
  }

  static Stream<Arguments> everywhere() {
    return KubectlCluster.each(ONE, THREE);
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void leadsToServicesByHostAndPathAndShowsTheirCertificates(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    Visitor visitor = new Visitor(cluster, directory);
    kubectl.doesWith(PODS.formatted("alpaca") + PODS.formatted("bandicoot"), "apply", "-f", "-");
    kubectl.awaits("Ready", "pod/alpaca");
    kubectl.awaits("Ready", "pod/bandicoot");

    kubectl.doesWith(EVERYTHING, "apply", "-f", "-");
    kubectl.until(
        list -> list.matches("(?s).*simple +(kuber )? *\\* +\\d+\\.\\d+\\.\\d+\\.\\d+ +80 .*"),
        "get",
        "ingress");
    Eventually.seen(
        () -> visitor.asks("any.example.com", "/env/api"), env -> env.contains("alpaca"));
    assertThat(kubectl.does("describe", "ingress", "simple"))
        .contains("Default backend:", "alpaca:8080", "10.244.");

    kubectl.doesWith(HOSTS, "apply", "-f", "-");
    Eventually.seen(
        () -> visitor.asks("bandicoot.example.com", "/env"), page -> page.contains("bandicoot"));
    assertThat(visitor.asks("bandicoot.example.com", "/env/api")).contains("alpaca");
    assertThat(visitor.asks("alpaca.example.com", "/env/api")).contains("alpaca");
    assertThat(kubectl.does("get", "ingress", "hosts"))
        .contains("alpaca.example.com,bandicoot.example.com");
    assertThat(kubectl.does("describe", "ingress", "hosts"))
        .contains("bandicoot.example.com", "bandicoot:8080", "alpaca:web");

    kubectl.does("delete", "ingress", "simple");
    Eventually.seen(
        () -> visitor.asks("any.example.com", "/"), page -> page.contains("no Ingress leads here"));
    kubectl.does("delete", "ingress", "--all");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void leavesToAForeignControllerWhatIsOfItsClass(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    Visitor visitor = new Visitor(cluster, directory);
    kubectl.applies(PODS.formatted("alpaca") + ForeignController.YAML);
    kubectl.awaits("Ready", "pod/alpaca");
    Workload.rolled(kubectl, "deployment/foreign");
    kubectl.applies(FOREIGN);
    String pod = WebPods.ofPods(kubectl, "foreign", "{.items[*].status.podIP}").get(0);
    kubectl.awaitsField("ingress/theirs", "{.status.loadBalancer.ingress[*].ip}", pod::equals);
    Eventually.seen(
        () -> visitor.curls("http://" + pod + ":8080/env/api"), env -> env.contains("alpaca"));
    assertThat(visitor.asks("foreign.example.com", "/")).contains("no Ingress leads here");
    assertThat(kubectl.does("get", "ingress", "theirs")).contains("foreign", pod);
    kubectl.does("delete", "ingress", "--all");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void showsTheCertificateOfASecretAndLeavesOtherClassesAlone(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    Visitor visitor = new Visitor(cluster, directory);
    kubectl.doesWith(PODS.formatted("bandicoot"), "apply", "-f", "-");
    kubectl.awaits("Ready", "pod/bandicoot");
    visitor.makesCertificate("tls", "secure.example.com");
    kubectl.does(
        "create",
        "secret",
        "tls",
        "cert",
        "--cert=" + directory.resolve("tls.crt"),
        "--key=" + directory.resolve("tls.key"));
    kubectl.doesWith(SECURED.formatted("other"), "apply", "-f", "-");
    assertThat(visitor.asks("secure.example.com", "/")).contains("no Ingress leads here");
    kubectl.doesWith(SECURED.formatted("kuber"), "apply", "-f", "-");
    kubectl.until(list -> list.contains("80, 443"), "get", "ingress");
    Eventually.seen(
        () -> visitor.asksSecurely("tls.crt", "secure.example.com", "/env/api"),
        env -> env.contains("bandicoot"));
    assertThat(
            visitor.curls(
                "-o",
                "/dev/null",
                "-w",
                "%{http_version}",
                "--cacert",
                "tls.crt",
                "--resolve",
                "secure.example.com:443:127.0.0.1",
                "https://secure.example.com/env/api"))
        .isEqualTo("2");
    assertThat(
            visitor.curls(
                "-o",
                "/dev/null",
                "-w",
                "%{http_code} %{redirect_url}",
                "-H",
                "Host: secure.example.com",
                "http://127.0.0.1/a"))
        .isEqualTo("308 https://secure.example.com/a");
    kubectl.until(
        list -> list.matches("(?s).*secured +.*\\d+\\.\\d+\\.\\d+\\.\\d+ +80, 443.*"),
        "get",
        "ingress");
    kubectl.does("delete", "ingress", "--all");
  }
}
