package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.node.image.TestImage;
import io.kuber.node.image.TestRegistry;
import io.kuber.node.image.layer.TestArchive;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the books show of images, with a registry that wants a password, typed into kubectl. */
final class KubectlImagesTest {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, "images-test");

  private static TestRegistry registry;

  @BeforeAll
  static void startRegistry() throws IOException {
    assumeTrue(Files.isExecutable(BUSYBOX), "Debian package busybox-static is missing");
    registry = CLUSTER.inside(TestRegistry::new);
    registry.wantBasic("reader", "secret");
    registry.push("team/shell", "1", shell());
    registry.push("team/bare", "1", bare());
  }

  @AfterAll
  static void stopRegistry() {
    if (registry != null) {
      registry.close();
    }
  }

  private static TestImage shell() throws IOException {
    TestArchive base =
        new TestArchive()
            .as(0755, 0, 0)
            .directory("bin/")
            .file("bin/busybox", Files.readAllBytes(BUSYBOX))
            .symbolicLink("bin/sh", "busybox")
            .directory("etc/")
            .file("etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:1234:1235::/work:/bin/sh\n")
            .file("etc/issue", "below\n")
            .file("etc/removed", "below\n");
    TestArchive top =
        new TestArchive()
            .as(0755, 1234, 1235)
            .directory("work/")
            .as(0644, 0, 0)
            .file("etc/.wh.removed", "")
            .file("etc/issue", "above\n");
    return TestImage.of(
        Tree.of(
            "Entrypoint", Items.of("/bin/sh", "-c", "echo \"$0 $@\"; /bin/busybox sleep 1000"),
            "Cmd", Items.of("as", "the", "image", "says"),
            "Env", Items.of("GREETING=hello"),
            "User", "app",
            "WorkingDir", "/work"),
        base,
        top);
  }

  /** An image with one program and nothing else. */
  private static TestImage bare() throws IOException {
    return TestImage.of(
        Tree.of("Cmd", Items.of("/sleep", "1000")),
        new TestArchive().as(0755, 0, 0).file("sleep", Files.readAllBytes(BUSYBOX)));
  }

  private static String pod(String name, String image, String further) {
    return PodText.of(
        name,
        "imagePullSecrets: [{name: my-image-pull-secret}]\ncontainers: [{name: c, image: '%s/%s'%s}]"
            .formatted(registry.address(), image, further));
  }

  private static void login(Kubectl kubectl) throws Exception {
    kubectl.does(
        "create",
        "secret",
        "docker-registry",
        "my-image-pull-secret",
        "--docker-server=" + registry.address(),
        "--docker-username=reader",
        "--docker-password=secret",
        "--docker-email=reader@example.com");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void pullsWithTheSecretOnceItIsThere(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(pod("private", "team/shell:1", ", imagePullPolicy: Always"));
    kubectl.until(pods -> pods.contains("ImagePullBackOff"), "get", "pods");
    assertThat(kubectl.does("describe", "pod", "private"))
        .contains("Error: ErrImagePull", "pull access denied");
    login(kubectl);
    assertThat(kubectl.does("get", "secret", "my-image-pull-secret"))
        .contains("kubernetes.io/dockerconfigjson");
    kubectl.awaits("Ready", "pod/private");
    kubectl.until(text -> text.contains("Successfully pulled image"), "describe", "pod", "private");
    assertThat(kubectl.field("pod/private", "{.status.containerStatuses[0].imageID}"))
        .startsWith(registry.address() + "/team/shell@sha256:");
    kubectl.applies(pod("unknown", "team/shell:2", ""));
    kubectl.until(
        text -> text.contains(registry.address() + "/team/shell:2: not found"),
        "describe",
        "pod",
        "unknown");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void startsAsTheImageSaysUnlessThePodSaysOtherwise(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    login(kubectl);
    kubectl.applies(
        pod("plain", "team/shell:1", "")
            + pod("other-args", "team/shell:1", ", args: [and, more]")
            + pod("other-command", "team/shell:1", ", command: [/bin/busybox, sleep, '999']")
            + pod("bare", "team/bare:1", ""));
    for (String name : List.of("plain", "other-args", "other-command", "bare")) {
      kubectl.awaits("Ready", "pod/" + name);
    }
    kubectl.until("as the image says\n"::equals, "logs", "plain");
    kubectl.until("and more\n"::equals, "logs", "other-args");
    String[] cmdline = {"exec", "other-command", "--", "/bin/busybox", "cat", "/proc/1/cmdline"};
    assertThat(kubectl.does(cmdline)).isEqualTo("/bin/busybox\0sleep\000999\0");
    assertThat(
            kubectl.does(
                "exec",
                "plain",
                "--",
                "sh",
                "-c",
                "b=/bin/busybox; $b id -u; $b pwd; echo $GREETING; $b cat /etc/issue; $b ls /etc;"
                    + " $b grep -c overlay /proc/mounts"))
        .startsWith("1234\n/work\nhello\nabove\n")
        .doesNotContain("removed")
        .endsWith("\n1\n");
    assertThat(kubectl.failsWith("", "exec", "bare", "--", "sh"))
        .contains("\"sh\": executable file not found in $PATH");
  }
}
