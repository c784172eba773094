package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.Kubectl.Outcome;
import io.kuber.cli.Kubectl.Running;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.TestClusterOptions;
import io.kuber.testkit.chaos.Fault;
import io.kuber.testkit.chaos.Injection;
import io.kuber.testkit.chaos.Requests;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.script.PodScript;
import io.kuber.testkit.node.stage.Match;
import io.kuber.testkit.webhook.Verdict;
import io.kuber.testkit.webhook.Writes;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** kubectl at the port of a test's cluster: what it sees of ports, webhooks and faults. */
final class KubectlTestClusterTest {
  @TempDir private Path directory;

  private Kubectl kubectl(Path program, TestCluster cluster) throws Exception {
    return new Kubectl(program, cluster.kubeconfig(), directory, "default");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void reachesAScriptThroughAPort(Path program) throws Exception {
    TestClusterOptions options =
        TestClusterOptions.DEFAULT
            .withNodes(NodeSettings.of(1))
            .with(
                PodScript.of(Match.label("run", "echo"))
                    .listening(7, call -> call.input().transferTo(call.output())));
    try (TestCluster cluster = TestCluster.start(options)) {
      Kubectl kubectl = kubectl(program, cluster);
      kubectl.does("run", "echo", "--image=some");
      kubectl.awaits("ready", "pod/echo");
      try (Running forward = kubectl.begins("port-forward", "pod/echo", ":7")) {
        Pattern line = Pattern.compile("127\\.0\\.0\\.1:(\\d+) ->");
        Matcher port = line.matcher(forward.until(output -> line.matcher(output).find()));
        assertThat(port.find()).isTrue();
        try (Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))) {
          socket.getOutputStream().write("hello".getBytes(UTF_8));
          assertThat(new String(socket.getInputStream().readNBytes(5), UTF_8)).isEqualTo("hello");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void readsWhatWebhooksSay(Path program) throws Exception {
    try (TestCluster cluster = TestCluster.start()) {
      Kubectl kubectl = kubectl(program, cluster);
      cluster
          .webhooks()
          .overHttps()
          .validate(
              "names",
              Writes.create("configmaps"),
              review ->
                  review.object().name().equals("bad")
                      ? Verdict.deny("that is no name")
                      : Verdict.allow().warning("names matter"));
      assertThat(kubectl.failsWith("", "create", "configmap", "bad"))
          .isEqualTo(
              kubectl.wording(
                      "Error from server (Forbidden): ", "error: failed to create configmap: ")
                  + "admission webhook \"names.webhooks.kuber.io\" denied the request:"
                  + " that is no name\n");
      Outcome created = kubectl.tryWith("", "create", "configmap", "good");
      assertThat(created.out()).isEqualTo("configmap/good created\n");
      assertThat(created.err()).isEqualTo("Warning: names matter\n");
      assertThat(kubectl.does("get", "validatingwebhookconfigurations")).contains("names");
    }
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void losesTheAnswerToAWriteThatHappened(Path program) throws Exception {
    try (TestCluster cluster = TestCluster.start()) {
      Kubectl kubectl = kubectl(program, cluster);
      Injection lost =
          cluster
              .faults()
              .when(Requests.create("configmaps").by("kubectl"))
              .once()
              .then(Fault.dropped().afterTheWrite());
      assertThat(kubectl.failsWith("", "create", "configmap", "a"))
          .contains("stream error", kubectl.wording("; CANCEL", "; CANCEL; received from peer"));
      assertThat(lost.hits()).isEqualTo(1);
      assertThat(kubectl.failsWith("", "create", "configmap", "a")).contains("already exists");
    }
  }
}
