package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.LocalNode;
import io.kuber.boot.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Machines that join as nodes with {@code kuber node}: two behind different routers, and a server
 * that runs no pods.
 */
final class KubectlWorkersTest {
  private static final int NEAR = 1;
  private static final int FAR = 3;

  private static final String TALKER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: talker}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - name: main
          image: kuber.io/host
          command: [sh, -c, 'i=0; while true; do echo $i; i=$((i+1)); sleep 0.1; done']
      """;

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
  void joinAndRunPods() throws Exception {
    try (WorkerMachines workers = new WorkerMachines(directory)) {
      try {
        play(workers);
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n" + workers.all(), e);
      }
    }
  }

  @Test
  void hearWhatIsWrongWithAnAttemptToJoin() throws Exception {
    try (WorkerMachines workers = new WorkerMachines(directory)) {
      String nobody = "--join=https://192.168.1.1:6443";
      String made = "--token=abcdef.0123456789abcdef@sha256:" + "0".repeat(64);
      assertThat(attempt(workers))
          .contains("give --join and --token, as kuber token create --node");
      assertThat(attempt(workers, nobody)).contains("--join needs --token");
      assertThat(attempt(workers, nobody, "--token=abc"))
          .contains("--token: the token has no @sha256:");
      assertThat(attempt(workers, nobody, made, "--name=Not_A_Name"))
          .contains("--name: Not_A_Name");
      assertThat(attempt(workers, nobody, made, "--address=here")).contains("--address: here");
      assertThat(attempt(workers, nobody, made))
          .contains("--join: https://192.168.1.1:6443 cannot be reached");

      workers.server();
      Eventually.seen(() -> workers.said("server"), said -> said.contains("Ready:"));
      assertThat(attempt(workers, nobody, made)).contains("is of another cluster than the token");
      String token = token(workers, "create", "--node");
      String unknown = token.replaceFirst("=......", "=zzzzzz");
      assertThat(attempt(workers, nobody, unknown))
          .contains("--token: https://192.168.1.1:6443 does not know the token zzzzzz")
          .contains("kuber token create --node");
      String brief = token(workers, "create", "--node", "--ttl=1s");
      Eventually.seen(
          () -> workers.attempted(NEAR, nobody, brief), said -> said.contains("its time is over"));
      assertThat(attempt(workers, nobody, token(workers, "create")))
          .contains("is not for nodes; make one with kuber token create --node");
    }
  }

  private static String attempt(WorkerMachines workers, String... arguments) {
    return workers.attempted(FAR, arguments);
  }

  private static String token(WorkerMachines workers, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("token"));
    all.addAll(List.of(arguments));
    all.add("--data-dir=" + workers.data("server"));
    String line = workers.runs("token-of-" + all.size(), all.toArray(String[]::new)).strip();
    return "--token=" + line.substring(line.lastIndexOf(' ') + 1);
  }

  private Kubectl kubectl(WorkerMachines workers) throws Exception {
    return new Kubectl(
        KubectlCluster.programs().findFirst().orElseThrow(),
        workers.data("server").resolve("kubeconfig"),
        Files.createDirectory(directory.resolve("kubectl")),
        "default",
        program -> workers.machines().router().call(program::start));
  }

  private void play(WorkerMachines workers) throws Exception {
    workers.server();
    Kubectl kubectl = kubectl(workers);
    Eventually.seen(() -> workers.said("server"), said -> said.contains("Ready:"));
    kubectl.until(said -> said.contains("default"), "get", "serviceaccount");
    for (int number : new int[] {NEAR, FAR}) {
      join(workers, number);
    }
    for (int number : new int[] {NEAR, FAR}) {
      kubectl.until(said -> said.contains(" Ready "), "get", "node", WorkerMachines.name(number));
    }
    kubectl.applies(WebPods.WEB);
    Workload.rolled(kubectl, "deployment/web");
    List<String> clients = WebPods.clients(kubectl);
    kubectl.does("expose", "deployment", "web", "--port=80", "--target-port=8080");
    servesAcross(kubectl, clients);
    reachesPodsThroughTheServer(kubectl, workers);
    tellsWhatPodsUse(kubectl);
    staysWithinItsRights(workers);
    goesOnAfterItIsKilled(kubectl, workers, clients);
    goesOnWithoutTheServer(kubectl, workers, clients);
    keepsItsName(workers);
    leaves(kubectl, workers);
  }

  /** A token does not let another machine be a node that is at work. */
  private static void keepsItsName(WorkerMachines workers) throws Exception {
    String name = WorkerMachines.name(NEAR);
    String said =
        workers.attempted(
            2,
            "--join=https://192.168.1.1:6443",
            token(workers, "create", "--node"),
            "--name=" + name);
    assertThat(said)
        .contains("--join: there is a node " + name + ", and it is ready; choose another --name")
        .contains("kubectl delete node " + name);
    assertThat(workers.attempted(NEAR, "--data-dir=" + workers.data(name), "--name=other"))
        .contains("is the directory of node " + name);
  }

  private static void servesAcross(Kubectl kubectl, List<String> clients) throws Exception {
    List<String> webs = WebPods.ofPods(kubectl, "web", "{.items[*].status.podIP}");
    assertThat(WebPods.ofPods(kubectl, "web", "{.items[*].spec.nodeName}"))
        .contains(WorkerMachines.name(NEAR), WorkerMachines.name(FAR));
    for (String client : clients) {
      for (String web : webs) {
        kubectl.until(said -> said.startsWith("web-"), WebPods.ask(client, web + ":8080"));
      }
      kubectl.until("3\n"::equals, WebPods.count(client, "web"));
      kubectl.does("exec", client, "--", "bash", "-c", "exec 3<>/dev/tcp/kubernetes.default/443");
    }
  }

  private static void reachesPodsThroughTheServer(Kubectl kubectl, WorkerMachines workers)
      throws Exception {
    for (String pod : WebPods.ofPods(kubectl, "web", "{.items[*].metadata.name}")) {
      assertThat(kubectl.does("exec", pod, "--", "hostname")).isEqualTo(pod + "\n");
      assertThat(kubectl.doesWith("typed", "exec", "-i", pod, "--", "cat")).isEqualTo("typed");
      assertThat(kubectl.failsWith("", "exec", pod, "--", "sh", "-c", "exit 7"))
          .contains("exit code 7");
      for (String other : List.of("other", "main/../main", "main HTTP/1.1")) {
        assertThat(kubectl.failsWith("", "get", "--raw", log(pod, other)))
            .contains("container " + other + " is not valid for pod " + pod);
      }
      assertThat(
              kubectl.does(
                  "get", "--raw", "/api/v1/namespaces/default/pods/" + pod + ":8080/proxy/"))
          .isEqualTo(pod + "\n");
    }
    assertThat(kubectl.does("get", "--raw", "/api/v1/namespaces/default/services/web/proxy/"))
        .startsWith("web-");
    for (int number : new int[] {NEAR, FAR}) {
      assertThat(
              kubectl.does(
                  "get",
                  "--raw",
                  "/api/v1/nodes/" + WorkerMachines.name(number) + "/proxy/healthz"))
          .isEqualTo("ok");
    }
    kubectl.applies(TALKER);
    kubectl.awaits("ready", "pod/talker");
    try (Kubectl.Running log = kubectl.begins("logs", "-f", "talker")) {
      log.until(said -> said.contains("\n9\n"));
    }
    forwards(kubectl, workers);
  }

  private static String log(String pod, String container) {
    return "/api/v1/namespaces/default/pods/"
        + pod
        + "/log?container="
        + container.replace("/", "%2F").replace(" ", "%20");
  }

  private static void forwards(Kubectl kubectl, WorkerMachines workers) throws Exception {
    String pod = WebPods.ofPods(kubectl, "web", "{.items[*].metadata.name}").get(0);
    try (Kubectl.Running forward = kubectl.begins("port-forward", "pod/" + pod, "18080:8080")) {
      forward.until(said -> said.contains("Forwarding from"));
      ProcessBuilder ask = new ProcessBuilder("curl", "-s", "-m", "5", "http://127.0.0.1:18080/");
      Process asked = workers.machines().router().call(ask::start);
      assertThat(new String(asked.getInputStream().readAllBytes(), UTF_8)).isEqualTo(pod + "\n");
    }
  }

  private static void tellsWhatPodsUse(Kubectl kubectl) throws Exception {
    for (int number : new int[] {NEAR, FAR}) {
      String name = WorkerMachines.name(number);
      kubectl.until(said -> said.contains(name) && said.contains("Mi"), "top", "nodes");
    }
    kubectl.until(said -> said.contains("talker"), "top", "pods");
  }

  /** With what a node has on its disk, somebody can do what the node may, and no more. */
  private static void staysWithinItsRights(WorkerMachines workers) throws Exception {
    Path pki = workers.data(WorkerMachines.name(NEAR)).resolve("pki");
    for (String key : List.of("node.key", "proxy.key", "serving.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki.resolve(key))))
          .isEqualTo("rw-------");
    }
    assertThat(asks(workers, pki, "node", "/api/v1/namespaces/kube-system/secrets"))
        .contains("403");
    assertThat(asks(workers, pki, "node", "/api/v1/nodes/" + WorkerMachines.name(FAR)))
        .contains("403");
    assertThat(asks(workers, pki, "proxy", "/api/v1/namespaces/default/secrets")).contains("403");
    assertThat(asks(workers, pki, "proxy", "/api/v1/services")).contains("200");
  }

  private static String asks(WorkerMachines workers, Path pki, String as, String path)
      throws Exception {
    ProcessBuilder ask =
        new ProcessBuilder(
            "curl",
            "-s",
            "-o",
            "/dev/null",
            "-w",
            "%{http_code}",
            "--cacert",
            pki.resolve("ca.crt").toString(),
            "--cert",
            pki.resolve(as + ".crt").toString(),
            "--key",
            pki.resolve(as + ".key").toString(),
            "https://192.168.1.1:6443" + path);
    Process asked = workers.machines().machine(NEAR).call(ask::start);
    return new String(asked.getInputStream().readAllBytes(), UTF_8);
  }

  private static String identity(Kubectl kubectl) throws Exception {
    return kubectl.does("get", "pod", "talker", "-o", "jsonpath=" + IDENTITY);
  }

  /** Its containers go on, and it takes them over without being told how it joined. */
  private static void goesOnAfterItIsKilled(
      Kubectl kubectl, WorkerMachines workers, List<String> clients) throws Exception {
    String before = identity(kubectl);
    String name = kubectl.field("pod/talker", "{.spec.nodeName}");
    int number = name.equals(WorkerMachines.name(NEAR)) ? NEAR : FAR;
    Path certificate = workers.data(name).resolve("pki/proxy.crt");
    byte[] first = Files.readAllBytes(certificate);
    workers.kill(name);
    Files.delete(certificate);
    workers.node(number);
    Eventually.seen(() -> workers.said(name), said -> count(said, "is at work") == 2);
    int lines = kubectl.does("logs", "talker").split("\n").length;
    kubectl.until(said -> said.split("\n").length > lines + 10, "logs", "talker");
    assertThat(identity(kubectl)).isEqualTo(before);
    assertThat(Files.readAllBytes(certificate)).isNotEqualTo(first);
    for (String client : clients) {
      kubectl.until("3\n"::equals, WebPods.count(client, "web"));
    }
  }

  /** A node whose server is away goes on, and comes back to it. */
  private static void goesOnWithoutTheServer(
      Kubectl kubectl, WorkerMachines workers, List<String> clients) throws Exception {
    String before = identity(kubectl);
    String at = kubectl.field("service/web", "{.spec.clusterIP}");
    workers.kill("server");
    ProcessBuilder ask = new ProcessBuilder("curl", "-s", "-m", "5", "http://" + at + "/");
    Process asked = workers.machines().machine(NEAR).call(ask::start);
    assertThat(new String(asked.getInputStream().readAllBytes(), UTF_8)).startsWith("web-");
    workers.server();
    kubectl.until(said -> count(said, " Ready ") == 2, "get", "nodes");
    kubectl.does("scale", "deployment", "web", "--replicas=2");
    for (String client : clients) {
      kubectl.until("2\n"::equals, WebPods.count(client, "web"));
    }
    assertThat(identity(kubectl)).isEqualTo(before);
  }

  private static void leaves(Kubectl kubectl, WorkerMachines workers) throws Exception {
    String far = WorkerMachines.name(FAR);
    kubectl.does("delete", "pod", "talker");
    kubectl.does("drain", far, "--ignore-daemonsets", "--force");
    assertThat(WebPods.ofPods(kubectl, "web", "{.items[*].spec.nodeName}"))
        .containsOnly(WorkerMachines.name(NEAR));
    workers.stop(far);
    kubectl.does("delete", "node", far);
    assertThat(workers.machines().machine(FAR).links()).containsExactly("lan0", "lo");
    assertThat(kubectl.does("get", "nodes")).doesNotContain(far);
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static void join(WorkerMachines workers, int number) throws Exception {
    String line =
        workers
            .runs(
                "token-" + number,
                "token",
                "create",
                "--node",
                "--data-dir=" + workers.data("server"))
            .strip();
    assertThat(line).startsWith("kuber node --join https://192.168.1.1:6443 --token ");
    String[] words = line.split(" ");
    workers.node(
        number, "--name=" + WorkerMachines.name(number), words[2], words[3], words[4], words[5]);
  }
}
