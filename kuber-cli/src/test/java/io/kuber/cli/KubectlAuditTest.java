package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.AuditOptions;
import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.Progress;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.server.audit.LogConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sample policy writes down of a few minutes with kubectl. */
final class KubectlAuditTest {
  private static final Path POLICY = Path.of("../docs/examples/audit/policy.yaml");

  @TempDir private Path directory;

  @Test
  void writesALineForWhatKubectlDoes() throws Exception {
    Path program = KubectlCluster.programs().findFirst().orElse(null);
    assumeTrue(program != null, "no kubectl: name some in KUBER_KUBECTLS");
    Path log = directory.resolve("log/audit.log");
    ClusterOptions options =
        new ClusterOptions(directory.resolve("data"), 0, "unused")
            .with(
                new AuditOptions(
                    Optional.of(POLICY),
                    Optional.of(new LogConfig(log.toString(), 30, 10, 100)),
                    Optional.empty()));
    try (Cluster cluster = Cluster.start(options, new NoNodes(), Progress.SILENT)) {
      work(new Kubectl(program, cluster.kubeconfig(), directory, "default"));
    }
    List<Tree> events =
        Files.readAllLines(log).stream().map(line -> Json.parse(line.getBytes(UTF_8))).toList();

    Tree create = only(events, "create", "deployments", "ResponseComplete");
    assertThat(create.text("level")).isEqualTo("Request");
    assertThat(create.text("user", "username")).isEqualTo("kubernetes-admin");
    assertThat(create.text("userAgent")).startsWith("kubectl");
    assertThat(create.text("objectRef", "name")).isEqualTo("web");
    assertThat(create.text("requestObject", "kind")).isEqualTo("Deployment");
    assertThat(create.number(0, "responseStatus", "code")).isEqualTo(201);
    assertThat(create.text("annotations", "authorization.k8s.io/decision")).isEqualTo("allow");

    Tree get = only(events, "get", "deployments", "ResponseComplete");
    assertThat(get.text("level")).isEqualTo("Metadata");
    assertThat(get.has("responseObject")).isFalse();

    Tree watch = only(events, "watch", "configmaps", "ResponseStarted");
    assertThat(only(events, "watch", "configmaps", "ResponseComplete").text("auditID"))
        .isEqualTo(watch.text("auditID"));

    Tree delete = only(events, "delete", "deployments", "ResponseComplete");
    assertThat(delete.text("requestObject", "propagationPolicy")).isEqualTo("Background");

    Tree secret = only(events, "create", "secrets", "ResponseComplete");
    assertThat(secret.text("objectRef", "name")).isEqualTo("s");
    assertThat(Files.readString(log)).doesNotContain("aGlkZGVuLXZhbHVl");

    Tree role = only(events, "create", "roles", "ResponseComplete");
    assertThat(role.text("responseObject", "metadata", "uid")).isNotEmpty();
    assertThat(events).noneMatch(event -> event.text("stage").equals("RequestReceived"));
  }

  private static void work(Kubectl kubectl) throws Exception {
    kubectl.does("create", "deployment", "web", "--image=i");
    kubectl.does("get", "deployment", "web");
    kubectl.does("create", "secret", "generic", "s", "--from-literal=k=hidden-value");
    kubectl.does("create", "role", "r", "--verb=get", "--resource=pods");
    kubectl.does("delete", "deployment", "web", "--wait=false");
    kubectl.does("get", "--raw", "/api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=1");
  }

  /** The one event of a verb, a resource and a stage. */
  private static Tree only(List<Tree> events, String verb, String resource, String stage) {
    List<Tree> found =
        events.stream()
            .filter(event -> event.text("verb").equals(verb))
            .filter(event -> event.text("objectRef", "resource").equals(resource))
            .filter(event -> event.text("stage").equals(stage))
            .toList();
    assertThat(found).as("%s %s %s", verb, resource, stage).hasSize(1);
    return found.get(0);
  }
}
