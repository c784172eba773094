package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What pods see of the way to other pods, and who they are to them, on one node and on three. */
final class KubectlReachTest {
  private static final String EXTERNAL = "192.0.2.77";

  /** Answers each datagram with what was in it. */
  private static final String ECHO =
      "exec perl -MIO::Socket -e \"\\$s = IO::Socket::INET->new(Proto => q(udp), LocalPort => 9000)"
          + " or die; while (\\$s->recv(\\$m, 99)) { \\$s->send(qq(got \\$m)) }\"";

  private static final String DATAGRAMS =
      """
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: echo}
      spec:
        type: NodePort
        selector: {app: echo}
        ports: [{protocol: UDP, port: 90, targetPort: 9000}]
      """;

  private static final String ASK_BY_DATAGRAM =
      "exec bash -c \"exec 3<>/dev/udp/%s/%s; echo hello >&3; timeout 3 head -n 1 <&3\" || true";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster ONE =
      KubectlCluster.apart(() -> directory.resolve("one"), "reach-test");

  @RegisterExtension
  static final KubectlCluster THREE = KubectlCluster.ofNodes(() -> directory.resolve("three"), 3);

  static Stream<Arguments> everywhere() {
    return KubectlCluster.each(ONE, THREE);
  }

  /** One pod behind Service {@code web}; its name. */
  private static String withWeb(Kubectl kubectl) throws Exception {
    kubectl.applies(WebPods.WEB.replace("replicas: 3", "replicas: 1"));
    Workload.rolled(kubectl, "deployment/web");
    kubectl.does("expose", "deployment", "web", "--port=80", "--target-port=8080");
    return WebPods.names(kubectl, "web").get(0);
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void showsHopsToPodsAndMachinesButNotToServices(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    String web = withWeb(kubectl);
    String ip = kubectl.field("pod/" + web, "{.status.podIP}");
    String node = kubectl.field("pod/" + web, "{.spec.nodeName}");
    String service = kubectl.field("service/web", "{.spec.clusterIP}");
    for (String client : WebPods.clients(kubectl)) {
      boolean isBeside = kubectl.field("pod/" + client, "{.spec.nodeName}").equals(node);
      kubectl.until(
          said ->
              said.strip().matches("(?s).*\n *" + (isBeside ? "2" : "[3-9]") + "  " + ip + " .*"),
          trace(client, ip));
      String machine = WebPods.machine(kubectl);
      kubectl.until(said -> said.contains("  " + machine + " "), trace(client, machine));
      assertThat(kubectl.shell(client, "main", "busybox ping -c 1 -W 30 " + ip))
          .contains("1 packets received");
      assertThat(kubectl.shell(client, "main", "busybox ping -c 1 -W 1 " + service + " || true"))
          .doesNotContain("1 packets received");
      assertThat(kubectl.does(trace(client, service))).doesNotContain("  " + service + " ");
    }
  }

  private static String[] trace(String client, String address) {
    return WebPods.inside(client, "busybox traceroute -n -q 1 -w 2 -m 5 " + address + " || true");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void leadsPodsToThemselvesAndFromExternalAddresses(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    String web = withWeb(kubectl);
    kubectl.until((web + "\n")::equals, WebPods.ask(web, "web"));
    kubectl.does(
        "patch", "service", "web", "-p", "{\"spec\": {\"externalIPs\": [\"" + EXTERNAL + "\"]}}");
    assertThat(kubectl.does("get", "service", "web")).contains(EXTERNAL);
    List<String> clients = WebPods.clients(kubectl);
    for (String client : clients) {
      kubectl.until((web + "\n")::equals, WebPods.ask(client, EXTERNAL));
    }
    kubectl.does("delete", "service", "web");
    kubectl.until("nothing\n"::equals, WebPods.ask(clients.get(0), EXTERNAL));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void showsPodsTheAddressOfThePodThatAsks(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(KubectlIngressTest.PODS.formatted("alpaca"));
    kubectl.awaits("Ready", "pod/alpaca");
    for (String client : WebPods.clients(kubectl)) {
      String own = kubectl.field("pod/" + client, "{.status.podIP}");
      kubectl.until(
          page -> page.contains(own + ":"),
          WebPods.inside(client, "curl -s -m 3 http://alpaca:8080/ || true"));
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void carriesDatagramsToServicesAndPortsOfNodes(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(
        PodText.of("echo", "containers: [" + PodText.script("main", ECHO, "") + "]") + DATAGRAMS);
    kubectl.awaits("Ready", "pod/echo");
    String port = kubectl.field("service/echo", "{.spec.ports[0].nodePort}");
    for (String client : WebPods.clients(kubectl)) {
      kubectl.until(
          "got hello\n"::equals, WebPods.inside(client, ASK_BY_DATAGRAM.formatted("echo", "90")));
      for (String node : WebPods.nodeAddresses(kubectl)) {
        kubectl.until(
            "got hello\n"::equals, WebPods.inside(client, ASK_BY_DATAGRAM.formatted(node, port)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void keepsTrafficNearWhereTheServiceWantsThat(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(WebPods.WEB);
    Workload.rolled(kubectl, "deployment/web");
    kubectl.does("expose", "deployment", "web", "--port=80", "--target-port=8080");
    List<String> clients = WebPods.clients(kubectl);
    for (String client : clients) {
      kubectl.until("3\n"::equals, WebPods.count(client, "web"));
    }
    kubectl.does(
        "patch",
        "service",
        "web",
        "-p",
        "{\"spec\": {\"trafficDistribution\": \"PreferSameNode\"}}");
    String expected = clients.size() == 1 ? "3\n" : "1\n";
    for (String client : clients) {
      kubectl.until(expected::equals, WebPods.count(client, "web"));
      String answers = kubectl.does(WebPods.ask(client, "web")).strip();
      assertThat(kubectl.field("pod/" + answers, "{.spec.nodeName}"))
          .isEqualTo(kubectl.field("pod/" + client, "{.spec.nodeName}"));
    }
  }
}
