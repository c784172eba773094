package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
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

/** Services as the books make them, in front of real pods, on one node and on three. */
final class KubectlServicesTest {
  private static final int OUTSIDE_PORT = 8099;
  private static final String BY_HAND =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: outside}
      spec: {ports: [{port: 80}]}
      ---
      apiVersion: v1
      kind: Endpoints
      metadata: {name: outside}
      subsets: [{addresses: [{ip: %1$s}], ports: [{port: %2$d}]}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: sliced}
      spec: {ports: [{port: 80}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: mine, labels: {kubernetes.io/service-name: sliced}}
      addressType: IPv4
      endpoints: [{addresses: [%1$s]}]
      ports: [{port: %2$d, protocol: TCP}]
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster ONE =
      KubectlCluster.apart(() -> directory.resolve("one"), "service-test");

  @RegisterExtension
  static final KubectlCluster THREE = KubectlCluster.ofNodes(() -> directory.resolve("three"), 3);

  static Stream<Arguments> everywhere() {
    return KubectlCluster.each(ONE, THREE);
  }

  private static void withWeb(Kubectl kubectl, int replicas) throws Exception {
    kubectl.applies(WebPods.WEB.replace("replicas: 3", "replicas: " + replicas));
    Workload.rolled(kubectl, "deployment/web");
  }

  private static String clusterIp(Kubectl kubectl, String service) throws Exception {
    return kubectl.field("service/" + service, "{.spec.clusterIP}");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void leadToEveryReadyPodFromEveryNode(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    withWeb(kubectl, 3);
    List<String> clients = WebPods.clients(kubectl);
    kubectl.does("expose", "deployment", "web", "--port=80", "--target-port=8080");
    assertThat(kubectl.does("get", "services", "-o", "wide")).containsPattern("web .* app=web");
    kubectl.until(
        said -> WebPods.words(said).size() == 3,
        "get",
        "endpoints",
        "web",
        "-o",
        "jsonpath={.subsets[0].addresses[*].ip}");
    assertThat(kubectl.does("describe", "service", "web"))
        .containsPattern("Selector: +app=web")
        .containsPattern("Session Affinity: +None");
    String address = clusterIp(kubectl, "web");
    for (String client : clients) {
      kubectl.until("3\n"::equals, WebPods.count(client, address));
      assertThat(kubectl.does(WebPods.ask(client, "web"))).startsWith("web-");
    }

    kubectl.does("scale", "deployment", "web", "--replicas=0");
    String refused = "curl -s -m 3 http://" + address + "/; echo $?";
    kubectl.until("7\n"::equals, WebPods.inside(clients.get(0), refused));
    assertThat(kubectl.does("get", "endpoints", "web")).contains("<none>");
    kubectl.does("scale", "deployment", "web", "--replicas=1");
    kubectl.until(said -> said.startsWith("web-"), WebPods.ask(clients.get(0), address));
    assertThat(clusterIp(kubectl, "web")).isEqualTo(address);

    kubectl.does("set", "selector", "service", "web", "app=nobody");
    kubectl.until("nothing\n"::equals, WebPods.ask(clients.get(0), address));
    kubectl.does("set", "selector", "service", "web", "app=web");
    kubectl.until(said -> said.startsWith("web-"), WebPods.ask(clients.get(0), address));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void openPortsOfNodesAndKeepThemWhenTheirTypeChanges(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    withWeb(kubectl, 1);
    kubectl.does(
        "expose", "deployment", "web", "--port=80", "--target-port=8080", "--type=NodePort");
    String address = clusterIp(kubectl, "web");
    String port = kubectl.field("service/web", "{.spec.ports[0].nodePort}");
    assertThat(Integer.parseInt(port)).isBetween(30_000, 32_767);
    assertAnswersOnEveryNode(cluster, kubectl, port);
    Eventually.seen(
        () -> curl(cluster, "127.0.0.1:" + port), said -> said.startsWith("web-")); // The machine.

    kubectl.edits("s/type: NodePort/type: LoadBalancer/", "service/web");
    assertThat(kubectl.does("get", "service", "web"))
        .as("nobody gives addresses")
        .contains("LoadBalancer", "<pending>", "80:" + port);
    assertThat(clusterIp(kubectl, "web")).isEqualTo(address);
    assertAnswersOnEveryNode(cluster, kubectl, port);

    kubectl.does("patch", "service", "web", "-p", "{\"spec\": {\"type\": \"ClusterIP\"}}");
    assertThat(clusterIp(kubectl, "web")).isEqualTo(address);
    assertThat(kubectl.field("service/web", "{.spec.ports[0].nodePort}")).isEmpty();
    Eventually.seen(() -> curl(cluster, "127.0.0.1:" + port), String::isEmpty);
  }

  private static void assertAnswersOnEveryNode(KubectlCluster cluster, Kubectl kubectl, String port)
      throws Exception {
    for (String node : WebPods.nodeAddresses(kubectl)) {
      Eventually.seen(() -> curl(cluster, node + ":" + port), said -> said.startsWith("web-"));
    }
  }

  /** As the machine sees it that the nodes are on; empty without an answer. */
  private static String curl(KubectlCluster cluster, String address) {
    ProcessBuilder curl = new ProcessBuilder("curl", "-s", "-m", "3", "http://" + address + "/");
    return cluster.inside(() -> new String(curl.start().getInputStream().readAllBytes(), UTF_8));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void keepClientsAtTheirPodAndTrafficOnItsNode(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    withWeb(kubectl, 3);
    List<String> clients = WebPods.clients(kubectl);
    kubectl.does("expose", "deployment", "web", "--port=80", "--target-port=8080");
    String address = clusterIp(kubectl, "web");
    kubectl.until("3\n"::equals, WebPods.count(clients.get(0), address));
    kubectl.does(
        "patch", "service", "web", "-p", "{\"spec\": {\"sessionAffinity\": \"ClientIP\"}}");
    kubectl.until("1\n"::equals, WebPods.count(clients.get(0), address));

    kubectl.does("patch", "service", "web", "-p", "{\"spec\": {\"sessionAffinity\": \"None\"}}");
    kubectl.does("scale", "deployment", "web", "--replicas=1");
    Workload.rolled(kubectl, "deployment/web");
    kubectl.until("1\n"::equals, WebPods.count(clients.get(0), address));
    String local = "{\"spec\": {\"internalTrafficPolicy\": \"Local\"}}";
    kubectl.does("patch", "service", "web", "-p", local);
    kubectl.until(
        said -> WebPods.words(said).size() == 1,
        "get",
        "pods",
        "-l",
        "app=web",
        "-o",
        "jsonpath={.items[*].metadata.name}");
    String node = WebPods.ofPods(kubectl, "web", "{.items[*].spec.nodeName}").get(0);
    for (String client : clients) {
      boolean beside = kubectl.field("pod/" + client, "{.spec.nodeName}").equals(node);
      kubectl.until(said -> said.equals("nothing\n") != beside, WebPods.ask(client, address));
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void leadOutOfTheClusterByEndpointsMadeByHand(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    List<String> clients = WebPods.clients(kubectl);
    String machine = WebPods.machine(kubectl);
    Files.writeString(kubectl.directory().resolve("index.html"), "outside\n");
    ProcessBuilder server =
        new ProcessBuilder("busybox", "httpd", "-f", "-p", machine + ":" + OUTSIDE_PORT, "-h", ".")
            .directory(kubectl.directory().toFile());
    Process outside = cluster.inside(server::start);
    try {
      kubectl.applies(BY_HAND.formatted(machine, OUTSIDE_PORT));
      for (String client : clients) {
        kubectl.until("outside\n"::equals, WebPods.ask(client, "outside"));
        kubectl.until("outside\n"::equals, WebPods.ask(client, "sliced"));
      }
      assertThat(kubectl.does("get", "endpoints", "outside"))
          .contains(machine + ":" + OUTSIDE_PORT);
    } finally {
      outside.destroyForcibly();
    }
    assertThat(outside.waitFor()).isNotZero();
    kubectl.until("nothing\n"::equals, WebPods.ask(clients.get(0), "outside"));
    assertThat(kubectl.does("get", "endpoints", "outside"))
        .as("nobody looks after them")
        .contains(machine + ":" + OUTSIDE_PORT);
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void areVariablesOfPodsThatCameLater(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(PodText.sleeping("older"));
    kubectl.awaits("Ready", "pod/older");
    kubectl.does("create", "service", "clusterip", "my-db", "--tcp=5432:5432", "--tcp=9187:9187");
    kubectl.does("create", "service", "clusterip", "none", "--clusterip=None");
    String ip = clusterIp(kubectl, "my-db");
    kubectl.applies(
        PodText.sleeping("newer")
            + PodText.of(
                "alone",
                "enableServiceLinks: false\ncontainers: [" + PodText.sleeper("main", "") + "]"));
    kubectl.awaits("Ready", "pod/newer");
    kubectl.awaits("Ready", "pod/alone");
    String read = "env | grep ^MY_DB_ | sort";
    assertThat(kubectl.shell("newer", "main", read))
        .isEqualTo(
            """
            MY_DB_PORT=tcp://%1$s:5432
            MY_DB_PORT_5432_TCP=tcp://%1$s:5432
            MY_DB_PORT_5432_TCP_ADDR=%1$s
            MY_DB_PORT_5432_TCP_PORT=5432
            MY_DB_PORT_5432_TCP_PROTO=tcp
            MY_DB_PORT_9187_TCP=tcp://%1$s:9187
            MY_DB_PORT_9187_TCP_ADDR=%1$s
            MY_DB_PORT_9187_TCP_PORT=9187
            MY_DB_PORT_9187_TCP_PROTO=tcp
            MY_DB_SERVICE_HOST=%1$s
            MY_DB_SERVICE_PORT=5432
            MY_DB_SERVICE_PORT_5432_5432=5432
            MY_DB_SERVICE_PORT_9187_9187=9187\
            """
                .formatted(ip));
    assertThat(kubectl.shell("older", "main", read + " || true")).isEmpty();
    assertThat(kubectl.shell("alone", "main", "env | grep -e ^MY_DB -e ^NONE; echo end"))
        .isEqualTo("end");
    for (String pod : List.of("older", "newer", "alone")) {
      assertThat(
              kubectl.shell(pod, "main", "echo $KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT"))
          .isEqualTo("10.96.0.1:443");
    }
    assertThat(kubectl.shell("newer", "main", "env | grep ^NONE; echo end")).isEqualTo("end");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void haveAddressesThatPeopleChooseWithinTheRange(Path program) throws Exception {
    Kubectl kubectl = ONE.in(program);
    String chosen = "10.96.7." + (KubectlCluster.isNewer(program) ? 8 : 7);
    String yaml =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s}
        spec: {clusterIP: %s, ports: [{port: 80}]}
        """;
    kubectl.applies(yaml.formatted("mine", chosen));
    assertThat(clusterIp(kubectl, "mine")).isEqualTo(chosen);
    assertThat(kubectl.failsWith(yaml.formatted("other", chosen), "apply", "-f", "-"))
        .contains("provided IP is already allocated");
    assertThat(kubectl.failsWith(yaml.formatted("other", "192.0.2.7"), "apply", "-f", "-"))
        .contains("not in the valid range", "10.96.0.0/12");
    assertThat(kubectl.failsWith(yaml.formatted("mine", "10.96.7.9"), "apply", "-f", "-"))
        .contains("spec.clusterIPs[0]: Invalid value", "may not change once set");
    assertThat(kubectl.does("get", "service", "-n", "default", "kubernetes")).contains("443/TCP");
  }
}
