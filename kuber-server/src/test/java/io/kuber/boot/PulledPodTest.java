package io.kuber.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.json.Json;
import io.kuber.node.TestCluster;
import io.kuber.node.image.TestImage;
import io.kuber.node.image.TestRegistry;
import io.kuber.node.image.layer.TestArchive;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real pods from images that a registry gave: busybox and what a test puts around it. */
@Execution(ExecutionMode.CONCURRENT)
final class PulledPodTest {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  @TempDir static Path directory;
  @RegisterExtension static final NodeBench NODE = new NodeBench(() -> directory);

  private static TestRegistry registry;

  @BeforeAll
  static void startRegistry() {
    assumeTrue(Files.isExecutable(BUSYBOX), "Debian package busybox-static is missing");
    registry = NODE.inside(TestRegistry::new);
    registry.wantToken("puller", "secret");
    registry.push("team/shell", "1", NODE.inside(PulledPodTest::image));
    NODE.cluster().create(Resources.SECRETS, secret());
  }

  @AfterAll
  static void stopRegistry() {
    if (registry != null) {
      registry.close();
    }
  }

  private static TestImage image() throws IOException {
    TestArchive base =
        new TestArchive()
            .as(0755, 0, 0)
            .directory("bin/")
            .file("bin/busybox", Files.readAllBytes(BUSYBOX))
            .directory("etc/")
            .file("etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:1234:1235::/work:/bin/sh\n")
            .directory("secrets/")
            .file("secrets/old", "")
            .file("removed", "");
    for (String tool : List.of("sh", "id", "ls", "cat", "echo", "sleep", "stat", "touch")) {
      base.symbolicLink("bin/" + tool, "/bin/busybox");
    }
    TestArchive top =
        new TestArchive()
            .as(0755, 1234, 1235)
            .directory("work/")
            .file(".wh.removed", "")
            .as(0755, 0, 0)
            .directory("secrets/")
            .file("secrets/.wh..wh..opq", "")
            .file("secrets/new", "");
    return TestImage.of(
        Tree.of(
            "Entrypoint", Items.of("/bin/sh", "-c"),
            "Cmd",
                Items.of(
                    "id -u; id -g; echo $HOME_MADE; ls -d /removed 2>&1; ls /secrets; touch x"),
            "Env", Items.of("HOME_MADE=yes"),
            "User", "app",
            "WorkingDir", "/work"),
        base,
        top);
  }

  private static String secret() {
    byte[] config =
        Json.print(
            Tree.of(
                "auths",
                Tree.of(registry.address(), Tree.of("username", "puller", "password", "secret"))));
    return """
        metadata: {name: pull}
        type: kubernetes.io/dockerconfigjson
        data: {.dockerconfigjson: %s}
        """
        .formatted(Base64.getEncoder().encodeToString(config));
  }

  private static String pod(String name, String further) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s}
        spec:
          restartPolicy: Never
          imagePullSecrets: [{name: pull}]
          containers: [{name: main, image: %s/team/shell:1%s}]
        """
        .formatted(name, registry.address(), further);
  }

  private static List<String> events(String pod) {
    return NODE.cluster().list(Resources.EVENTS).stream()
        .filter(event -> event.tree().text("involvedObject", "name").equals(pod))
        .map(event -> event.tree().text("reason") + ": " + event.tree().text("message"))
        .toList();
  }

  @Test
  void runsAsTheImageSaysAndTellsHowItCame() {
    NODE.run(pod("first", ""));
    assertThat(NODE.awaitOutput("first"))
        .isEqualTo("1234\n1235\nyes\nls: /removed: No such file or directory\nnew\n");
    KubeObject ended = NODE.cluster().pod("first");
    assertThat(NodeBench.phase(ended)).isEqualTo("Succeeded");
    Tree status = ended.status().items("containerStatuses").tree(0);
    assertThat(status.text("imageID")).startsWith(registry.address() + "/team/shell@sha256:");
    String image = registry.address() + "/team/shell:1";
    NodeBench.until(() -> events("first").stream().anyMatch(e -> e.startsWith("Started")));
    assertThat(events("first"))
        .contains("Pulling: Pulling image \"" + image + "\"")
        .anyMatch(
            event ->
                event.matches(
                    "Pulled: Successfully pulled image \""
                        + image
                        + "\" in [0-9.ms]+ \\([0-9.ms]+ including waiting\\)\\."
                        + " Image size: [0-9]+ bytes\\."));

    NODE.run(pod("second", ", args: [\"ls /bin/busybox\"]"));
    assertThat(NODE.awaitOutput("second")).isEqualTo("/bin/busybox\n");
    NodeBench.until(
        () ->
            events("second")
                .contains(
                    "Pulled: Container image \""
                        + image
                        + "\" already present on machine and can be accessed by the pod"));
    NodeBench.until(() -> nodeHas(image));
  }

  private static boolean nodeHas(String image) {
    return NODE.cluster().find(Resources.NODES, NodeBench.NODE).stream()
        .flatMap(node -> node.status().items("images").trees().stream())
        .anyMatch(each -> each.items("names").texts().contains(image));
  }

  @Test
  void waitsWithReasonForWhatItMayNotPull() {
    KubeObject open = KubeObject.of(TestCluster.parse(pod("denied", ", imagePullPolicy: Always")));
    NODE.run(
        new String(Json.print(open.with(Items.EMPTY, "spec", "imagePullSecrets").tree()), UTF_8));
    KubeObject waiting =
        NODE.awaitPod("denied", pod -> waiting(pod, "reason").equals("ImagePullBackOff"));
    assertThat(waiting(waiting, "message"))
        .startsWith("Back-off pulling image \"" + registry.address() + "/team/shell:1\": ")
        .contains("ErrImagePull: failed to pull and unpack image")
        .contains("pull access denied, repository does not exist or may require authorization");
    NodeBench.until(() -> events("denied").contains("Failed: Error: ImagePullBackOff"));
    assertThat(events("denied"))
        .contains("Failed: Error: ErrImagePull")
        .anyMatch(event -> event.startsWith("Failed: Failed to pull image \""));
    NODE.delete("denied");
  }

  private static String waiting(KubeObject pod, String field) {
    List<Tree> statuses = pod.status().items("containerStatuses").trees();
    return statuses.isEmpty() ? "" : statuses.get(0).text("state", "waiting", field);
  }
}
