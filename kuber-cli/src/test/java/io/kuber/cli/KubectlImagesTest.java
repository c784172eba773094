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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the books show of images, with a registry that wants a password, and of pods that cannot
 * run, typed into kubectl.
 */
final class KubectlImagesTest {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  /** What {@code kubectl get pods} says of pods that cannot run, and their events why. */
  private static final List<String> OBSTACLES =
      List.of(
          "elsewhere +0/1 +ImagePullBackOff ",
          "misnamed +0/1 +InvalidImageName ",
          "lacking +0/1 +CreateContainerConfigError ",
          "empty +0/1 +(RunContainerError|CrashLoopBackOff) ",
          "huge +0/1 +Pending ");

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

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void saysWhyPodsDoNotRun(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String env = ", env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: color}}}]";
    kubectl.applies(
        PodText.of("elsewhere", "containers: [{name: c, image: '127.0.0.1:1/nowhere:1'}]")
            + PodText.of("misnamed", "containers: [{name: c, image: '${DOCKER_ID}/server'}]")
            + PodText.of("lacking", "containers: [" + PodText.sleeper("c", env) + "]")
            + PodText.of("empty", "containers: [{name: c, image: kuber.io/host, command: [/no]}]")
            + PodText.of(
                "huge",
                "containers: [%s]"
                    .formatted(PodText.sleeper("c", ", resources: {requests: {cpu: 4000}}"))));
    kubectl.until(
        pods -> OBSTACLES.stream().allMatch(row -> Pattern.compile(row).matcher(pods).find()),
        "get",
        "pods");
    assertThat(kubectl.does("describe", "pod", "elsewhere"))
        .containsPattern("Failed .*Failed to pull image \"127.0.0.1:1/nowhere:1\"")
        .contains("Error: ErrImagePull", "Back-off pulling image \"127.0.0.1:1/nowhere:1\"");
    assertThat(kubectl.does("describe", "pod", "misnamed")).contains("InspectFailed");
    assertThat(kubectl.does("describe", "pod", "lacking"))
        .contains("configmap \"settings\" not found");
    assertThat(kubectl.does("describe", "pod", "empty")).contains("exec", "/no");
    assertThat(kubectl.does("describe", "pod", "huge"))
        .containsPattern("FailedScheduling .* 0/1 nodes are available: 1 Insufficient cpu");
    kubectl.does("create", "configmap", "settings", "--from-literal=color=red");
    kubectl.awaits("Ready", "pod/lacking");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void takesAnotherImageInPlaceAndNothingElse(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String pod = PodText.sleeping("fixed").replace("kuber.io/host", "kuber.io/host:1");
    kubectl.applies(pod);
    kubectl.awaits("Ready", "pod/fixed");
    String uid = kubectl.field("pod/fixed", "{.metadata.uid}");
    kubectl.applies(pod.replace("host:1", "host:2"));
    kubectl.awaitsField(
        "pod/fixed",
        "{.status.containerStatuses[0].restartCount}"
            + " {.status.containerStatuses[0].image} {.status.containerStatuses[0].ready}",
        "1 kuber.io/host:2 true"::equals);
    assertThat(kubectl.field("pod/fixed", "{.metadata.uid}")).isEqualTo(uid);
    String other = pod.replace("command: [sleep, '1000']", "command: [sleep, '999']");
    assertThat(kubectl.failsWith(other, "apply", "-f", "-"))
        .contains("Forbidden: pod updates may not change fields other than");
  }
}
