package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.cli.Kubectl.Running;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of a first hour with Kubernetes, typed into unmodified kubectl programs against a
 * cluster with a real node. Every test has a namespace of its own.
 */
final class KubectlTest {
  private static final String NODE = "kubectl-test";
  private static final String SLEEPER =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
            - {name: main, image: kuber.io/host, command: [sleep, "1000"]}
      """;
  private static final String COUNTER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: counter, labels: {app: counter}}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - name: main
          image: kuber.io/host
          command: [sh, -c, 'i=0; while true; do echo line $i; i=$((i+1)); sleep 0.2; done']
      """;

  /** Ready once it listens: a running container's program may still be starting. */
  private static final String KUARD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: kuard}
      spec:
        containers:
        - name: main
          image: kuber.io/kuard
          readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 1}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, NODE);

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void appliesAndGetsADeployment(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.doesWith(SLEEPER, "apply", "-f", "-"))
        .isEqualTo("deployment.apps/web created\n");
    assertThat(kubectl.does("rollout", "status", "deploy/web")).contains("successfully rolled out");
    assertThat(kubectl.doesWith(SLEEPER, "apply", "-f", "-"))
        .isEqualTo("deployment.apps/web unchanged\n");
    assertThat(kubectl.doesWith(SLEEPER.replace("replicas: 2", "replicas: 3"), "apply", "-f", "-"))
        .isEqualTo("deployment.apps/web configured\n");
    kubectl.until(deployments -> deployments.contains("3/3"), "get", "deploy");
    assertThat(kubectl.does("get", "all"))
        .contains("pod/web-", "deployment.apps/web", "replicaset.apps/web-");
    assertThat(kubectl.does("get", "pods", "-o", "wide")).contains("10.244.0.", "Running", NODE);
    assertThat(kubectl.does("get", "deploy", "web", "-o", "yaml"))
        .contains("kind: Deployment", "readyReplicas: 3");
    assertThat(kubectl.does("get", "deploy", "web", "-o", "jsonpath={.spec.replicas}"))
        .isEqualTo("3");
    assertThat(kubectl.doesWith(SLEEPER, "delete", "-f", "-")).contains("\"web\" deleted");
    kubectl.until(String::isEmpty, "get", "pods,rs");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void scalesRollsOutAndRollsBack(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(SLEEPER, "apply", "-f", "-");
    assertThat(kubectl.does("scale", "deploy", "web", "--replicas=1")).contains("scaled");
    kubectl.until(deployments -> deployments.contains("1/1"), "get", "deploy");
    kubectl.does("set", "env", "deploy/web", "COLOR=green");
    kubectl.does("rollout", "status", "deploy/web");
    assertThat(kubectl.does("rollout", "history", "deploy/web")).contains("\n1 ", "\n2 ");
    assertThat(kubectl.does("rollout", "undo", "deploy/web")).contains("rolled back");
    kubectl.does("rollout", "status", "deploy/web");
    assertThat(kubectl.does("get", "deploy", "web", "-o", "yaml")).doesNotContain("COLOR");
    assertThat(kubectl.does("rollout", "restart", "deploy/web")).contains("restarted");
    kubectl.does("rollout", "status", "deploy/web");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void describesWhatRuns(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(SLEEPER, "apply", "-f", "-");
    assertThat(kubectl.does("expose", "deploy", "web", "--port=80")).contains("web exposed");
    kubectl.awaits("available", "deploy/web");
    kubectl.until(pods -> pods.contains("Started"), "describe", "pods");
    assertThat(kubectl.does("describe", "pods")).contains("Status:", "Running", "Scheduled");
    assertThat(kubectl.does("describe", "deploy", "web")).contains("2 available");
    assertThat(kubectl.does("describe", "rs")).contains("Controlled By:", "Deployment/web");
    kubectl.until(service -> service.contains("10.244.0."), "describe", "svc", "web");
    assertThat(kubectl.does("describe", "node")).contains(NODE, "Ready", "Allocated resources");
    assertThat(kubectl.does("describe", "ns", "default")).contains("Active");
    kubectl.until(events -> events.contains("ScalingReplicaSet"), "get", "events");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void labelsAnnotatesAndPatches(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "configmap", "it", "--from-literal=a=b");
    kubectl.does("label", "cm", "it", "color=red");
    assertThat(kubectl.failsWith("", "label", "cm", "it", "color=blue")).contains("--overwrite");
    kubectl.does("label", "--overwrite", "cm", "it", "color=blue");
    kubectl.does("annotate", "cm", "it", "note=hello");
    kubectl.does("patch", "cm", "it", "-p", "{\"data\":{\"strategic\":\"1\"}}");
    kubectl.does("patch", "cm", "it", "--type=merge", "-p", "{\"data\":{\"a\":null}}");
    String add = "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"2\"}]";
    kubectl.does("patch", "cm", "it", "--type=json", "-p", add);
    assertThat(kubectl.does("get", "cm", "-l", "color=blue", "-o", "yaml"))
        .contains("note: hello", "strategic: \"1\"", "json: \"2\"")
        .doesNotContain("a: b");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void followsALog(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(COUNTER, "apply", "-f", "-");
    kubectl.awaits("ready", "pod/counter");
    try (Running log = kubectl.begins("logs", "-f", "counter")) {
      assertThat(log.until(lines -> lines.contains("line 5"))).startsWith("line 0\nline 1\n");
    }
    assertThat(kubectl.does("logs", "counter", "--tail=1").lines()).hasSize(1);
    assertThat(kubectl.does("logs", "-l", "app=counter", "--tail=2").lines()).hasSize(2);
    assertThat(kubectl.failsWith("", "logs", "counter", "--previous")).contains("not found");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void executesCommandsAndCopiesFiles(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(COUNTER, "apply", "-f", "-");
    kubectl.awaits("ready", "pod/counter");
    assertThat(kubectl.does("exec", "counter", "--", "hostname")).isEqualTo("counter\n");
    assertThat(kubectl.tryWith("", "exec", "counter", "--", "sh", "-c", "exit 3").code())
        .isEqualTo(3);
    assertThat(kubectl.doesWith("typed", "exec", "-i", "counter", "--", "cat")).isEqualTo("typed");
    Path file = Files.writeString(kubectl.directory().resolve("there"), "and back\n");
    kubectl.does("cp", "there", "counter:/tmp/there");
    kubectl.does("cp", "counter:/tmp/there", "back");
    assertThat(kubectl.directory().resolve("back")).hasSameTextualContentAs(file);
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script(1) to make a terminal");
    assertThat(kubectl.onTerminal("exec -it counter -- tty").out()).contains("/dev/pts/");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void forwardsAPort(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(KUARD, "apply", "-f", "-");
    kubectl.awaits("ready", "pod/kuard");
    try (Running forward = kubectl.begins("port-forward", "pod/kuard", ":8080")) {
      Pattern line = Pattern.compile("127\\.0\\.0\\.1:(\\d+) ->");
      Matcher port = line.matcher(forward.until(output -> line.matcher(output).find()));
      assertThat(port.find()).isTrue();
      URI page = URI.create("http://127.0.0.1:" + port.group(1) + "/env/api");
      assertThat(
              CLUSTER.inside(
                  () ->
                      HttpClient.newHttpClient()
                          .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                          .body()))
          .contains("KUBERNETES_SERVICE_HOST");
    }
    kubectl.does("delete", "pod", "kuard", "--grace-period=0", "--force");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void runsAPodToItsEndAndWatchesIt(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    try (Running watch = kubectl.begins("get", "pods", "-w")) {
      kubectl.does(
          "run", "once", "--image=kuber.io/host", "--restart=Never", "--command", "--", "date");
      watch.until(lines -> lines.contains("Completed"));
    }
    assertThat(kubectl.does("delete", "pod", "once", "--grace-period=0", "--force"))
        .contains("force deleted");
    kubectl.does("create", "secret", "generic", "key", "--from-literal=a=b");
    assertThat(kubectl.does("get", "secret", "key", "-o", "jsonpath={.data.a}")).isEqualTo("Yg==");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void namesTheFieldThatIsWrong(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String noImage = COUNTER.replace("image: kuber.io/host", "imagePullPolicy: Sometimes");
    assertThat(kubectl.failsWith(noImage, "apply", "-f", "-"))
        .contains("spec.containers[0].image: Required value")
        .contains("spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\"");
    assertThat(kubectl.failsWith(SLEEPER.replace("replicas", "replicaz"), "apply", "-f", "-"))
        .contains("replicaz");
    assertThat(
            kubectl.failsWith(
                SLEEPER.replace("{app: web}}\n  t", "{a: b}}\n  t"), "apply", "-f", "-"))
        .contains("spec.template.metadata.labels", "`selector` does not match");
    String noKind = SLEEPER.replace("kind: Deployment", "kind: Deploymen");
    assertThat(kubectl.failsWith(noKind, "apply", "-f", "-"))
        .contains("no matches for kind \"Deploymen\"");
    assertThat(kubectl.failsWith("", "get", "pod", "nobody")).contains("pods \"nobody\" not found");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void appliesOnTheServerAndTellsConflicts(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String map =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {color: %s}
        """;
    String blue = map.formatted("blue");
    assertThat(kubectl.doesWith(blue, "apply", "--server-side", "-f", "-"))
        .isEqualTo("configmap/settings serverside-applied\n");
    assertThat(kubectl.does("get", "cm", "settings", "-o", "jsonpath={.metadata.managedFields}"))
        .contains("\"manager\":\"kubectl\"", "\"operation\":\"Apply\"", "\"f:color\":{}");
    String before = kubectl.does("get", "cm", "settings", "-o", "yaml");
    kubectl.doesWith(blue, "apply", "--server-side", "-f", "-");
    assertThat(kubectl.does("get", "cm", "settings", "-o", "yaml")).isEqualTo(before);
    kubectl.does("patch", "cm", "settings", "-p", "{\"data\":{\"color\":\"red\"}}");
    assertThat(kubectl.failsWith(blue, "apply", "--server-side", "-f", "-"))
        .contains("Apply failed with 1 conflict: conflict with \"kubectl-patch\"")
        .contains(".data.color");
    kubectl.doesWith(blue, "apply", "--server-side", "--force-conflicts", "-f", "-");
    assertThat(kubectl.does("get", "cm", "settings", "-o", "jsonpath={.data.color}"))
        .isEqualTo("blue");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void explainsFieldsAndListsKinds(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("explain", "pod.spec.containers.image")).contains("image <string>");
    assertThat(kubectl.does("api-resources")).contains("deployments", "pods");
    assertThat(kubectl.does("version")).contains("+kuber");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void showsWhatRunningPodsUse(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(COUNTER, "apply", "-f", "-");
    kubectl.until(table -> table.contains("counter"), "top", "pods");
    assertThat(kubectl.does("top", "pod", "counter", "--containers"))
        .containsPattern("counter +main +\\d+m +\\d+Mi");
    assertThat(kubectl.does("top", "nodes")).containsPattern(NODE + " +\\d+m +\\d+%");
    String endpoint = "/api/v1/nodes/" + NODE + "/proxy";
    assertThat(kubectl.does("get", "--raw", endpoint + "/stats/summary"))
        .contains("\"nodeName\":\"" + NODE + "\"", "\"name\":\"counter\"");
    assertThat(kubectl.does("get", "--raw", endpoint + "/metrics/resource"))
        .contains("container_memory_working_set_bytes{container=\"main\"");
    assertThat(kubectl.does("describe", "node", NODE))
        .contains("MemoryPressure", "Allocatable:", "Allocated resources:");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsPodsFromACordonedNode(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("cordon", NODE);
    try {
      assertThat(kubectl.does("get", "nodes")).contains("Ready,SchedulingDisabled");
      kubectl.doesWith(COUNTER, "apply", "-f", "-");
      kubectl.until(events -> events.contains("FailedScheduling"), "get", "events");
    } finally {
      kubectl.does("uncordon", NODE);
    }
    kubectl.awaits("ready", "pod/counter");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void tellsWhoMayDoWhat(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("auth", "can-i", "create", "pods")).isEqualTo("yes\n");
    assertThat(kubectl.tryWith("", "auth", "can-i", "create", "pods", "--as=bob").out())
        .startsWith("no");
    assertThat(kubectl.failsWith("", "get", "pods", "--as=bob"))
        .contains("User \"bob\" cannot list resource \"pods\"");
    assertThat(kubectl.does("get", "ns", "--as=bob", "--as-group=system:masters"))
        .contains("default");
  }
}
