package io.kuber.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.cronjob.CronJobController;
import io.kuber.controller.daemonset.DaemonSetController;
import io.kuber.controller.deployment.DeploymentController;
import io.kuber.controller.disruption.DisruptionController;
import io.kuber.controller.job.JobController;
import io.kuber.controller.node.NodeController;
import io.kuber.controller.podautoscaler.AutoscalerController;
import io.kuber.controller.podautoscaler.Metrics;
import io.kuber.controller.replicaset.ReplicaSetController;
import io.kuber.controller.statefulset.StatefulSetController;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The words of controllers, as {@code kubectl describe} shows them and people look for them; those
 * of pkg/controller in kubernetes/kubernetes, where names stand for what is made up here.
 */
final class EventsTest {
  private static final String TEMPLATE =
      "template: {metadata: {labels: {app: %1$s}}, spec: {restartPolicy: %2$s, containers: [{name:"
          + " c, image: i}]}}";

  /** Who says what about which kind: a pattern, in which a dot stands for itself. */
  private static final List<String> WORDS =
      List.of(
          "Deployment Normal ScalingReplicaSet deployment-controller Scaled up replica set web-*"
              + " from 0 to 2",
          "Deployment Normal ScalingReplicaSet deployment-controller Scaled up replica set web-*"
              + " from 2 to 3",
          "Deployment Normal ScalingReplicaSet deployment-controller Scaled down replica set web-*"
              + " from 3 to 1",
          "Deployment Warning ReplicaSetCreateError deployment-controller Failed to create new"
              + " replica set \"full-*\": replicasets.apps \"full-*\" is forbidden: exceeded quota:"
              + " none, requested: count/replicasets.apps=1, used: count/replicasets.apps=*,"
              + " limited: count/replicasets.apps=0",
          "ReplicaSet Normal SuccessfulCreate replicaset-controller Created pod: web-*",
          "ReplicaSet Normal SuccessfulDelete replicaset-controller Deleted pod: web-*",
          "ReplicationController Normal SuccessfulCreate replication-controller Created pod: rc-*",
          "ReplicaSet Warning FailedCreate replicaset-controller Error creating: pods \"web-*\" is"
              + " forbidden: exceeded quota: none, *",
          "StatefulSet Normal SuccessfulCreate statefulset-controller create Pod db-0 in"
              + " StatefulSet db successful",
          "StatefulSet Normal SuccessfulCreate statefulset-controller create Claim data-db-0 Pod"
              + " db-0 in StatefulSet db success",
          "StatefulSet Normal SuccessfulDelete statefulset-controller delete Pod db-0 in"
              + " StatefulSet db successful",
          "DaemonSet Normal SuccessfulCreate daemonset-controller Created pod: log-*",
          "DaemonSet Normal SuccessfulDelete daemonset-controller Deleted pod: log-*",
          "DaemonSet Warning FailedDaemonPod daemonset-controller Found failed daemon pod"
              + " default/log-* on node one, will try to kill it",
          "Job Normal SuccessfulCreate job-controller Created pod: once-*",
          "Job Normal SuccessfulDelete job-controller Deleted pod: once-*",
          "Job Normal Suspended job-controller Job suspended",
          "Job Normal Resumed job-controller Job resumed",
          "Job Normal Completed job-controller Job completed",
          "Job Warning DeadlineExceeded job-controller Job was active longer than specified"
              + " deadline",
          "CronJob Normal SuccessfulCreate cronjob-controller Created job hourly-*",
          "CronJob Normal JobAlreadyActive cronjob-controller Not starting job because prior"
              + " execution is running and concurrency policy is Forbid",
          "PodDisruptionBudget Normal NoPods controllermanager No matching pods found",
          "HorizontalPodAutoscaler Warning FailedGetScale horizontal-pod-autoscaler"
              + " deployments.apps \"nothing\" not found",
          "HorizontalPodAutoscaler Normal SuccessfulRescale horizontal-pod-autoscaler New size: 4;"
              + " reason: Current number of replicas below Spec.MinReplicas",
          "Node Normal RegisteredNode node-controller Node one event: Registered Node one in"
              + " Controller",
          "Node Normal RemovingNode node-controller Node two event: Removing Node two from"
              + " Controller",
          "Node Normal NodeNotReady node-controller Node one status is now: NodeNotReady");

  private final ControlPlane cluster =
      new ControlPlane(
          types ->
              List.of(
                  new DeploymentController(),
                  ReplicaSetController.ofReplicaSets(),
                  ReplicaSetController.ofReplicationControllers(),
                  new StatefulSetController(),
                  new DaemonSetController(),
                  new JobController(),
                  new CronJobController(),
                  new DisruptionController(types),
                  new AutoscalerController(Metrics.NONE, types),
                  new NodeController()));

  private void create(ResourceType type, String name, String spec, String restartPolicy) {
    String template = TEMPLATE.formatted(name, restartPolicy);
    String separator = spec.isEmpty() ? "" : ", ";
    cluster.create(
        type, "{metadata: {name: %s}, spec: {%s%s%s}}".formatted(name, spec, separator, template));
  }

  private void set(ResourceType type, String name, Object value, String... path) {
    cluster.update(type, cluster.get(type, name).orElseThrow().with(value, path));
  }

  private void end(String prefix, String phase) {
    for (KubeObject pod : cluster.list(Resources.PODS)) {
      if (pod.name().startsWith(prefix)) {
        cluster.status(Resources.PODS, pod.name(), "{phase: %s}".formatted(phase));
      }
    }
  }

  private static String selecting(String name) {
    return "selector: {matchLabels: {app: %s}}".formatted(name);
  }

  private void liveThroughAll() {
    cluster.create(Resources.NODES, "{metadata: {name: one}}");
    cluster.status(Resources.NODES, "one", "{conditions: [{type: Ready, status: 'True'}]}");
    KubeObject two = cluster.create(Resources.NODES, "{metadata: {name: two}}");
    cluster.delete(Resources.NODES, two, "Background");
    create(Resources.DEPLOYMENTS, "web", "replicas: 2, " + selecting("web"), "Always");
    set(Resources.DEPLOYMENTS, "web", 3L, "spec", "replicas");
    set(Resources.DEPLOYMENTS, "web", 1L, "spec", "replicas");
    create(Resources.REPLICATION_CONTROLLERS, "rc", "replicas: 1, selector: {app: rc}", "Always");
    String claims =
        "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce],"
            + " resources: {requests: {storage: 1Gi}}}}]";
    create(
        Resources.STATEFUL_SETS, "db", "replicas: 1, " + claims + ", " + selecting("db"), "Always");
    set(Resources.STATEFUL_SETS, "db", 0L, "spec", "replicas");
    create(Resources.DAEMON_SETS, "log", selecting("log"), "Always");
    end("log", "Failed");
    cluster.advance(Duration.ofMinutes(1));
    set(
        Resources.DAEMON_SETS,
        "log",
        Tree.of("none", "here"),
        "spec",
        "template",
        "spec",
        "nodeSelector");
    create(Resources.JOBS, "once", "backoffLimit: 3", "Never");
    set(Resources.JOBS, "once", true, "spec", "suspend");
    set(Resources.JOBS, "once", false, "spec", "suspend");
    end("once", "Succeeded");
    create(Resources.JOBS, "late", "activeDeadlineSeconds: 1", "Never");
    cluster.create(
        Resources.CRON_JOBS,
        "{metadata: {name: hourly}, spec: {schedule: '0 * * * *', concurrencyPolicy: Forbid,"
            + " jobTemplate: {spec: {%s}}}}".formatted(TEMPLATE.formatted("hourly", "Never")));
    cluster.create(
        Resources.POD_DISRUPTION_BUDGETS,
        "{metadata: {name: none}, spec: {minAvailable: 1, selector: {matchLabels: {a: b}}}}");
    autoscale("nothing", 1);
    autoscale("web", 4);
    cluster.advance(Duration.ofHours(3));
    forbid();
  }

  private void autoscale(String target, int least) {
    cluster.create(
        Resources.HORIZONTAL_POD_AUTOSCALERS,
        ("{metadata: {name: of-%1$s}, spec: {minReplicas: %2$d, maxReplicas: 9, scaleTargetRef:"
                + " {kind: Deployment, name: %1$s, apiVersion: apps/v1}}}")
            .formatted(target, least));
  }

  private void forbid() {
    String hard = "hard: {count/replicasets.apps: '0', pods: '0'}";
    cluster.create(
        Resources.RESOURCE_QUOTAS, "{metadata: {name: none}, spec: {%s}}".formatted(hard));
    cluster.status(
        Resources.RESOURCE_QUOTAS,
        "none",
        "{%s, %s}".formatted(hard, hard.replace("hard", "used")));
    set(Resources.DEPLOYMENTS, "web", 6L, "spec", "replicas");
    create(Resources.DEPLOYMENTS, "full", "replicas: 1, " + selecting("full"), "Always");
    cluster.advance(Duration.ofMinutes(1));
  }

  private Stream<String> said() {
    return cluster.list(Resources.EVENTS).stream()
        .map(KubeObject::tree)
        .map(
            event ->
                String.join(
                    " ",
                    event.text("involvedObject", "kind"),
                    event.text("type"),
                    event.text("reason"),
                    event.text("source", "component"),
                    event.text("message")));
  }

  private static String pattern(String words) {
    return "\\Q" + words.replace("*", "\\E.+\\Q") + "\\E";
  }

  @Test
  void speaksInTheWordsThatPeopleKnow() {
    liveThroughAll();
    List<String> said = said().toList();
    assertThat(WORDS)
        .filteredOn(words -> said.stream().noneMatch(event -> event.matches(pattern(words))))
        .as("nobody said so, but %s", String.join("\n", said))
        .isEmpty();
  }
}
