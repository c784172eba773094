package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests as the books of 2017 print them, in kubectl programs of today. */
final class KubectlOldVersionsTest {
  private static final String WORKLOADS =
      """
      apiVersion: extensions/v1beta1
      kind: Deployment
      metadata: {name: web}
      spec:
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: main, image: kuber.io/host}]}
      ---
      apiVersion: extensions/v1beta1
      kind: DaemonSet
      metadata: {name: agent}
      spec:
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: main, image: kuber.io/host}]}
      ---
      apiVersion: extensions/v1beta1
      kind: ReplicaSet
      metadata: {name: twins}
      spec:
        replicas: 2
        template:
          metadata: {labels: {app: twins}}
          spec: {containers: [{name: main, image: kuber.io/host}]}
      ---
      apiVersion: apps/v1beta1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        serviceName: db
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: main, image: kuber.io/host}]}
      ---
      apiVersion: apps/v1beta1
      kind: Deployment
      metadata: {name: web2}
      spec:
        template:
          metadata: {labels: {app: web2}}
          spec: {containers: [{name: main, image: kuber.io/host}]}
      """;

  private static final String OTHERS =
      """
      apiVersion: batch/v1beta1
      kind: CronJob
      metadata: {name: yearly}
      spec:
        schedule: "0 0 1 1 *"
        jobTemplate:
          spec:
            template:
              spec:
                restartPolicy: Never
                containers: [{name: main, image: kuber.io/host}]
      ---
      apiVersion: policy/v1beta1
      kind: PodDisruptionBudget
      metadata: {name: some}
      spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
      ---
      apiVersion: autoscaling/v2beta1
      kind: HorizontalPodAutoscaler
      metadata: {name: more}
      spec:
        scaleTargetRef: {apiVersion: extensions/v1beta1, kind: Deployment, name: web}
        maxReplicas: 3
        metrics:
        - {type: Resource, resource: {name: cpu, targetAverageUtilization: 50}}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(1));

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void appliesWorkloadsWithTheDefaultsTheyHad(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Kubectl.Outcome applied = kubectl.tryWith(WORKLOADS, "apply", "-f", "-");
    assertThat(applied.out())
        .isEqualTo(
            """
            deployment.extensions/web created
            daemonset.extensions/agent created
            replicaset.extensions/twins created
            statefulset.apps/db created
            deployment.apps/web2 created
            """);
    assertThat(applied.err())
        .contains("Warning: extensions/v1beta1 Deployment is deprecated in v1.8+")
        .contains("Warning: apps/v1beta1 StatefulSet is deprecated in v1.8+")
        .contains("unavailable in v1.16+; use apps/v1 DaemonSet");
    assertThat(kubectl.doesWith(WORKLOADS, "apply", "-f", "-").lines())
        .hasSize(5)
        .allMatch(line -> line.endsWith(" unchanged"));
    assertThat(kubectl.does("get", "deployments.v1beta1.extensions", "web", "-o", "yaml"))
        .contains("apiVersion: extensions/v1beta1\n", "maxUnavailable: 1\n", "maxSurge: 1\n")
        .contains("  selector:\n    matchLabels:\n      app: web\n");
    assertThat(kubectl.does("get", "deployment", "web", "-o", "jsonpath={.apiVersion}"))
        .isEqualTo("apps/v1");
    assertThat(kubectl.does("get", "sts", "db", "-o", "jsonpath={.spec.updateStrategy.type}"))
        .isEqualTo("OnDelete");
    assertThat(kubectl.does("get", "deploy", "web2", "-o", "jsonpath={.spec.revisionHistoryLimit}"))
        .isEqualTo("2");
    assertThat(kubectl.does("get", "all", "-o", "name").lines().filter(n -> n.endsWith("/web")))
        .containsExactly("deployment.apps/web");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void appliesOtherKindsAndComparesThem(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.doesWith(OTHERS, "apply", "-f", "-"))
        .isEqualTo(
            """
            cronjob.batch/yearly created
            poddisruptionbudget.policy/some created
            horizontalpodautoscaler.autoscaling/more created
            """);
    assertThat(kubectl.doesWith(OTHERS, "apply", "-f", "-").lines())
        .hasSize(3)
        .allMatch(line -> line.endsWith(" unchanged"));
    assertThat(kubectl.does("diff", "-f", kubectl.file("same.yaml", OTHERS))).isEmpty();
    String fewer = OTHERS.replace("minAvailable: 1", "minAvailable: 0");
    Kubectl.Outcome diff = kubectl.tryWith(fewer, "diff", "-f", "-");
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).contains("\n-  minAvailable: 1\n+  minAvailable: 0\n");
    assertThat(kubectl.does("get", "hpa.v2.autoscaling", "more", "-o", "jsonpath={.spec.metrics}"))
        .contains("\"averageUtilization\":50", "\"type\":\"Utilization\"");
    assertThat(kubectl.does("get", "cronjobs.v1.batch", "yearly")).contains("0 0 1 1 *");
  }
}
