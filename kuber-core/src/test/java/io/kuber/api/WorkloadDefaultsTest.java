package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of workloads, claims and quotas that say little, and what of them may change. */
class WorkloadDefaultsTest {
  private static final String TEMPLATE =
      "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}";

  private static final String SELECTED = "selector: {matchLabels: {a: b}}, " + TEMPLATE;

  private static final String JOB_TEMPLATE =
      "template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}";

  private final TestApi api = new TestApi();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "statefulsets.apps | podManagementPolicy | \"OrderedReady\"",
        "statefulsets.apps | updateStrategy |"
            + " {\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"partition\":0}}",
        "statefulsets.apps | persistentVolumeClaimRetentionPolicy |"
            + " {\"whenDeleted\":\"Retain\",\"whenScaled\":\"Retain\"}",
        "statefulsets.apps | revisionHistoryLimit | 10",
        "daemonsets.apps | updateStrategy | {\"type\":\"RollingUpdate\",\"rollingUpdate\":"
            + "{\"maxSurge\":0,\"maxUnavailable\":1}}",
        "daemonsets.apps | revisionHistoryLimit | 10",
        "replicationcontrollers | replicas | 1"
      })
  void completesWorkload(String resource, String field, String value) {
    ResourceType type = api.type(resource);
    String selector = type.equals(Resources.REPLICATION_CONTROLLERS) ? TEMPLATE : SELECTED;
    KubeObject made = api.create(type, "{metadata: {name: w}, spec: {" + selector + "}}");
    assertThat(made.spec().get(field)).isEqualTo(TestApi.yaml("{v: " + value + "}").get("v"));
    assertThat(made.generation()).isEqualTo(1);
  }

  /** As Go writes a status of which nothing was said: with the numbers that it never leaves out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deployments.apps | {}",
        "replicasets.apps | {replicas: 0}",
        "replicationcontrollers | {replicas: 0}",
        "statefulsets.apps | {replicas: 0, availableReplicas: 0}",
        "daemonsets.apps | {currentNumberScheduled: 0, numberMisscheduled: 0,"
            + " desiredNumberScheduled: 0, numberReady: 0}",
      })
  void showsAStatusFromTheFirstMomentOn(String resource, String status) {
    ResourceType type = api.type(resource);
    String selector = type.equals(Resources.REPLICATION_CONTROLLERS) ? TEMPLATE : SELECTED;
    for (String sent : List.of("", ", status: {replicas: 7}")) {
      KubeObject made =
          api.create(type, "{metadata: {generateName: w}, spec: {" + selector + "}" + sent + "}");
      assertThat(made.tree().get("status")).isEqualTo(TestApi.yaml(status));
    }
  }

  @Test
  void selectsOldControllerByLabelsOfItsTemplate() {
    KubeObject controller =
        api.create(
            Resources.REPLICATION_CONTROLLERS, "{metadata: {name: rc}, spec: {" + TEMPLATE + "}}");
    assertThat(controller.spec().tree("selector")).isEqualTo(Tree.of("a", "b"));
    assertThat(controller.labels()).containsEntry("a", "b");
  }

  @Test
  void letsJobSelectItsOwnPodsOnly() {
    KubeObject job =
        api.create(Resources.JOBS, "{metadata: {name: j}, spec: {" + JOB_TEMPLATE + "}}");
    Tree labels = job.spec().tree("template", "metadata", "labels");
    assertThat(job.spec().tree("selector", "matchLabels"))
        .isEqualTo(Tree.of("batch.kubernetes.io/controller-uid", job.uid()));
    assertThat(labels.texts())
        .containsEntry("job-name", "j")
        .containsEntry("batch.kubernetes.io/job-name", "j")
        .containsEntry("controller-uid", job.uid());
    assertThat(job.metadata().tree("labels")).isEqualTo(labels);
    assertThat(job.spec().number(0, "backoffLimit")).isEqualTo(6);
    assertThat(job.spec().number(0, "completions")).isEqualTo(1);
    assertThat(job.spec().text("completionMode")).isEqualTo("NonIndexed");
  }

  @Test
  void leavesSelectorToUserWhoWantsIt() {
    KubeObject job =
        api.create(
            Resources.JOBS,
            "{metadata: {name: j}, spec: {manualSelector: true, selector: {matchLabels: {a: b}},"
                + " template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never,"
                + " containers: [{name: c, image: i}]}}}}");
    assertThat(job.spec().tree("selector", "matchLabels")).isEqualTo(Tree.of("a", "b"));
  }

  @Test
  void keepsTemplateOfJobUnlessItWaits() {
    KubeObject job =
        api.create(Resources.JOBS, "{metadata: {name: j}, spec: {" + JOB_TEMPLATE + "}}");
    KubeObject moved = job.with("x", "spec", "template", "spec", "nodeSelector", "zone");
    assertThatThrownBy(() -> api.update(Resources.JOBS, "", moved))
        .hasMessageContaining("spec.template: Invalid value")
        .hasMessageEndingWith("field is immutable");
    KubeObject waiting =
        api.create(
            Resources.JOBS, "{metadata: {name: w}, spec: {suspend: true, " + JOB_TEMPLATE + "}}");
    KubeObject placed =
        api.update(
            Resources.JOBS,
            "",
            waiting.with("x", "spec", "template", "spec", "nodeSelector", "zone"));
    assertThat(placed.generation()).isEqualTo(2);
    assertThatThrownBy(
            () ->
                api.update(
                    Resources.JOBS, "", placed.with("x", "spec", "template", "spec", "hostname")))
        .hasMessageEndingWith("field is immutable");
  }

  @Test
  void completesCronJob() {
    KubeObject cron =
        api.create(
            Resources.CRON_JOBS,
            "{metadata: {name: c}, spec: {schedule: '@daily', jobTemplate: {spec: {"
                + JOB_TEMPLATE
                + "}}}}");
    assertThat(cron.spec().text("concurrencyPolicy")).isEqualTo("Allow");
    assertThat(cron.spec().get("suspend")).isEqualTo(false);
    assertThat(cron.spec().number(0, "successfulJobsHistoryLimit")).isEqualTo(3);
    assertThat(cron.spec().number(0, "failedJobsHistoryLimit")).isEqualTo(1);
    assertThat(cron.spec().tree("jobTemplate", "spec").has("backoffLimit")).isFalse();
  }

  @Test
  void countsTemplatesOfDaemonSet() {
    String annotation = "deprecated.daemonset.template.generation";
    KubeObject set =
        api.create(Resources.DAEMON_SETS, "{metadata: {name: d}, spec: {" + SELECTED + "}}");
    assertThat(set.annotations()).containsEntry(annotation, "1");
    KubeObject newer =
        api.update(
            Resources.DAEMON_SETS,
            "",
            set.with("x", "spec", "template", "metadata", "annotations", "k"));
    assertThat(newer.annotations()).containsEntry(annotation, "2");
    assertThat(newer.generation()).isEqualTo(2);
  }

  @Test
  void writesOutClaimsOfStatefulSet() {
    KubeObject set =
        api.create(
            Resources.STATEFUL_SETS,
            "{metadata: {name: s}, spec: {serviceName: s, "
                + SELECTED
                + ", volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes:"
                + " [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}}");
    Tree claim = set.spec().items("volumeClaimTemplates").tree(0);
    assertThat(claim.text("kind")).isEqualTo("PersistentVolumeClaim");
    assertThat(claim.text("spec", "volumeMode")).isEqualTo("Filesystem");
    assertThat(claim.text("status", "phase")).isEqualTo("Pending");
    assertThatThrownBy(
            () -> api.update(Resources.STATEFUL_SETS, "", set.with("t", "spec", "serviceName")))
        .hasMessageStartingWith(
            "StatefulSet.apps \"s\" is invalid: spec: Forbidden: updates to statefulset spec for"
                + " fields other than 'replicas'");
    KubeObject scaled = api.update(Resources.STATEFUL_SETS, "", set.with(3L, "spec", "replicas"));
    assertThat(scaled.generation()).isEqualTo(2);
  }

  @Test
  void completesAutoscaler() {
    KubeObject scaler =
        api.create(
            Resources.HORIZONTAL_POD_AUTOSCALERS,
            "{metadata: {name: h}, spec: {maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name:"
                + " web}, behavior: {scaleDown: {stabilizationWindowSeconds: 60}}}}");
    assertThat(scaler.spec().number(0, "minReplicas")).isEqualTo(1);
    Tree metric = scaler.spec().items("metrics").tree(0);
    assertThat(metric.tree("resource", "target").number(0, "averageUtilization")).isEqualTo(80);
    assertThat(scaler.spec().items("behavior", "scaleUp", "policies").size()).isEqualTo(2);
    assertThat(scaler.spec().items("behavior", "scaleDown", "policies").size()).isEqualTo(1);
  }

  @Test
  void beginsVolumesAndClaimsPending() {
    KubeObject volume =
        api.create(
            Resources.PERSISTENT_VOLUMES,
            "{metadata: {name: v}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce],"
                + " hostPath: {path: /data}}, status: {phase: Bound}}");
    assertThat(volume.status().text("phase")).isEqualTo("Pending");
    assertThat(volume.spec().text("persistentVolumeReclaimPolicy")).isEqualTo("Retain");
    KubeObject claim =
        api.create(
            Resources.PERSISTENT_VOLUME_CLAIMS,
            "{metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests:"
                + " {storage: 1Gi}}, dataSource: {kind: PersistentVolumeClaim, name: old}}}");
    assertThat(claim.status()).isEqualTo(Tree.of("phase", "Pending"));
    assertThat(claim.spec().text("volumeMode")).isEqualTo("Filesystem");
    assertThat(claim.spec().text("dataSourceRef", "name")).isEqualTo("old");
  }

  @Test
  void letsBoundClaimGrowOnly() {
    api.create(
        Resources.STORAGE_CLASSES,
        "{metadata: {name: grows}, provisioner: example.com/p, allowVolumeExpansion: true}");
    KubeObject claim =
        api.create(
            Resources.PERSISTENT_VOLUME_CLAIMS,
            "{metadata: {name: c}, spec: {storageClassName: grows, accessModes: [ReadWriteOnce],"
                + " resources: {requests: {storage: 2Gi}}}}");
    KubeObject waiting = claim.with("3Gi", "spec", "resources", "requests", "storage");
    assertThatThrownBy(() -> api.update(Resources.PERSISTENT_VOLUME_CLAIMS, "", waiting))
        .hasMessageContaining("spec is immutable after creation except resources.requests");
    KubeObject bound =
        api.update(
            Resources.PERSISTENT_VOLUME_CLAIMS,
            "status",
            claim.with(Tree.of("phase", "Bound", "capacity", Tree.of("storage", "2Gi")), "status"));
    KubeObject grown =
        api.update(
            Resources.PERSISTENT_VOLUME_CLAIMS,
            "",
            bound.with("3Gi", "spec", "resources", "requests", "storage"));
    assertThat(grown.spec().text("resources", "requests", "storage")).isEqualTo("3Gi");
    assertThatThrownBy(
            () ->
                api.update(
                    Resources.PERSISTENT_VOLUME_CLAIMS,
                    "",
                    grown.with("1Gi", "spec", "resources", "requests", "storage")))
        .hasMessageContaining("field can not be less than status.capacity");
  }

  @Test
  void fillsLimitsOfContainers() {
    KubeObject range =
        api.create(
            Resources.LIMIT_RANGES,
            "{metadata: {name: l}, spec: {limits: [{type: Container, max: {cpu: '2'}, min:"
                + " {memory: 1Mi}}]}}");
    Tree limit = range.spec().items("limits").tree(0);
    assertThat(limit.tree("default")).isEqualTo(Tree.of("cpu", "2"));
    assertThat(limit.tree("defaultRequest")).isEqualTo(Tree.of("cpu", "2", "memory", "1Mi"));
  }

  @Test
  void keepsWhatEndedAsItEnded() {
    KubeObject job =
        api.create(Resources.JOBS, "{metadata: {name: j}, spec: {" + JOB_TEMPLATE + "}}");
    Tree done =
        TestApi.yaml(
            "{startTime: '2026-01-01T00:00:00Z', completionTime: '2026-01-01T00:00:05Z', succeeded:"
                + " 1, conditions: [{type: Complete, status: 'True'}]}");
    KubeObject ended = api.update(Resources.JOBS, "status", job.with(done, "status"));
    assertThatThrownBy(() -> api.update(Resources.JOBS, "status", ended.with(Tree.EMPTY, "status")))
        .hasMessageContaining("cannot disable the terminal Complete=True condition")
        .hasMessageContaining("cannot decrease the succeeded counter");
  }
}
