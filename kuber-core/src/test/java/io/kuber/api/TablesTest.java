package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.Tables.Include;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.builtin.BuiltInKinds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows as {@code kubectl get} shows them, an hour after the objects were made. */
class TablesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
  private static final String MADE = "creationTimestamp: '2026-01-01T00:00:00Z'";

  static Stream<Arguments> rows() {
    return Stream.of(
        row(Resources.PODS, pod("{phase: Pending}"), "p 0/1 Pending 0 60m"),
        row(
            Resources.PODS,
            pod(
                "{phase: Running, containerStatuses: [{name: c, ready: true, restartCount: 0, state: {running: {}}}]}"),
            "p 1/1 Running 0 60m"),
        row(
            Resources.PODS,
            pod(
                "{phase: Running, containerStatuses: [{name: c, restartCount: 2, state: {waiting:"
                    + " {reason: CrashLoopBackOff}}, lastState: {terminated: {finishedAt:"
                    + " '2026-01-01T00:55:00Z'}}}]}"),
            "p 0/1 CrashLoopBackOff 2 (5m ago) 60m"),
        row(
            Resources.PODS,
            pod(
                "{phase: Succeeded, containerStatuses: [{name: c, restartCount: 0, state:"
                    + " {terminated: {reason: Completed, exitCode: 0}}}]}"),
            "p 0/1 Completed 0 60m"),
        row(
            Resources.PODS,
            "{metadata: {name: p, "
                + MADE
                + ", deletionTimestamp: '2026-01-01T00:59:00Z'}, spec:"
                + " {containers: [{name: c}]}, status: {phase: Running}}",
            "p 0/1 Terminating 0 60m"),
        row(
            Resources.PODS,
            "{metadata: {name: p, "
                + MADE
                + "}, spec: {initContainers: [{name: i}], containers:"
                + " [{name: c}]}, status: {phase: Pending, initContainerStatuses: [{name: i,"
                + " state: {running: {}}}]}}",
            "p 0/1 Init:0/1 0 60m"),
        row(
            Resources.DEPLOYMENTS,
            "{metadata: {name: d, "
                + MADE
                + "}, spec: {replicas: 3}, status: {readyReplicas: 2,"
                + " updatedReplicas: 3, availableReplicas: 1}}",
            "d 2/3 3 1 60m"),
        row(
            Resources.REPLICA_SETS,
            "{metadata: {name: r, "
                + MADE
                + "}, spec: {replicas: 3}, status: {replicas: 2,"
                + " readyReplicas: 1}}",
            "r 3 2 1 60m"),
        row(
            Resources.REPLICATION_CONTROLLERS,
            "{metadata: {name: r, " + MADE + "}, spec: {replicas: 3}, status: {replicas: 2}}",
            "r 3 2 0 60m"),
        row(
            Resources.STATEFUL_SETS,
            "{metadata: {name: s, " + MADE + "}, spec: {replicas: 3}, status: {readyReplicas: 1}}",
            "s 1/3 60m"),
        row(
            Resources.DAEMON_SETS,
            "{metadata: {name: d, "
                + MADE
                + "}, spec: {template: {spec: {nodeSelector: {b: c, a: d}}}}, status:"
                + " {desiredNumberScheduled: 3, currentNumberScheduled: 2, numberReady: 1,"
                + " updatedNumberScheduled: 2, numberAvailable: 1}}",
            "d 3 2 1 2 1 a=d,b=c 60m"),
        row(
            Resources.CONTROLLER_REVISIONS,
            "{metadata: {name: web-1, "
                + MADE
                + ", ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: u,"
                + " controller: true}]}, revision: 4}",
            "web-1 statefulset.apps/web 4 60m"),
        row(
            Resources.JOBS,
            "{metadata: {name: j, "
                + MADE
                + "}, spec: {completions: 5}, status: {succeeded: 2, startTime:"
                + " '2026-01-01T00:58:00Z'}}",
            "j Running 2/5 2m 60m"),
        row(
            Resources.JOBS,
            "{metadata: {name: j, "
                + MADE
                + "}, spec: {parallelism: 3}, status: {succeeded: 1, startTime:"
                + " '2026-01-01T00:10:00Z', completionTime: '2026-01-01T00:10:07Z', conditions:"
                + " [{type: Complete, status: 'True'}]}}",
            "j Complete 1/1 of 3 7s 60m"),
        row(
            Resources.CRON_JOBS,
            "{metadata: {name: c, "
                + MADE
                + "}, spec: {schedule: '@hourly', suspend: false}, status: {active: [{}],"
                + " lastScheduleTime: '2026-01-01T00:30:00Z'}}",
            "c @hourly <none> False 1 30m 60m"),
        row(
            Resources.HORIZONTAL_POD_AUTOSCALERS,
            "{metadata: {name: h, "
                + MADE
                + "}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 1,"
                + " maxReplicas: 9, metrics: [{type: Resource, resource: {name: cpu, target:"
                + " {averageUtilization: 80}}}, {type: Pods, pods: {target: {averageValue: 1k}}},"
                + " {type: Object}]}, status: {currentReplicas: 2, currentMetrics: [{resource:"
                + " {current: {averageUtilization: 55}}}]}}",
            "h Deployment/web cpu: 55%/80%, <unknown>/1k + 1 more... 1 9 2 60m"),
        row(
            Resources.POD_DISRUPTION_BUDGETS,
            "{metadata: {name: b, "
                + MADE
                + "}, spec: {minAvailable: 50%}, status: {disruptionsAllowed: 2}}",
            "b 50% N/A 2 60m"),
        row(
            Resources.PERSISTENT_VOLUMES,
            "{metadata: {name: v, "
                + MADE
                + "}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteMany,"
                + " ReadWriteOnce], persistentVolumeReclaimPolicy: Retain, claimRef: {namespace: ns,"
                + " name: c}, storageClassName: fast}, status: {phase: Bound, reason: r}}",
            "v 1Gi RWO,RWX Retain Bound ns/c fast <unset> r 60m"),
        row(
            Resources.PERSISTENT_VOLUME_CLAIMS,
            "{metadata: {name: c, "
                + MADE
                + "}, spec: {volumeName: v, storageClassName: fast}, status: {phase: Bound,"
                + " capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}}",
            "c Bound v 1Gi RWO fast <unset> 60m"),
        row(
            Resources.RESOURCE_QUOTAS,
            "{metadata: {name: q, "
                + MADE
                + "}, status: {hard: {pods: '4', limits.cpu: '2'}, used: {pods: '1'}}}",
            "q pods: 1/4 limits.cpu: 0/2 60m"),
        row(
            Resources.LIMIT_RANGES,
            "{metadata: {name: l, " + MADE + "}}",
            "l 2026-01-01T00:00:00Z"),
        row(
            Resources.POD_TEMPLATES,
            "{metadata: {name: t, "
                + MADE
                + "}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image:"
                + " i}]}}}",
            "t c i a=b"),
        row(
            Resources.COMPONENT_STATUSES,
            "{metadata: {name: store}, conditions: [{type: Healthy, status: 'True', message: ok}]}",
            "store Healthy ok "),
        row(
            Resources.SERVICES,
            "{metadata: {name: s, "
                + MADE
                + "}, spec: {type: NodePort, clusterIP: 10.96.0.9,"
                + " ports: [{port: 80, nodePort: 30080, protocol: TCP}]}}",
            "s NodePort 10.96.0.9 <none> 80:30080/TCP 60m"),
        row(
            Resources.NODES,
            "{metadata: {name: n1, "
                + MADE
                + ", labels: {node-role.kubernetes.io/control-plane:"
                + " ''}}, spec: {unschedulable: true}, status: {conditions: [{type: Ready, status:"
                + " 'True'}], nodeInfo: {kubeletVersion: v1.36.0}}}",
            "n1 Ready,SchedulingDisabled control-plane 60m v1.36.0"),
        row(
            Resources.NAMESPACES,
            "{metadata: {name: ns, " + MADE + "}, status: {phase: Active}}",
            "ns Active 60m"),
        row(
            Resources.CONFIG_MAPS,
            "{metadata: {name: m, " + MADE + "}, data: {a: b, c: d}}",
            "m 2 60m"),
        row(
            Resources.SECRETS,
            "{metadata: {name: s, " + MADE + "}, type: Opaque, data: {a: Yg==}}",
            "s Opaque 1 60m"),
        row(Resources.SERVICE_ACCOUNTS, "{metadata: {name: a, " + MADE + "}}", "a 0 60m"),
        row(
            Resources.ENDPOINTS,
            "{metadata: {name: e, "
                + MADE
                + "}, subsets: [{addresses: [{ip: 10.0.0.1}, {ip:"
                + " 10.0.0.2}], ports: [{port: 80}]}]}",
            "e 10.0.0.1:80,10.0.0.2:80 60m"),
        row(
            Resources.ENDPOINT_SLICES,
            "{metadata: {name: e, "
                + MADE
                + "}, addressType: IPv4, ports: [{port: 80}], endpoints:"
                + " [{addresses: [10.0.0.1]}]}",
            "e IPv4 80 10.0.0.1 60m"),
        row(
            Resources.LEASES,
            "{metadata: {name: l, " + MADE + "}, spec: {holderIdentity: me}}",
            "l me 60m"),
        row(
            Resources.EVENTS,
            "{metadata: {name: e}, type: Normal, reason: Pulled, message: done, lastTimestamp:"
                + " '2026-01-01T00:58:00Z', involvedObject: {kind: Pod, name: web}}",
            "2m Normal Pulled pod/web done"));
  }

  private static String pod(String status) {
    return "{metadata: {name: p, "
        + MADE
        + "}, spec: {containers: [{name: c}]}, status: "
        + status
        + "}";
  }

  private static Arguments row(ResourceType type, String object, String cells) {
    return Arguments.of(type, object, cells);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void showsRow(ResourceType type, String object, String cells) {
    Kind kind = BuiltInKinds.catalogue().of(type);
    Tree table = Tables.of(served(kind), parsed(object), Include.METADATA, NOW, true);
    Items columns = table.items("columnDefinitions");
    Items values = table.items("rows").tree(0).items("cells");
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.tree(i).number(0, "priority") == 0) {
        shown.append(shown.isEmpty() ? "" : " ").append(values.get(i));
      }
    }
    assertThat(shown).hasToString(cells);
  }

  @Test
  void putsMetadataBesideCells() {
    Kind kind = BuiltInKinds.catalogue().of(Resources.LEASES);
    Tree table =
        Tables.of(served(kind), parsed("{metadata: {name: l}}"), Include.METADATA, NOW, true);
    assertThat(table.items("rows").tree(0).tree("object").text("kind"))
        .isEqualTo("PartialObjectMetadata");
    Tree bare = Tables.of(served(kind), parsed("{metadata: {name: l}}"), Include.NONE, NOW, false);
    assertThat(bare.items("rows").tree(0).has("object")).isFalse();
    assertThat(List.of(bare.items("columnDefinitions"))).containsExactly(Items.EMPTY);
  }

  private static KubeObject parsed(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static Served served(Kind kind) {
    return new Served(kind, kind.stored());
  }
}
