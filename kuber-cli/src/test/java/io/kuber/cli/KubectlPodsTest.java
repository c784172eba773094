package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books' chapters on pods, typed into kubectl, with pods that really run. */
final class KubectlPodsTest {
  private static final String NODE = "pods-test";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, NODE);

  private static String restarts(Kubectl kubectl, String pod) throws Exception {
    return kubectl.field("pod/" + pod, "{.status.containerStatuses[0].restartCount}");
  }

  /** Processes of the machine with this word among their arguments. */
  private static String processesWith(String word) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(word))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void sharesNetworkAndNamesButNotFiles(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String web = "{name: web, image: kuber.io/kuard, ports: [{containerPort: 8080, name: http}]}";
    kubectl.applies(
        PodText.of("pair", "containers: [" + web + ", " + PodText.sleeper("side", "") + "]")
            + PodText.of(
                "clash", "restartPolicy: Never\ncontainers: [" + web + ", " + named(web) + "]")
            + PodText.sleeping("other"));
    kubectl.awaits("Ready", "pod/pair");
    kubectl.awaits("Ready", "pod/other");
    assertThat(kubectl.field("pod/pair", "{.spec.nodeName}")).isEqualTo(NODE);
    kubectl.until(
        "ok"::equals, "exec", "pair", "-c", "side", "--", "curl", "-s", "localhost:8080/healthy");
    assertThat(kubectl.shell("pair", "web", "hostname")).isEqualTo("pair");
    assertThat(kubectl.shell("pair", "side", "hostname; uname -r"))
        .isEqualTo("pair\n" + System.getProperty("os.version"));
    kubectl.shell("pair", "web", "ipcmk -Q; touch /tmp/mine");
    String queues = "tail -n +2 /proc/sysvipc/msg | wc -l";
    assertThat(kubectl.shell("pair", "side", queues)).isEqualTo("1");
    assertThat(kubectl.shell("other", "main", queues)).isEqualTo("0");
    assertThat(kubectl.shell("pair", "side", "ls /tmp")).isEmpty();
    assertThat(kubectl.shell("other", "main", "hostname; ps -e -o comm=").lines())
        .containsExactlyInAnyOrder("other", "ps", "sh", "sleep");
    assertThat(kubectl.field("pod/other", "{.status.podIP}"))
        .isNotEqualTo(kubectl.field("pod/pair", "{.status.podIP}"));
    kubectl.until(
        log -> log.contains("Address already in use"), "logs", "clash", "--all-containers");
  }

  private static String named(String container) {
    return container.replace("name: web", "name: second").replace("http", "also");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void tellsAllAboutPods(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("run", "kuard", "--image=kuber.io/kuard:blue", "--port=8080"))
        .isEqualTo("pod/kuard created\n");
    kubectl.awaits("Ready", "pod/kuard");
    assertThat(kubectl.does("get", "pods"))
        .matches("NAME +READY +STATUS +RESTARTS +AGE\nkuard +1/1 +Running +0 +\\d+s\n");
    assertThat(kubectl.does("get", "pods", "-o", "wide"))
        .containsPattern("IP +NODE +NOMINATED NODE +READINESS GATES\n")
        .containsPattern("10\\.244\\.\\S+ +" + NODE + " +<none> +<none>");
    kubectl.until(text -> text.contains("Container started"), "describe", "pods", "kuard");
    assertThat(kubectl.does("describe", "pods", "kuard"))
        .containsPattern("Node: +" + NODE + "/\\d+")
        .containsPattern("Labels: +run=kuard\n")
        .containsPattern("Status: +Running\nIP: +10\\.244\\.")
        .containsPattern("Image: +kuber.io/kuard:blue\n +Image ID: +kuber.io/kuard@sha256:\\w{64}")
        .containsPattern("Port: +8080/TCP\n")
        .containsPattern("State: +Running\n +Started: .*\n +Ready: +True\n +Restart Count: +0\n")
        .containsPattern("/var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-\\w+")
        .containsPattern("Ready +True")
        .containsPattern("QoS Class: +BestEffort\n")
        .containsPattern("Normal +Scheduled .*Successfully assigned \\S+/kuard to " + NODE)
        .containsPattern(
            "Normal +Pulled +\\S+.* +kubelet.* Container image \"kuber.io/kuard:blue\"")
        .containsPattern("Normal +Created .* +kubelet")
        .containsPattern("Normal +Started .* +kubelet");
    assertThat(kubectl.does("get", "events")).contains("Scheduled", "Pulled", "Created", "Started");
    assertThat(kubectl.does("delete", "pods/kuard")).startsWith("pod \"kuard\" deleted");
    assertThat(kubectl.failsWith("", "get", "pod", "kuard")).contains("pods \"kuard\" not found");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void startsContainersAgainAsTheirPolicySays(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String run =
        "trap \"echo bye; exit 3\" TERM; echo run | tee -a /kept/runs >> /own; echo up;"
            + " while true; do sleep 0.05; done";
    String mount = ", volumeMounts: [{name: kept, mountPath: /kept}]";
    kubectl.applies(
        PodText.of(
                "worker",
                "containers: [%s]\nvolumes: [{name: kept, emptyDir: {}}]"
                    .formatted(PodText.script("main", run, mount)))
            + ending("always", "Always", 0)
            + ending("done", "OnFailure", 0)
            + ending("failing", "OnFailure", 1)
            + ending("failed", "Never", 1));
    kubectl.until("up\n"::equals, "logs", "worker");
    // Whether its own end is heard of before that of the container is left to chance.
    kubectl.tryWith("", "exec", "worker", "--", "sh", "-c", "kill 1");
    kubectl.until("bye\n"::equals, "logs", "worker", "--previous", "--tail=1");
    kubectl.until("up\n"::equals, "logs", "worker");
    assertThat(kubectl.shell("worker", "main", "wc -l < /kept/runs; wc -l < /own"))
        .isEqualTo("2\n1");
    assertThat(restarts(kubectl, "worker")).isEqualTo("1");
    assertThat(kubectl.does("describe", "pod", "worker"))
        .containsPattern("Last State: +Terminated\n +Reason: +Error\n +Exit Code: +3\n");
    String pods =
        kubectl.until(
            table ->
                table.matches("(?s).*always .* [1-9].*")
                    && table.matches("(?s).*failing +0/1 +CrashLoopBackOff .*"),
            "get",
            "pods");
    assertThat(pods)
        .containsPattern("\ndone +0/1 +Completed +0 ")
        .containsPattern("\nfailed +0/1 +Error +0 ");
    assertThat(kubectl.field("pod/done", "{.status.phase}")).isEqualTo("Succeeded");
    assertThat(kubectl.field("pod/failed", "{.status.phase}")).isEqualTo("Failed");
    kubectl.until(
        text -> text.matches("(?s).*BackOff .*Back-off restarting failed container.*"),
        "describe",
        "pod",
        "failing");
  }

  private static String ending(String name, String policy, int code) {
    return PodText.of(
        name,
        "restartPolicy: %s\ncontainers: [%s]"
            .formatted(policy, PodText.script("main", "exit " + code, "")));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void givesPodsTheTimeToEnd(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Path host = Files.createDirectory(kubectl.directory().resolve("host"));
    String ends =
        "trap \"until [ -e /host/leave ]; do sleep 0.05; done; touch /host/left; exit 0\" TERM;"
            + " while true; do sleep 0.05; done";
    String further =
        ", lifecycle: {preStop: {exec: {command: [touch, /host/before]}}},"
            + " volumeMounts: [{name: host, mountPath: /host}]";
    String deaf = "trap \"\" TERM; while true; do sleep 1; done; echo deaf" + host.hashCode();
    kubectl.applies(
        PodText.graceful(
                "polite",
                60,
                "containers: [%s]\nvolumes: [{name: host, hostPath: {path: %s}}]"
                    .formatted(PodText.script("main", ends, further), host))
            + PodText.graceful("deaf", 1, "containers: [" + PodText.script("c", deaf, "") + "]")
            + PodText.graceful("held", 30, "containers: [" + PodText.script("c", deaf, "") + "]"));
    for (String pod : new String[] {"polite", "deaf", "held"}) {
      kubectl.awaits("Ready", "pod/" + pod);
    }
    kubectl.does("expose", "pod", "polite", "--port=80");
    kubectl.until(row -> row.contains("10.244."), "get", "endpoints", "polite");
    kubectl.does("delete", "pod", "polite", "--wait=false");
    kubectl.until(row -> row.contains("<none>"), "get", "endpoints", "polite");
    assertThat(kubectl.does("get", "pod", "polite")).contains("1/1", "Terminating");
    assertThat(kubectl.field("pod/polite", "{.metadata.deletionGracePeriodSeconds}"))
        .isEqualTo("60");
    Files.createFile(host.resolve("leave"));
    kubectl.until(pods -> !pods.contains("polite"), "get", "pods", "-o", "name");
    assertThat(host.resolve("before")).exists();
    assertThat(host.resolve("left")).exists();
    kubectl.does("delete", "pod", "deaf");
    assertThat(processesWith("deaf" + host.hashCode())).isNotEmpty();
    assertThat(kubectl.does("delete", "pod", "held", "--grace-period=0", "--force"))
        .contains("force deleted");
    assertThat(kubectl.failsWith("", "get", "pod", "held")).contains("not found");
    Eventually.seen(() -> processesWith("deaf" + host.hashCode()), String::isEmpty);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void runsInitContainersInTheirOrder(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Path host = Files.createDirectory(kubectl.directory().resolve("host"));
    String mounts =
        ", volumeMounts: [{name: work, mountPath: /notes}, {name: host, mountPath: /host}]";
    String first = "until [ -e /host/go ]; do sleep 0.05; done; echo first >> /notes/log";
    String second = "echo second >> /notes/log; [ $(wc -l < /notes/log) = 3 ]";
    kubectl.applies(
        PodText.of(
            "site",
            """
            initContainers:
            - %s
            - %s
            - %s
            containers:
            - %s
            volumes: [{name: work, emptyDir: {}}, {name: host, hostPath: {path: %s}}]
            """
                .formatted(
                    PodText.script("first", first, mounts),
                    PodText.script("second", second, mounts),
                    PodText.sleeper("sidecar", ", restartPolicy: Always"),
                    PodText.sleeper("main", ", volumeMounts: [{name: work, mountPath: /srv/it}]"),
                    host)));
    kubectl.until(row -> row.matches("site +0/2 +Init:0/3 .*\n"), "get", "pods", "--no-headers");
    Files.createFile(host.resolve("go"));
    kubectl.awaits("Ready", "pod/site");
    assertThat(kubectl.shell("site", "main", "cat /srv/it/log")).isEqualTo("first\nsecond\nsecond");
    assertThat(kubectl.field("pod/site", "{.status.initContainerStatuses[*].restartCount}"))
        .isEqualTo("0 1 0");
    assertThat(kubectl.does("get", "pods", "--no-headers")).containsPattern("site +2/2 +Running");
  }
}
