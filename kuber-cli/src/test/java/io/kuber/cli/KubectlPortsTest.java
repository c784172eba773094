package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways in from outside that have an owner: addresses of balancers and ports of nodes. */
final class KubectlPortsTest {
  private static final int FOREIGN_PORT = 30_123;
  private static final String FIRST = "198.51.100.10";
  private static final String SECOND = "198.51.100.11";

  /** A pod that answers with its name at port 8081 of its node. */
  private static final String ON_PORT =
      """
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: %1$s}
      spec:
        terminationGracePeriodSeconds: 0
        %2$s
        containers:
        - name: main
          image: kuber.io/host
          ports: [{containerPort: 8080, hostPort: 8081}]
          command:
          - sh
          - -c
          - mkdir /tmp/w; hostname >/tmp/w/index.html; exec busybox httpd -f -p 8080 -h /tmp/w
          readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1, timeoutSeconds: 20}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster ONE =
      KubectlCluster.apart(() -> directory.resolve("one"), "ports-test")
          .withBalancers(FIRST + "," + SECOND);

  @RegisterExtension
  static final KubectlCluster THREE =
      KubectlCluster.ofNodes(() -> directory.resolve("three"), 3)
          .withBalancers(FIRST + "," + SECOND);

  static Stream<Arguments> everywhere() {
    return KubectlCluster.each(ONE, THREE);
  }

  static Stream<Arguments> onOneNode() {
    return KubectlCluster.each(ONE);
  }

  static Stream<Arguments> onThreeNodes() {
    return KubectlCluster.each(THREE);
  }

  /** As the machine sees it that the nodes are on; empty without an answer. */
  private static String curl(KubectlCluster cluster, String address) {
    ProcessBuilder curl = new ProcessBuilder("curl", "-s", "-m", "3", "http://" + address + "/");
    return cluster.inside(() -> new String(curl.start().getInputStream().readAllBytes(), UTF_8));
  }

  private static void expose(Kubectl kubectl, String name) throws Exception {
    kubectl.does(
        "expose",
        "deployment",
        "web",
        "--name=" + name,
        "--type=LoadBalancer",
        "--port=80",
        "--target-port=8080");
  }

  /** What {@code kubectl get service} shows as EXTERNAL-IP. */
  private static void shows(Kubectl kubectl, String service, String external) throws Exception {
    kubectl.until(
        said -> WebPods.words(said).get(3).equals(external),
        "get",
        "service",
        service,
        "--no-headers");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void giveServicesAddressesOfThePoolForAsLongAsTheyWantThem(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(WebPods.WEB.replace("replicas: 3", "replicas: 1"));
    Workload.rolled(kubectl, "deployment/web");
    List<String> clients = WebPods.clients(kubectl);
    expose(kubectl, "web");
    shows(kubectl, "web", FIRST);
    Eventually.seen(() -> curl(cluster, FIRST), said -> said.startsWith("web-"));
    for (String client : clients) {
      kubectl.until(said -> said.startsWith("web-"), WebPods.ask(client, FIRST));
    }
    assertThat(kubectl.does("describe", "service", "web"))
        .containsPattern("LoadBalancer Ingress: +" + FIRST);

    expose(kubectl, "second");
    shows(kubectl, "second", SECOND);
    expose(kubectl, "third");
    kubectl.until(said -> said.contains("SyncLoadBalancerFailed"), "describe", "service", "third");
    shows(kubectl, "third", "<pending>");
    kubectl.does("patch", "service", "web", "-p", "{\"spec\": {\"type\": \"ClusterIP\"}}");
    shows(kubectl, "third", FIRST);
    shows(kubectl, "web", "<none>");
    Eventually.seen(() -> curl(cluster, FIRST), said -> said.startsWith("web-"));

    kubectl.does("delete", "service", "second", "third");
    Eventually.seen(() -> curl(cluster, FIRST), String::isEmpty);
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void givePodsPortsOfTheirNodeOnce(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    List<String> clients = WebPods.clients(kubectl);
    kubectl.applies(ON_PORT.formatted("first", ""));
    kubectl.awaits("Ready", "pod/first");
    String node = kubectl.field("pod/first", "{.spec.nodeName}");
    String address = kubectl.field("pod/first", "{.status.hostIP}") + ":8081";
    Eventually.seen(() -> curl(cluster, address), "first\n"::equals);
    for (String client : clients) {
      kubectl.until("first\n"::equals, WebPods.ask(client, address));
    }

    kubectl.applies(ON_PORT.formatted("bound", "nodeName: " + node));
    kubectl.until(said -> said.contains("NodePorts"), "get", "pod", "bound", "--no-headers");
    assertThat(kubectl.does("describe", "pod", "bound"))
        .containsPattern("Status: +Failed")
        .containsPattern("Reason: +NodePorts");

    kubectl.applies(
        ON_PORT.formatted("second", "nodeSelector: {kubernetes.io/hostname: " + node + "}"));
    kubectl.until(
        said -> said.contains("didn't have free ports for the requested pod ports"),
        "describe",
        "pod",
        "second");
    kubectl.does("delete", "pod", "first");
    kubectl.awaits("Ready", "pod/second");
    Eventually.seen(() -> curl(cluster, address), "second\n"::equals);
    kubectl.does("delete", "pod", "second");
    Eventually.seen(() -> curl(cluster, address), String::isEmpty);
  }

  @ParameterizedTest
  @MethodSource("onOneNode")
  void warnWhereAProgramHasThePortOfAService(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(WebPods.WEB.replace("replicas: 3", "replicas: 1"));
    Workload.rolled(kubectl, "deployment/web");
    ProcessBuilder server =
        new ProcessBuilder("busybox", "httpd", "-f", "-p", "" + FOREIGN_PORT)
            .directory(kubectl.directory().toFile());
    Process foreign = cluster.inside(server::start);
    try {
      Eventually.seen(() -> curl(cluster, "127.0.0.1:" + FOREIGN_PORT), said -> !said.isEmpty());
      kubectl.does(
          "create", "service", "nodeport", "web", "--tcp=80:8080", "--node-port=" + FOREIGN_PORT);
      kubectl.until(
          said -> said.contains("NodePortTaken") && said.contains(FOREIGN_PORT + "/TCP"),
          "describe",
          "service",
          "web");
      Eventually.seen(
          () -> curl(cluster, "127.0.0.1:" + FOREIGN_PORT), said -> said.startsWith("web-"));
      kubectl.does("delete", "service", "web");
    } finally {
      foreign.destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest
  @MethodSource("onThreeNodes")
  void showPodsTheirClientIfItsTrafficStaysOnTheNode(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(KubectlIngressTest.PODS.formatted("alpaca"));
    kubectl.awaits("Ready", "pod/alpaca");
    kubectl.does("patch", "service", "alpaca", "-p", "{\"spec\": {\"type\": \"LoadBalancer\"}}");
    String port = ":" + kubectl.field("service/alpaca", "{.spec.ports[0].nodePort}");
    String own = kubectl.field("pod/alpaca", "{.status.hostIP}");
    List<String> nodes = WebPods.nodeAddresses(kubectl);
    assertThat(nodes).hasSize(3).contains(own);
    Visitor visitor = new Visitor(cluster, kubectl.directory());
    for (String node : nodes) {
      Eventually.seen(() -> seen(visitor, node + port), "another"::equals);
    }

    String local = "{\"spec\": {\"externalTrafficPolicy\": \"Local\"}}";
    kubectl.does("patch", "service", "alpaca", "-p", local);
    String health = ":" + kubectl.field("service/alpaca", "{.spec.healthCheckNodePort}");
    for (String node : nodes) {
      boolean isOwn = node.equals(own);
      Eventually.seen(() -> seen(visitor, node + port), (isOwn ? "itself" : "nothing")::equals);
      Eventually.seen(
          () -> visitor.curls("http://" + node + health + "/healthz"),
          said -> said.contains("\"localEndpoints\": " + (isOwn ? 1 : 0)));
    }
    kubectl.does("delete", "service", "alpaca");
  }

  /** As whom a pod of the demo application sees the visitor. */
  private static String seen(Visitor visitor, String address)
      throws IOException, InterruptedException {
    String said =
        visitor.curls("-m", "3", "-w", "\n%{local_ip}:%{local_port}", "http://" + address + "/");
    if (!said.contains("alpaca")) {
      return "nothing";
    }
    int last = said.lastIndexOf('\n');
    return said.substring(0, last).contains(said.substring(last + 1)) ? "itself" : "another";
  }
}
