package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workloads, claims and quotas that are refused, and the words in which they are. */
class WorkloadValidationTest {
  private static final String POD = "spec: {containers: [{name: c, image: i}]}";

  private final TestApi api = new TestApi();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 1, maxSurge: 1}} |"
            + " spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when"
            + " maxUnavailable is non-zero",
        "updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 0}} |"
            + " spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when"
            + " maxSurge is 0",
        "updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 101%}} |"
            + " spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not"
            + " be greater than 100%",
        "minReadySeconds: -1 | spec.minReadySeconds: Invalid value: -1: must be greater than or"
            + " equal to 0"
      })
  void refusesDaemonSets(String part, String problem) {
    refuses(
        Resources.DAEMON_SETS,
        "selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
            + POD
            + "}, "
            + part,
        "DaemonSet.apps \"x\" is invalid: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "podManagementPolicy: Chaos | spec.podManagementPolicy: Invalid value: \"Chaos\": must be"
            + " 'OrderedReady' or 'Parallel'",
        "updateStrategy: {type: OnDelete, rollingUpdate: {partition: 1}} |"
            + " spec.updateStrategy.rollingUpdate: Invalid value: {\"partition\":1}: only allowed"
            + " for updateStrategy 'RollingUpdate'",
        "updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 0}} |"
            + " spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0",
        "persistentVolumeClaimRetentionPolicy: {whenScaled: Burn} |"
            + " spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: \"Burn\":"
            + " supported values: \"Retain\", \"Delete\"",
        "ordinals: {start: -1} | spec.ordinals.start: Invalid value: -1: must be greater than or"
            + " equal to 0"
      })
  void refusesStatefulSets(String part, String problem) {
    refuses(
        Resources.STATEFUL_SETS,
        "selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
            + POD
            + "}, "
            + part,
        "StatefulSet.apps \"x\" is invalid: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "selector: {a: c}, template: {metadata: {labels: {a: b}}, "
            + POD
            + "} |"
            + " spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not"
            + " match template `labels`",
        "selector: {a: b} | spec.template: Required value",
        "template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, containers: [{name:"
            + " c, image: i}]}} | spec.template.spec.restartPolicy: Unsupported value: \"Never\":"
            + " supported values: \"Always\"",
        "template: {metadata: {labels: {a: b}}, spec: {activeDeadlineSeconds: 5, containers:"
            + " [{name: c, image: i}]}} | spec.template.spec.activeDeadlineSeconds: Forbidden:"
            + " activeDeadlineSeconds in ReplicationController is not Supported"
      })
  void refusesReplicationControllers(String spec, String problem) {
    refuses(
        Resources.REPLICATION_CONTROLLERS,
        spec,
        "ReplicationController \"x\" is invalid: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "completions: -1 | spec.completions: Invalid value: -1: must be greater than or equal to 0",
        "completionMode: Indexed, parallelism: 2 | spec.completions: Required value: when completion mode is"
            + " Indexed",
        "completionMode: Often | spec.completionMode: Unsupported value: \"Often\": supported"
            + " values: \"NonIndexed\", \"Indexed\"",
        "backoffLimitPerIndex: 1 | spec.backoffLimitPerIndex: Invalid value: 1: requires indexed"
            + " completion mode",
        "managedBy: me | spec.managedBy: Invalid value: \"me\": must be a domain-prefixed path"
            + " (such as \"acme.io/foo\")",
        "successPolicy: {rules: [{succeededCount: 1}]} | spec.successPolicy: Invalid value:"
            + " {\"rules\":[{\"succeededCount\":1}]}: requires indexed completion mode",
        "completionMode: Indexed, completions: 5, successPolicy: {rules: [{succeededIndexes: 3-1}]}"
            + " | spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"3-1\": error"
            + " parsing succeededIndexes: non-increasing order, previous: 3, current: 1",
        "completionMode: Indexed, completions: 5, successPolicy: {rules: [{succeededCount: 4,"
            + " succeededIndexes: 0-2}]} | spec.successPolicy.rules[0].succeededCount: Invalid"
            + " value: 4: must be less than or equal to 3 (the number of indexes in the specified"
            + " succeededIndexes field)",
        "podFailurePolicy: {rules: [{action: FailJob}]} | spec.podFailurePolicy.rules[0]: Invalid"
            + " value: specifying one of OnExitCodes and OnPodConditions is required",
        "podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [2,"
            + " 1]}}]} | spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [2,1]:"
            + " must be ordered",
        "selector: {matchLabels: {a: b}} | [spec.selector: Invalid value:"
            + " {\"matchLabels\":{\"a\":\"b\","
      })
  void refusesJobs(String part, String problem) {
    assertThatThrownBy(
            () ->
                api.create(
                    Resources.JOBS,
                    "{metadata: {name: x}, spec: {"
                        + part.strip()
                        + ", template: {spec: {restartPolicy: Never, containers: [{name: c, image:"
                        + " i}]}}}}"))
        .hasMessageStartingWith("Job.batch \"x\" is invalid: " + problem.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "schedule: '' | spec.schedule: Required value",
        "schedule: '* * * *' | spec.schedule: Invalid value: \"* * * *\": expected exactly 5"
            + " fields, found 4: [* * * *]",
        "schedule: 'TZ=UTC 0 0 * * *' | spec.schedule: Invalid value: \"TZ=UTC 0 0 * * *\": cannot"
            + " use TZ or CRON_TZ in schedule, use timeZone field instead",
        "schedule: '@daily', timeZone: Europe/Atlantis | spec.timeZone: Invalid value:"
            + " \"Europe/Atlantis\": unknown time zone Europe/Atlantis",
        "schedule: '@daily', timeZone: '' | spec.timeZone: Invalid value: \"\": timeZone must be"
            + " nil or non-empty string",
        "schedule: '@daily', concurrencyPolicy: Maybe | spec.concurrencyPolicy: Unsupported value:"
            + " \"Maybe\": supported values: \"Allow\", \"Forbid\", \"Replace\""
      })
  void refusesCronJobs(String part, String problem) {
    refuses(
        Resources.CRON_JOBS,
        part.strip()
            + ", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name:"
            + " c, image: i}]}}}}",
        "CronJob.batch \"x\" is invalid: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "maxReplicas: 0 | [spec.maxReplicas: Invalid value: 0: must be greater than 0,"
            + " spec.maxReplicas: Invalid value: 0: must be greater than or equal to"
            + " `minReplicas`]",
        "maxReplicas: 3, metrics: [{type: Pods}] | spec.metrics[0].pods: Required value: must"
            + " populate information for the given metric source",
        "maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type:"
            + " Utilization}}}] | spec.metrics[0].resource.target.averageUtilization: Required"
            + " value: must set either a target raw value or a target utilization",
        "maxReplicas: 3, behavior: {scaleUp: {policies: [{type: Pods, value: 0, periodSeconds:"
            + " 15}]}} | spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater"
            + " than zero"
      })
  void refusesAutoscalers(String part, String problem) {
    refuses(
        Resources.HORIZONTAL_POD_AUTOSCALERS,
        part.strip() + ", scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}",
        "HorizontalPodAutoscaler.autoscaling \"x\" is invalid: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "minAvailable: 1, maxUnavailable: 1 | spec: Invalid value:"
            + " {\"MinAvailable\":1,\"Selector\":null,\"MaxUnavailable\":1,\"UnhealthyPodEvictionPolicy\":null}:"
            + " minAvailable and maxUnavailable cannot be both set",
        "minAvailable: 200% | spec.minAvailable: Invalid value: \"200%\": must not be greater than"
            + " 100%"
      })
  void refusesBudgets(String spec, String problem) {
    refuses(
        Resources.POD_DISRUPTION_BUDGETS,
        spec,
        "PodDisruptionBudget.policy \"x\" is invalid: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "accessModes: [ReadWriteOnce], capacity: {storage: 1Gi} | spec: Required value: must"
            + " specify a volume type",
        "accessModes: [Often], capacity: {storage: 1Gi}, nfs: {server: s, path: /p} |"
            + " spec.accessModes: Unsupported value: \"Often\": supported values: \"ReadOnlyMany\","
            + " \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"",
        "accessModes: [ReadWriteOnce], capacity: {storage: '0'}, hostPath: {path: /a} |"
            + " spec.capacity[storage]: Invalid value: \"0\": must be greater than zero",
        "accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, local: {path: /a} |"
            + " spec.nodeAffinity: Required value: Local volume requires node affinity",
        "accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, hostPath: {path: /a}, nfs:"
            + " {server: s, path: /p} | spec.nfs: Forbidden: may not specify more than 1 volume"
            + " type"
      })
  void refusesVolumes(String spec, String problem) {
    refuses(Resources.PERSISTENT_VOLUMES, spec, "PersistentVolume \"x\" is invalid: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "accessModes: [ReadWriteOnce] | spec.resources[storage]: Required value",
        "resources: {requests: {storage: 1Gi}} | spec.accessModes: Required value: at least 1"
            + " access mode is required",
        "accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, dataSource: {kind:"
            + " Snapshot, name: s} | [spec.dataSource: Invalid value: \"Snapshot\": must be"
            + " 'PersistentVolumeClaim' when referencing the default apiGroup, spec.dataSourceRef:"
            + " Invalid value: \"Snapshot\": must be 'PersistentVolumeClaim' when referencing the"
            + " default apiGroup]"
      })
  void refusesClaims(String spec, String problem) {
    refuses(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        spec,
        "PersistentVolumeClaim \"x\" is invalid: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "hard: {pods: 1500m} | spec.hard[pods]: Invalid value: \"1500m\": must be an integer",
        "hard: {storage: 1Gi} | spec.hard[storage]: Invalid value: \"storage\": must be a standard"
            + " resource for quota",
        "hard: {services: '1'}, scopes: [BestEffort] | spec.scopes: Invalid value:"
            + " [\"BestEffort\"]: unsupported scope applied to resource",
        "hard: {pods: '1'}, scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator:"
            + " In}]} | spec.scopeSelector.matchExpressions.values: Required value: must be at"
            + " least one value when `operator` is 'In' or 'NotIn' for scope selector"
      })
  void refusesQuotas(String spec, String problem) {
    refuses(Resources.RESOURCE_QUOTAS, spec, "ResourceQuota \"x\" is invalid: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{type: Container, min: {cpu: '2'}, max: {cpu: '1'}, default: {cpu: '1'}, defaultRequest:"
            + " {cpu: '1'}} | [spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is"
            + " greater than max value 1, spec.limits[0].defaultRequest[cpu]: Invalid value: \"1\":"
            + " min value 2 is greater than default request value 1, spec.limits[0].default[cpu]:"
            + " Invalid value: \"2\": min value 2 is greater than default value 1]",
        "{type: Pod, default: {cpu: '1'}} | spec.limits[0].default: Forbidden: may not be specified"
            + " when `type` is 'Pod'",
        "{type: PersistentVolumeClaim} | spec.limits[0].limits: Required value: either minimum or"
            + " maximum storage value is required, but neither was provided"
      })
  void refusesLimits(String limit, String problem) {
    refuses(
        Resources.LIMIT_RANGES,
        "limits: [" + limit.strip() + "]",
        "LimitRange \"x\" is invalid: " + problem);
  }

  private void refuses(ResourceType type, String spec, String message) {
    assertThatThrownBy(
            () -> api.create(type, "{metadata: {name: x}, spec: {" + spec.strip() + "}}"))
        .hasMessage(message.strip());
  }
}
