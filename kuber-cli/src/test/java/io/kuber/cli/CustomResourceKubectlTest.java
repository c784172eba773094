package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.Progress;
import io.kuber.cli.Kubectl.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The custom resource of the books, defined and used with unmodified kubectl programs. */
final class CustomResourceKubectlTest {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: crontabs.stable.example.com}
      spec:
        group: stable.example.com
        scope: Namespaced
        names: {plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct]}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              description: Runs something again and again.
              properties:
                spec:
                  type: object
                  properties:
                    cronSpec: {type: string, pattern: '^(\\S+\\s?){5}$', description: When to run.}
                    image: {type: string}
                    replicas: {type: integer, minimum: 1, maximum: 10, default: 1}
                    extra: {type: object, x-kubernetes-preserve-unknown-fields: true}
                status: {type: object, properties: {replicas: {type: integer}}}
          subresources:
            status: {}
            scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
          additionalPrinterColumns:
          - {name: Spec, type: string, jsonPath: .spec.cronSpec}
          - {name: Replicas, type: integer, jsonPath: .spec.replicas}
          - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
        - name: v1beta1
          served: true
          storage: false
          schema:
            openAPIV3Schema:
              type: object
              x-kubernetes-preserve-unknown-fields: true
      """;
  private static final String CRON_TAB =
      """
      apiVersion: stable.example.com/v1
      kind: CronTab
      metadata: {name: mine}
      spec: {cronSpec: "* * * * */5", image: my-image, extra: {any: [1, {thing: true}]}}
      """;

  @TempDir private static Path directory;
  private static @Nullable Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        KubectlCluster.programs().findAny().isPresent(),
        "no kubectl: name some in KUBER_KUBECTLS, or install Debian's kubernetes-client");
    cluster =
        Cluster.start(
            new ClusterOptions(directory.resolve("data"), 0, "no-node"),
            new NoNodes(),
            Progress.SILENT);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void definesAndUsesTheCronTabOfTheBooks(Path program) throws Exception {
    if (cluster == null) {
      throw new IllegalStateException("there is no cluster");
    }
    Path own = Files.createTempDirectory(directory, "own");
    Kubectl kubectl = new Kubectl(program, cluster.kubeconfig(), own, "default");
    assertThat(kubectl.doesWith(DEFINITION, "apply", "-f", "-"))
        .isEqualTo(
            "customresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com created\n");
    kubectl.awaits("established", "crd/crontabs.stable.example.com");
    assertThat(kubectl.does("get", "crd")).contains("CREATED AT", "crontabs.stable.example.com");
    assertThat(kubectl.does("api-resources", "--api-group=stable.example.com"))
        .contains("crontabs", "ct", "CronTab");

    assertThat(kubectl.doesWith(CRON_TAB, "apply", "-f", "-"))
        .isEqualTo("crontab.stable.example.com/mine created\n");
    assertThat(kubectl.doesWith(CRON_TAB, "apply", "-f", "-"))
        .isEqualTo("crontab.stable.example.com/mine unchanged\n");
    assertThat(kubectl.does("get", "ct"))
        .containsPattern("NAME +SPEC +REPLICAS +AGE\nmine +\\* \\* \\* \\* \\*/5 +1 ");
    assertThat(kubectl.does("get", "ct", "mine", "-o", "jsonpath={.spec.extra.any[1].thing}"))
        .isEqualTo("true");
    assertThat(kubectl.does("explain", "crontab.spec.cronSpec")).contains("When to run.");
    assertThat(kubectl.does("explain", "crontab")).contains("Runs something again and again.");

    assertThat(kubectl.does("scale", "--replicas=3", "crontabs/mine")).contains("scaled");
    assertThat(kubectl.does("get", "ct", "mine", "-o", "jsonpath={.spec.replicas}")).isEqualTo("3");
    assertThat(
            kubectl.failsWith(
                "",
                "patch",
                "ct",
                "mine",
                "--type=merge",
                "-p",
                "{\"spec\":{\"cronSpec\":\"* *\",\"replicas\":15}}"))
        .contains(
            "spec.cronSpec in body should match '^(\\S+\\s?){5}$'",
            "spec.replicas in body should be less than or equal to 10");
    assertThat(
            kubectl.doesWith(
                CRON_TAB.replace("mine", "dry"), "apply", "--dry-run=server", "-f", "-"))
        .contains("created (server dry run)");
    assertThat(kubectl.does("get", "crontabs.v1beta1.stable.example.com", "mine", "-o", "yaml"))
        .contains("apiVersion: stable.example.com/v1beta1", "cronSpec: '* * * * */5'");

    String odd = CRON_TAB.replace("mine", "odd").replace("image:", "imagee:");
    Outcome unknown = kubectl.tryWith(odd, "create", "--validate=false", "-f", "-");
    assertThat(unknown.code()).isZero();
    assertThat(kubectl.does("get", "ct", "odd", "-o", "yaml")).doesNotContain("imagee: my");
    assertThat(kubectl.failsWith(odd.replace("odd", "odder"), "create", "-f", "-"))
        .contains("unknown field");

    assertThat(kubectl.doesWith(DEFINITION, "delete", "-f", "-")).contains("deleted");
    assertThat(kubectl.failsWith("", "get", "ct"))
        .containsAnyOf("doesn't have a resource type", "could not find the requested resource");
  }
}
