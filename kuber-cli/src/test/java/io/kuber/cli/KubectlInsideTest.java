package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.cli.Kubectl.Outcome;
import io.kuber.cli.Kubectl.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the books that look into pods: logs, exec, attach, cp, port-forward, debug. */
final class KubectlInsideTest {
  private static final Pattern FORWARDED = Pattern.compile("127\\.0\\.0\\.1:(\\d+) -> 8080");

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, "inside-test");

  private static String pair() {
    String talks = "echo out; echo err >&2; while read line; do echo got $line; done; sleep 1000";
    return PodText.of(
        "pair",
        "containers: [%s, %s]"
            .formatted(
                PodText.script("talker", talks, ", stdin: true, stdinOnce: true"),
                PodText.sleeper("other", ", tty: true, stdin: true")));
  }

  private static Kubectl withPair(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(pair());
    kubectl.awaits("Ready", "pod/pair");
    return kubectl;
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void readsLogs(Path program) throws Exception {
    Kubectl kubectl = withPair(program);
    kubectl.until(
        log -> log.lines().sorted().toList().equals(List.of("err", "out")),
        "logs",
        "pair",
        "-c",
        "talker");
    assertThat(kubectl.tryWith("", "logs", "pair").err())
        .contains(
            kubectl.wording(
                "a container name must be specified for pod pair, choose one of: [talker other]",
                "Defaulted container \"talker\" out of: talker, other"));
    assertThat(kubectl.does("logs", "pair", "--all-containers", "--prefix"))
        .contains("[pod/pair/talker] out\n");
    assertThat(kubectl.does("logs", "pair", "-c", "talker", "--timestamps", "--tail=1"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z (err|out)\n");
    assertThat(kubectl.does("logs", "pair", "-c", "talker", "--since=1h", "--limit-bytes=3"))
        .hasSize(3);
    String counts = "for i in 1 2 3 4; do echo $i; sleep 0.3; done";
    kubectl.applies(
        PodText.of(
            "short",
            "restartPolicy: Never\ncontainers: [" + PodText.script("c", counts, "") + "]"));
    kubectl.until(log -> log.startsWith("1\n"), "logs", "short");
    assertThat(kubectl.does("logs", "-f", "short")).isEqualTo("1\n2\n3\n4\n");
    kubectl.until(row -> row.contains("Completed"), "get", "pod", "short");
    assertThat(kubectl.does("logs", "short")).isEqualTo("1\n2\n3\n4\n");
    assertThat(kubectl.failsWith("", "exec", "short", "--", "date"))
        .contains("cannot exec into a container in a completed pod; current phase is Succeeded");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void runsProgramsBesideTheFirst(Path program) throws Exception {
    Kubectl kubectl = withPair(program);
    Outcome first = kubectl.tryWith("", "exec", "pair", "--", "cat", "/proc/1/cmdline");
    assertThat(first.out()).startsWith("sh\0-c\0");
    assertThat(first.err()).contains(kubectl.wording("Defaulting", "Defaulted"), "talker");
    assertThat(kubectl.does("exec", "pair", "-c", "other", "--", "cat", "/proc/1/cmdline"))
        .startsWith("sleep\0");
    assertThat(
            kubectl.tryWith("", "exec", "pair", "-c", "other", "--", "sh", "-c", "exit 9").code())
        .isEqualTo(9);
    assertThat(kubectl.tryWith("", "exec", "pair", "-c", "other", "hostname").err())
        .contains(kubectl.wording("DEPRECATED", "is not supported anymore"));
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script(1) to make a terminal");
    Outcome shell =
        kubectl.onTerminalWith("stty size; tty; exit 7\n", "exec -it pair -c other -- bash");
    assertThat(shell.out()).contains("/dev/pts/").containsPattern("\\d+ \\d+\\s+/dev/pts/");
    assertThat(shell.code()).isEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void speaksToTheFirstProgram(Path program) throws Exception {
    Kubectl kubectl = withPair(program);
    try (Running attached = kubectl.begins("attach", "-i", "pair", "-c", "talker")) {
      attached.types("hello\n");
      attached.until(output -> output.contains("got hello\n"));
    }
    Outcome once =
        kubectl.tryWith(
            "hello\n",
            "run",
            "once",
            "--rm",
            "-i",
            "--restart=Never",
            "--image=kuber.io/host",
            "--command",
            "--",
            "sh",
            "-c",
            "read word; echo said $word");
    assertThat(once.code()).as("%s", once).isZero();
    assertThat(once.out()).contains("said hello\n", "pod \"once\" deleted");
    assertThat(kubectl.failsWith("", "get", "pod", "once")).contains("not found");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void copiesDirectoriesBothWays(Path program) throws Exception {
    Kubectl kubectl = withPair(program);
    Path tree = Files.createDirectories(kubectl.directory().resolve("tree/below"));
    Files.writeString(tree.resolve("file"), "content");
    Path script = Files.writeString(tree.resolveSibling("script"), "exit 0");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
    kubectl.does("cp", "tree", "pair:/tmp/tree", "-c", "other");
    assertThat(
            kubectl.shell("pair", "other", "cd /tmp/tree; cat below/file; stat -c \" %A\" script"))
        .isEqualTo("content -rwxr-x---");
    kubectl.does("cp", "pair:/tmp/tree", "back", "-c", "other");
    assertThat(kubectl.directory().resolve("back/below/file")).hasContent("content");
    assertThat(kubectl.directory().resolve("back/script")).hasContent("exit 0");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void forwardsPortsOfServicesToOnePod(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: kuard}
        spec:
          replicas: 2
          selector: {matchLabels: {app: kuard}}
          template:
            metadata: {labels: {app: kuard}}
            spec:
              containers:
              - name: kuard
                image: kuber.io/kuard
                readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 1}
        """);
    kubectl.does("expose", "deployment", "kuard", "--port=80", "--target-port=8080");
    Workload.rolled(kubectl, "deployment/kuard");
    try (Running forward = kubectl.begins("port-forward", "service/kuard", ":80")) {
      String said = forward.until(output -> FORWARDED.matcher(output).find());
      Matcher port = FORWARDED.matcher(said);
      assertThat(port.find()).isTrue();
      assertThat(forward.until(output -> output.contains("[::1]:"))).contains("-> 8080");
      URI page = URI.create("http://127.0.0.1:" + port.group(1) + "/fs/etc/hostname");
      String pod = page(page).strip();
      assertThat(kubectl.does("get", "pods", "-o", "name")).contains("pod/" + pod + "\n");
      for (int i = 0; i < 5; i++) {
        assertThat(page(page).strip()).isEqualTo(pod);
      }
      kubectl.does("delete", "pod", pod);
      Eventually.seen(() -> page(page), String::isEmpty);
    }
  }

  /** What the page says; empty where nobody answers. */
  private static String page(URI page) {
    HttpRequest request = HttpRequest.newBuilder(page).build();
    return CLUSTER.inside(
        () -> {
          try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
          } catch (IOException e) {
            return "";
          }
        });
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.NEWER_PROGRAMS)
  void debugsWhatHasNoShellOrCrashes(Path program) throws Exception {
    Kubectl kubectl = withPair(program);
    kubectl.does(
        "debug",
        "pair",
        "--image=kuber.io/host",
        "--target=other",
        "-c",
        "tools",
        "--",
        "sh",
        "-c",
        "cat /proc/1/comm; ls -d /proc/1/root/usr");
    kubectl.until("sleep\n/proc/1/root/usr\n"::equals, "logs", "pair", "-c", "tools");
    kubectl.applies(
        PodText.of("crash", "containers: [" + PodText.script("main", "exit 1", "") + "]"));
    kubectl.until(row -> row.contains("CrashLoopBackOff"), "get", "pod", "crash");
    kubectl.does("debug", "crash", "--image=kuber.io/host", "-c", "tools", "--", "hostname");
    kubectl.until("crash\n"::equals, "logs", "crash", "-c", "tools");
    kubectl.does("debug", "crash", "--copy-to=copy", "--container=main", "--", "sleep", "1000");
    kubectl.awaits("Ready", "pod/copy");
    assertThat(kubectl.shell("copy", "main", "hostname")).isEqualTo("copy");
  }
}
