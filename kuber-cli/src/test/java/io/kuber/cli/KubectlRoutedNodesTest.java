package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.Progress;
import io.kuber.boot.RoutedNodes;
import io.kuber.boot.StartException;
import io.kuber.node.network.RoutedMachines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real nodes on machines of their own: two that share a network and one behind a router that knows
 * nothing of pods. Links are cut and healed, and a node is lost and comes back.
 */
final class KubectlRoutedNodesTest {
  private static final int FAR = 3;
  private static final String NODES = "{.items[*].spec.nodeName}";
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress: [{from: [{podSelector: {matchLabels: {friend: "yes"}}}]}]
      """;

  @TempDir private Path directory;

  @Test
  void areOneNetworkWhateverIsBetweenThem() throws Exception {
    assumeTrue(KubectlCluster.programs().findAny().isPresent(), "no kubectl");
    try (RoutedMachines machines = new RoutedMachines()) {
      RoutedNodes nodes = new RoutedNodes(machines, directory, instance());
      try {
        nodes.check();
      } catch (StartException e) {
        Assumptions.abort(String.valueOf(e.getMessage()));
      }
      ClusterOptions options = new ClusterOptions(directory.resolve("data"), 0, "unused");
      Cluster cluster =
          machines.router().call(() -> Cluster.start(options, nodes, Progress.SILENT));
      try {
        Kubectl kubectl =
            new Kubectl(
                KubectlCluster.programs().findFirst().orElseThrow(),
                cluster.kubeconfig(),
                Files.createDirectory(directory.resolve("kubectl")),
                "default",
                program -> machines.router().call(program::start));
        play(kubectl, machines, nodes);
      } finally {
        machines.router().call(Executors.callable(cluster::close));
      }
      for (int number = 1; number <= RoutedMachines.MACHINES; number++) {
        assertThat(machines.machine(number).links()).containsExactly("lan0", "lo");
      }
    }
  }

  private static String instance() {
    return "node-test-" + ProcessHandle.current().pid() + "-routed";
  }

  private static void play(Kubectl kubectl, RoutedMachines machines, RoutedNodes nodes)
      throws Exception {
    kubectl.until(said -> said.contains("default"), "get", "serviceaccount");
    kubectl.applies(WebPods.WEB);
    Workload.rolled(kubectl, "deployment/web");
    Map<String, String> clients = byNode(kubectl, WebPods.clients(kubectl), "client");
    kubectl.does("expose", "deployment", "web", "--port=80", "--target-port=8080");
    servesFromEverywhere(kubectl, clients);
    portsOfNodesLeadOn(kubectl, machines);
    closesAndOpens(kubectl, clients);
    cutsAndHeals(kubectl, machines, clients);
    losesANode(kubectl, nodes, clients);
  }

  /** Names of pods by the nodes that they are on. */
  private static Map<String, String> byNode(Kubectl kubectl, List<String> names, String app)
      throws Exception {
    List<String> nodes = WebPods.ofPods(kubectl, app, NODES);
    Map<String, String> byNode = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      byNode.put(nodes.get(i), names.get(i));
    }
    assertThat(byNode).containsOnlyKeys("node-1", "node-2", "node-3");
    return byNode;
  }

  private static void servesFromEverywhere(Kubectl kubectl, Map<String, String> clients)
      throws Exception {
    List<String> webs = WebPods.ofPods(kubectl, "web", "{.items[*].status.podIP}");
    assertThat(webs).hasSize(RoutedMachines.MACHINES);
    for (String client : clients.values()) {
      for (String web : webs) {
        kubectl.until(said -> said.startsWith("web-"), WebPods.ask(client, web + ":8080"));
      }
      kubectl.until("3\n"::equals, WebPods.count(client, "web"));
      assertThat(kubectl.does(WebPods.inside(client, "cat /sys/class/net/eth0/mtu")))
          .as("with room for the tunnel")
          .isEqualTo("1450\n");
      kubectl.does("exec", client, "--", "bash", "-c", "exec 3<>/dev/tcp/kubernetes.default/443");
    }
  }

  /** Also of nodes whose every endpoint is behind the tunnel. */
  private static void portsOfNodesLeadOn(Kubectl kubectl, RoutedMachines machines)
      throws Exception {
    kubectl.does("patch", "service", "web", "-p", "{\"spec\": {\"type\": \"NodePort\"}}");
    String port = kubectl.field("service/web", "{.spec.ports[0].nodePort}");
    String often = "for i in $(seq 20); do curl -s -m 3 http://%s:%s/; done | sort -u | wc -l";
    for (String node : WebPods.nodeAddresses(kubectl)) {
      ProcessBuilder count = new ProcessBuilder("sh", "-c", often.formatted(node, port));
      Eventually.seen(
          () ->
              machines
                  .router()
                  .call(() -> new String(count.start().getInputStream().readAllBytes(), UTF_8)),
          "3\n"::equals);
    }
  }

  private static void closesAndOpens(Kubectl kubectl, Map<String, String> clients)
      throws Exception {
    kubectl.applies(POLICY);
    for (String client : clients.values()) {
      kubectl.until("nothing\n"::equals, WebPods.ask(client, "web"));
    }
    kubectl.does("label", "pods", "-l", "app=client", "friend=yes");
    for (String client : clients.values()) {
      kubectl.until("3\n"::equals, WebPods.count(client, "web"));
    }
    kubectl.does("delete", "networkpolicy", "web");
  }

  private static void cutsAndHeals(
      Kubectl kubectl, RoutedMachines machines, Map<String, String> clients) throws Exception {
    List<String> webs = WebPods.ofPods(kubectl, "web", "{.items[*].status.podIP}");
    List<String> on = WebPods.ofPods(kubectl, "web", NODES);
    String far = webs.get(on.indexOf("node-3")) + ":8080";
    String near = webs.get(on.indexOf("node-2")) + ":8080";
    String client = String.valueOf(clients.get("node-1"));
    machines.cut(FAR);
    assertThat(kubectl.does(WebPods.ask(client, far))).isEqualTo("nothing\n");
    assertThat(kubectl.does(WebPods.ask(client, near))).startsWith("web-");
    machines.heal(FAR);
    kubectl.until(said -> said.startsWith("web-"), WebPods.ask(client, far));

    machines.bounce(1);
    for (String other : List.of(near, far)) {
      kubectl.until(said -> said.startsWith("web-"), WebPods.ask(client, other));
    }
    kubectl.until("3\n"::equals, WebPods.count(client, "web"));
  }

  private static void losesANode(Kubectl kubectl, RoutedNodes nodes, Map<String, String> clients)
      throws Exception {
    nodes.end(FAR);
    endpoints(kubectl, 2);
    for (String node : List.of("node-1", "node-2")) {
      kubectl.until("2\n"::equals, WebPods.count(String.valueOf(clients.get(node)), "web"));
    }
    nodes.begin(FAR);
    endpoints(kubectl, 3);
    for (String client : clients.values()) {
      kubectl.until("3\n"::equals, WebPods.count(client, "web"));
    }
  }

  private static void endpoints(Kubectl kubectl, int count) throws Exception {
    kubectl.until(
        said -> WebPods.words(said).size() == count,
        "get",
        "endpoints",
        "web",
        "-o",
        "jsonpath={.subsets[0].addresses[*].ip}");
  }
}
