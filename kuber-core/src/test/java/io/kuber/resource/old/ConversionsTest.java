package io.kuber.resource.old;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.resource.Conversion;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients of old versions send, what is stored of it, and what they see again. */
class ConversionsTest {
  static Stream<Arguments> sentAndStored() {
    return Stream.of(
        Arguments.of(
            "a Deployment of 2017 needs no selector",
            OldDeployments.OF_EXTENSIONS,
            "{metadata: {name: d}, spec: {template: {metadata: {labels: {app: a}}}}}",
            "{metadata: {name: d, labels: {app: a}}, spec: {template: {metadata: {labels: {app:"
                + " a}}}, selector: {matchLabels: {app: a}}, strategy: {type: RollingUpdate,"
                + " rollingUpdate: {maxUnavailable: 1, maxSurge: 1}}, revisionHistoryLimit:"
                + " 2147483647, progressDeadlineSeconds: 2147483647}}"),
        Arguments.of(
            "apps/v1beta1 keeps two old replica sets",
            OldDeployments.OF_V1BETA1,
            "{spec: {strategy: {type: Recreate}}}",
            "{spec: {strategy: {type: Recreate}, revisionHistoryLimit: 2,"
                + " progressDeadlineSeconds: 600}}"),
        Arguments.of(
            "a wish to roll back is kept",
            OldDeployments.OF_V1BETA1,
            "{spec: {strategy: {type: Recreate}, revisionHistoryLimit: 1,"
                + " progressDeadlineSeconds: 1, rollbackTo: {revision: 3}}}",
            "{metadata: {annotations: {deprecated.deployment.rollback.to: '3'}}, spec: {strategy:"
                + " {type: Recreate}, revisionHistoryLimit: 1, progressDeadlineSeconds: 1}}"),
        Arguments.of(
            "old daemon sets wait for the deletion of pods",
            new OldDaemonSets(),
            "{spec: {templateGeneration: 4}}",
            "{metadata: {annotations: {deprecated.daemonset.template.generation: '4'}}, spec:"
                + " {updateStrategy: {type: OnDelete}}}"),
        Arguments.of(
            "old stateful sets too",
            new OldStatefulSets(),
            "{spec: {template: {metadata: {labels: {app: db}}}}}",
            "{metadata: {labels: {app: db}}, spec: {template: {metadata: {labels: {app: db}}},"
                + " selector: {matchLabels: {app: db}}, updateStrategy: {type: OnDelete}}}"),
        Arguments.of(
            "backends of an Ingress are services",
            new OldIngresses(),
            "{spec: {backend: {serviceName: a, servicePort: 80}, rules: [{http: {paths: [{path:"
                + " /, backend: {serviceName: b, servicePort: web}}]}}, {host: h}]}}",
            "{spec: {defaultBackend: {service: {name: a, port: {number: 80}}}, rules: [{http:"
                + " {paths: [{path: /, backend: {service: {name: b, port: {name: web}}}, pathType:"
                + " ImplementationSpecific}]}}, {host: h}]}}"),
        Arguments.of(
            "an empty selector of a budget chose nothing",
            new OldDisruptionBudgets(),
            "{spec: {selector: {}}}",
            "{spec: {selector: {matchExpressions: [{key:"
                + " pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match, operator:"
                + " Exists}]}}}"),
        Arguments.of(
            "the first autoscalers know the processor alone",
            new FirstAutoscalers(),
            "{spec: {maxReplicas: 3, targetCPUUtilizationPercentage: 70}}",
            "{spec: {maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target:"
                + " {averageUtilization: 70, type: Utilization}}}]}}"),
        Arguments.of(
            "and keep all else in annotations",
            new FirstAutoscalers(),
            "{metadata: {name: a, annotations: {autoscaling.alpha.kubernetes.io/metrics:"
                + " '[{\"type\":\"Pods\",\"pods\":{\"metricName\":\"hits\",\"targetAverageValue\":"
                + "\"5\"}}]'}}, spec: {maxReplicas: 3}}",
            "{metadata: {name: a}, spec: {maxReplicas: 3, metrics: [{type: Pods, pods: {metric: {name: hits}, target:"
                + " {type: AverageValue, averageValue: '5'}}}]}}"),
        Arguments.of(
            "metrics of v2beta1 had their targets beside them",
            new OldAutoscalers(),
            "{spec: {metrics: [{type: Resource, resource: {name: memory, targetAverageValue: 1Gi}},"
                + " {type: Object, object: {target: {kind: Service, name: s}, metricName: hits,"
                + " targetValue: '9'}}, {type: External, external: {metricName: queue,"
                + " metricSelector: {matchLabels: {q: a}}, targetValue: '30'}}]}}",
            "{spec: {metrics: [{type: Resource, resource: {name: memory, target: {type:"
                + " AverageValue, averageValue: 1Gi}}}, {type: Object, object: {describedObject:"
                + " {kind: Service, name: s}, metric: {name: hits}, target: {type: Value, value:"
                + " '9'}}}, {type: External, external: {metric: {name: queue, selector:"
                + " {matchLabels: {q: a}}}, target: {type: Value, value: '30'}}}]}}"),
        Arguments.of(
            "endpoints told their zone and node in one map",
            new OldEndpointSlices(),
            "{endpoints: [{nodeName: n, topology: {topology.kubernetes.io/zone: z,"
                + " kubernetes.io/hostname: n, rack: r}}]}",
            "{endpoints: [{nodeName: n, zone: z, deprecatedTopology: {rack: r}}]}"),
        Arguments.of(
            "old webhooks fail open",
            new OldWebhooks(),
            "{webhooks: [{name: w, timeoutSeconds: 5}]}",
            "{webhooks: [{name: w, timeoutSeconds: 5, failurePolicy: Ignore, matchPolicy: Exact,"
                + " sideEffects: Unknown, admissionReviewVersions: [v1beta1]}]}"),
        Arguments.of(
            "signing requests had no signer",
            new OldSigningRequests(),
            "{spec: {request: eA==}}",
            "{spec: {request: eA==, signerName: kubernetes.io/legacy-unknown, usages: [digital"
                + " signature, key encipherment]}}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sentAndStored")
  void storesWhatOldVersionsMean(String why, Conversion conversion, String sent, String stored) {
    assertThat(conversion.toStored(object(sent))).as(why).isEqualTo(object(stored));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sentAndStored")
  void losesNothingThatIsReadAndWrittenBack(
      String why, Conversion conversion, String sent, String stored) {
    KubeObject there = object(stored);
    assertThat(conversion.toStored(conversion.fromStored(there))).as(why).isEqualTo(there);
  }

  private static KubeObject object(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
