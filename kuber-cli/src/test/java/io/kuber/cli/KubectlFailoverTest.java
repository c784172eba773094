package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.LocalNode;
import io.kuber.boot.StartException;
import io.kuber.node.network.RoutedMachines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three servers, of which the leader dies, and a node with pods behind a router. */
final class KubectlFailoverTest {
  private static final int NODE = 3;
  private static final String IDENTITY =
      "{.status.podIP} {.status.containerStatuses[0].containerID}"
          + " {.status.containerStatuses[0].restartCount}";

  @TempDir private Path directory;

  @BeforeAll
  static void check() {
    assumeTrue(KubectlCluster.programs().findAny().isPresent(), "no kubectl");
    try {
      new LocalNode().check();
    } catch (StartException e) {
      Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }

  @Test
  void leavesPodsInPeaceAndTheNodeAtWork() throws Exception {
    try (WorkerMachines workers = new WorkerMachines(directory)) {
      try {
        play(workers);
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n" + workers.all(), e);
      }
    }
  }

  private void play(WorkerMachines workers) throws Exception {
    workers.server();
    says(workers, "server", "Ready:");
    for (int number : new int[] {1, 2}) {
      workers.server(number, joining(workers, "server"));
      says(workers, "server-" + number, "all " + (number + 1) + " servers are there");
    }
    String name = WorkerMachines.name(NODE);
    List<String> given = new ArrayList<>(List.of("--name=" + name));
    given.addAll(List.of(joining(workers, "node", "--node")));
    workers.node(NODE, given.toArray(String[]::new));
    Kubectl first = kubectl(workers, "server");
    first.until(said -> said.contains(" Ready "), "get", "node", name);
    first.applies(PodText.sleeping("before"));
    first.awaits("Ready", "pod/before");
    String identity = first.field("pod/before", IDENTITY);

    String leader = leader(workers);
    workers.kill(leader);

    Kubectl kubectl = kubectl(workers, leader.equals("server") ? "server-1" : "server");
    kubectl.until(said -> said.contains("before"), "get", "pods"); // There is a leader again.
    String renewed = renewed(kubectl, name);
    kubectl.until(
        said -> !said.equals(renewed),
        "get",
        "lease",
        name,
        "-n",
        "kube-node-lease",
        "-o",
        "jsonpath={.spec.renewTime}");
    kubectl.applies(PodText.sleeping("after"));
    kubectl.awaits("Ready", "pod/after");
    assertThat(kubectl.shell("after", "main", "hostname")).isEqualTo("after");
    assertThat(kubectl.field("pod/before", IDENTITY)).isEqualTo(identity);
    assertThat(kubectl.does("get", "node", name)).contains(" Ready ");
    kubectl.does("delete", "pod", "before", "--wait");
  }

  private static void says(WorkerMachines workers, String process, String words)
      throws IOException {
    Eventually.seen(() -> workers.said(process), said -> said.contains(words));
  }

  /** What {@code kuber token create} tells to give to who joins, without the command itself. */
  private static String[] joining(WorkerMachines workers, String what, String... more)
      throws Exception {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "token";
    arguments[1] = "create";
    arguments[2] = "--data-dir=" + workers.data("server");
    System.arraycopy(more, 0, arguments, 3, more.length);
    String line = workers.runs("token-of-" + what, arguments).strip();
    assertThat(line)
        .startsWith(
            "kuber " + what + " --join https://" + RoutedMachines.ROUTER + ":6443 --token ");
    String[] words = line.split(" ");
    return new String[] {words[2], words[3], words[4], words[5]};
  }

  private static String leader(WorkerMachines workers) throws Exception {
    List<String> lines =
        workers
            .runs("list", "server", "list", "--data-dir=" + workers.data("server"))
            .lines()
            .filter(line -> line.contains(" leader "))
            .toList();
    assertThat(lines).hasSize(1);
    return lines.get(0).split(" ")[0];
  }

  private static String renewed(Kubectl kubectl, String node) throws Exception {
    return kubectl.does(
        "get", "lease", node, "-n", "kube-node-lease", "-o", "jsonpath={.spec.renewTime}");
  }

  private Kubectl kubectl(WorkerMachines workers, String server) throws Exception {
    return new Kubectl(
        KubectlCluster.programs().findFirst().orElseThrow(),
        workers.data(server).resolve("kubeconfig"),
        Files.createDirectory(directory.resolve("kubectl-of-" + server)),
        "default",
        program -> workers.machines().router().call(program::start));
  }
}
