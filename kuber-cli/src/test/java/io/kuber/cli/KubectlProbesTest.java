package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the books show of health checks, typed into kubectl. */
final class KubectlProbesTest {
  private static final String READY = "{range .status.containerStatuses[*]}{.name}={.ready} {end}";

  /** Answers with the status that the path names, or with 200 after a long while. */
  private static final String SERVER =
      """
      $SIG{CHLD} = "IGNORE";
      $s = IO::Socket::INET->new(LocalPort => 8080, Listen => 9, ReuseAddr => 1) or die;
      while ($c = $s->accept) {
        next if fork;
        ($path) = <$c> =~ m{^GET /(\\w+)};
        1 while <$c> =~ /\\S/;
        sleep 20 if $path eq "slow";
        $code = $path =~ /^\\d+$/ ? $path : 200;
        print $c "HTTP/1.0 $code x\\r\\nLocation: /elsewhere\\r\\n\\r\\n";
        exit;
      }
      """;

  private static final String KUARD =
      """
      containers:
      - name: kuard
        image: kuber.io/kuard:blue
        ports: [{containerPort: 8080, name: http}]
        startupProbe: {tcpSocket: {port: http}, periodSeconds: 1, failureThreshold: 120}
        livenessProbe:
          httpGet: {path: /healthy, port: http}
          initialDelaySeconds: 1
          timeoutSeconds: 20
          periodSeconds: 1
          failureThreshold: 3
        readinessProbe:
          httpGet: {path: /ready, port: 8080}
          initialDelaySeconds: 3
          periodSeconds: 1
          timeoutSeconds: 20
          failureThreshold: 3
          successThreshold: 1
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, "probes-test");

  private static String http(String ip, String path, String method, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + ip + ":8080" + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return CLUSTER.inside(
        () -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }

  private static void fails(String ip, String probe, int times) {
    http(ip, probe + "/api", "PUT", "{\"failNext\": " + times + "}");
  }

  private static Instant time(Kubectl kubectl, String path) throws Exception {
    return Instant.parse(kubectl.field("pod/kuard", path));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void startsAgainWhatIsNotAlive(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(PodText.of("kuard", KUARD + "- " + PodText.sleeper("side", "")));
    kubectl.awaits("Ready", "pod/kuard");
    assertThat(
            Duration.between(
                time(kubectl, "{.status.containerStatuses[0].state.running.startedAt}"),
                time(kubectl, "{.status.conditions[?(@.type==\"Ready\")].lastTransitionTime}")))
        .as("asked only after the initial delay")
        .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    String ip = kubectl.field("pod/kuard", "{.status.podIP}");
    fails(ip, "/healthy", 2);
    Eventually.seen(
        () -> http(ip, "/healthy/api", "GET", ""),
        history -> history.matches("(?s).*\"code\":\\s*200.*\"code\":\\s*500.*\"code\":\\s*500.*"));
    String restarts = "{.status.containerStatuses[*].restartCount}";
    assertThat(kubectl.field("pod/kuard", restarts)).isEqualTo("0 0");
    fails(ip, "/healthy", -1);
    kubectl.awaitsField("pod/kuard", restarts, "1 0"::equals);
    kubectl.until(
        text ->
            text.matches(
                "(?s).*Unhealthy .*Liveness probe failed: HTTP probe failed with statuscode: 500.*"
                    + "Killing .*Container kuard failed liveness probe, will be restarted.*"),
        "describe",
        "pod",
        "kuard");
    kubectl.awaits("Ready", "pod/kuard");
    assertThat(http(ip, "/healthy/api", "GET", "")).doesNotContain("500");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void leavesServiceWhileItIsNotReady(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(PodText.of("kuard", KUARD));
    kubectl.does("expose", "pod", "kuard", "--port=80", "--target-port=http");
    kubectl.awaits("Ready", "pod/kuard");
    String ip = kubectl.field("pod/kuard", "{.status.podIP}");
    try (Kubectl.Running watch = kubectl.begins("get", "endpoints", "kuard", "--watch")) {
      watch.until(lines -> lines.contains(ip + ":8080"));
      fails(ip, "/ready", -1);
      watch.until(lines -> lines.matches("(?s).*kuard +" + ip + ":8080 .*kuard +(<none>)? .*"));
      kubectl.until(
          row -> row.matches("kuard +0/1 +Running +0 .*\n"), "get", "pods", "--no-headers");
      assertThat(kubectl.does("describe", "endpoints", "kuard"))
          .containsPattern("NotReadyAddresses: +" + ip + "\n");
      fails(ip, "/ready", 0);
      kubectl.awaits("Ready", "pod/kuard");
      watch.until(lines -> lines.stripTrailing().matches("(?s).*<?n?o?n?e?>? .*" + ip + ":8080.*"));
    }
    kubectl.until(row -> row.contains(ip + ":8080"), "get", "endpoints", "kuard");
    kubectl.until(
        text -> text.contains("Readiness probe failed: HTTP probe failed with statuscode: 500"),
        "describe",
        "pod",
        "kuard");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void asksInEachOfTheirWays(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(
        PodText.of(
            "asked",
            "containers:\n"
                + "- name: web\n  image: kuber.io/host\n  readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}\n"
                + "  command: [perl, -MIO::Socket::INET, -e, '"
                + SERVER.replace("\n", " ")
                + "']\n"
                + asked("redirected", "httpGet: {path: /302, port: 8080}")
                + asked("refused", "httpGet: {path: /400, port: 8080}")
                + asked("slow", "httpGet: {path: /slow, port: 8080}")
                + asked("closed", "tcpSocket: {port: 9}")
                + asked("good", "exec: {command: [\"true\"]}")
                + asked("bad", "exec: {command: [\"false\"]}")));
    kubectl.awaitsField(
        "pod/asked",
        READY,
        "web=true redirected=true refused=false slow=false closed=false good=true bad=false "
            ::equals);
    assertThat(kubectl.does("get", "pods")).containsPattern("asked +3/7 +Running +0 ");
    kubectl.until(
        text ->
            text.contains("HTTP probe failed with statuscode: 400")
                && text.contains("connection refused")
                && text.contains("Client.Timeout exceeded"),
        "describe",
        "pod",
        "asked");
  }

  private static String asked(String name, String probe) {
    return "- "
        + PodText.sleeper(
            name, ", readinessProbe: {" + probe + ", periodSeconds: 1, timeoutSeconds: 2}")
        + "\n";
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void asksNothingElseBeforeTheContainerHasStarted(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String probes =
        ", startupProbe: {exec: {command: [cat, /tmp/up]}, periodSeconds: 1, failureThreshold: 90},"
            + " livenessProbe: {exec: {command: [cat, /tmp/alive]}, failureThreshold: 1,"
            + " periodSeconds: 1}";
    kubectl.applies(
        PodText.of(
            "slow",
            "readinessGates: [{conditionType: example.com/gate}]\ncontainers: ["
                + PodText.sleeper("main", probes)
                + "]"));
    kubectl.until(
        text -> text.matches("(?s).*Unhealthy .*Startup probe failed:.*"),
        "describe",
        "pod",
        "slow");
    kubectl.shell("slow", "main", "touch /tmp/alive /tmp/up");
    kubectl.awaitsField(
        "pod/slow",
        "{.status.containerStatuses[0].started} {.status.containerStatuses[0].ready}"
            + " {.status.containerStatuses[0].restartCount}"
            + " {.status.conditions[?(@.type==\"Ready\")].status}",
        "true true 0 False"::equals);
    assertThat(kubectl.does("get", "pod", "slow", "-o", "wide")).containsPattern(" 0/1\n");
    String pod = kubectl.does("get", "pod", "slow", "-o", "json");
    String open =
        pod.replaceFirst(
            "\"conditions\": \\[",
            "\"conditions\": [{\"type\": \"example.com/gate\", \"status\": \"True\"},");
    kubectl.does(
        "replace",
        "--raw",
        "/api/v1/namespaces/" + kubectl.namespace() + "/pods/slow/status",
        "-f",
        kubectl.file("open.json", open));
    kubectl.awaits("Ready", "pod/slow");
    kubectl.shell("slow", "main", "rm /tmp/alive");
    kubectl.awaitsField("pod/slow", "{.status.containerStatuses[0].restartCount}", "1"::equals);
  }
}
