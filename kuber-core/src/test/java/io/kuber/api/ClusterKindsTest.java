package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes, drivers, flows and cron jobs: what is refused when they are made and changed. */
class ClusterKindsTest {
  private static final String CONTAINER =
      "template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}";

  private final TestApi api = new TestApi();

  private KubeObject create(ResourceType type, String fields) {
    return api.create(type, "{metadata: {name: x}, " + fields.strip() + "}");
  }

  private void refuses(ResourceType type, String fields, String problem) {
    assertThatThrownBy(() -> create(type, fields)).hasMessage(told(type, problem));
  }

  /** The fields of {@code after} take the place of those that were there. */
  private void refusesChange(ResourceType type, String before, String after, String problem) {
    KubeObject made = create(type, before);
    Tree changed = made.tree();
    Tree fields = TestApi.yaml("{" + after.strip() + "}");
    for (int i = 0; i < fields.size(); i++) {
      changed = changed.with(fields.nameAt(i), fields.valueAt(i));
    }
    KubeObject sent = KubeObject.of(changed);
    assertThatThrownBy(() -> api.update(type, "", sent)).hasMessage(told(type, problem));
  }

  private static String told(ResourceType type, String problem) {
    return type.kind() + "." + type.group() + " \"x\" is invalid: " + problem.strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "value: 1000000001 | value: Forbidden: maximum allowed value of a user defined priority is"
            + " 1000000000",
        "value: 1, preemptionPolicy: Always | preemptionPolicy: Unsupported value: \"Always\":"
            + " supported values: \"PreemptLowerPriority\", \"Never\""
      })
  void refusesPriorities(String fields, String problem) {
    refuses(Resources.PRIORITY_CLASSES, fields, problem);
  }

  @Test
  void keepsPrioritiesAndLooksAtNothingElse() {
    refusesChange(
        Resources.PRIORITY_CLASSES,
        "value: 1",
        "value: 1000000001, preemptionPolicy: Never",
        "[value: Forbidden: may not be changed in an update., preemptionPolicy: Invalid value:"
            + " \"Never\": field is immutable]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "provisioner: a, reclaimPolicy: Recycle | reclaimPolicy: Unsupported value: \"Recycle\":"
            + " supported values: \"Delete\", \"Retain\"",
        "provisioner: a, volumeBindingMode: Late | volumeBindingMode: Unsupported value: \"Late\":"
            + " supported values: \"Immediate\", \"WaitForFirstConsumer\"",
        "provisioner: a, parameters: {'': b} | parameters: Invalid value: \"\": field can not be"
            + " empty.",
        "provisioner: a, allowedTopologies: [{matchLabelExpressions: [{key: a, values: []}]}] |"
            + " allowedTopologies[0].matchLabelExpressions[0].values: Required value",
        "provisioner: a, allowedTopologies: [{matchLabelExpressions: [{key: a, values: [b, b]}, {key:"
            + " a, values: [c]}]}] | [allowedTopologies[0].matchLabelExpressions[0].values[1]:"
            + " Duplicate value: \"b\", allowedTopologies[0].matchLabelExpressions[1].key: Duplicate"
            + " value: \"a\"]",
        "provisioner: a, allowedTopologies: [{matchLabelExpressions: [{key: a, values: [b, c]}]},"
            + " {matchLabelExpressions: [{key: a, values: [c, b]}]}] |"
            + " allowedTopologies[1].matchLabelExpressions: Duplicate value: \"\""
      })
  void refusesStorageClasses(String fields, String problem) {
    refuses(Resources.STORAGE_CLASSES, fields, problem);
  }

  @Test
  void keepsStorageClasses() {
    refusesChange(
        Resources.STORAGE_CLASSES,
        "provisioner: a",
        "provisioner: b, parameters: {c: d}, reclaimPolicy: Retain, volumeBindingMode:"
            + " WaitForFirstConsumer",
        "[parameters: Forbidden: updates to parameters are forbidden., provisioner: Forbidden:"
            + " updates to provisioner are forbidden., reclaimPolicy: Forbidden: updates to"
            + " reclaimPolicy are forbidden., volumeBindingMode: Invalid value:"
            + " \"WaitForFirstConsumer\": field is immutable]");
  }

  @Test
  void keepsAttributesOfVolumes() {
    refuses(
        Resources.VOLUME_ATTRIBUTES_CLASSES,
        "driverName: a",
        "parameters: Required value: must contain at least one key/value pair");
    refusesChange(
        Resources.VOLUME_ATTRIBUTES_CLASSES,
        "driverName: a, parameters: {b: c}",
        "driverName: d, parameters: {b: e}",
        "[driverName: Forbidden: updates to driverName are forbidden., parameters: Forbidden:"
            + " updates to parameters are forbidden.]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "fsGroupPolicy: Some | spec.fsGroupPolicy: Unsupported value: \"Some\": supported values:"
            + " \"File\", \"None\", \"ReadWriteOnceWithFSType\"",
        "tokenRequests: [{audience: a}, {audience: a}] | spec.tokenRequests[1].audience: Duplicate"
            + " value: \"a\"",
        "tokenRequests: [{audience: a, expirationSeconds: 599}] |"
            + " spec.tokenRequests[0].expirationSeconds: Invalid value: 599: may not specify a"
            + " duration less than 10 minutes",
        "volumeLifecycleModes: [Short] | spec.volumeLifecycleModes: Unsupported value: \"Short\":"
            + " supported values: \"Persistent\", \"Ephemeral\"",
        "nodeAllocatableUpdatePeriodSeconds: 9 | spec.nodeAllocatableUpdatePeriodSeconds: Invalid"
            + " value: 9: must be greater than or equal to 10 seconds"
      })
  void refusesDrivers(String spec, String problem) {
    refuses(Resources.CSI_DRIVERS, "spec: {" + spec.strip() + "}", problem);
  }

  @Test
  void keepsHowADriverAttaches() {
    refusesChange(
        Resources.CSI_DRIVERS,
        "spec: {}",
        "spec: {attachRequired: false, volumeLifecycleModes: [Ephemeral]}",
        "[spec.attachedRequired: Invalid value: false: field is immutable,"
            + " spec.volumeLifecycleModes: Invalid value: [\"Ephemeral\"]: field is immutable]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "attacher: a, nodeName: n1 | spec.source: Required value: must specify exactly one of"
            + " inlineVolumeSpec and persistentVolumeName",
        "attacher: a, nodeName: n1, source: {persistentVolumeName: v, inlineVolumeSpec: {}} |"
            + " spec.source: Forbidden: must specify exactly one of inlineVolumeSpec and"
            + " persistentVolumeName"
      })
  void refusesAttachments(String spec, String problem) {
    refuses(Resources.VOLUME_ATTACHMENTS, "spec: {" + spec.strip() + "}", problem);
  }

  @Test
  void keepsAttachments() {
    refusesChange(
        Resources.VOLUME_ATTACHMENTS,
        "spec: {attacher: a, nodeName: n1, source: {persistentVolumeName: v}}",
        "spec: {attacher: a, nodeName: n2, source: {persistentVolumeName: v}}",
        "spec: Invalid value:"
            + " {\"Attacher\":\"a\",\"Source\":{\"PersistentVolumeName\":\"v\",\"InlineVolumeSpec\":null},\"NodeName\":\"n2\"}:"
            + " field is immutable");
  }

  @Test
  void refusesStatusOfAttachments() {
    KubeObject made =
        create(
            Resources.VOLUME_ATTACHMENTS,
            "spec: {attacher: a, nodeName: n1, source: {persistentVolumeName: v}}");
    Tree error = Tree.of("message", "m".repeat(1025), "errorCode", -1L);
    Tree status = Tree.of("attached", false, "attachError", error);
    assertThatThrownBy(
            () -> api.update(Resources.VOLUME_ATTACHMENTS, "status", made.with(status, "status")))
        .hasMessage(
            told(
                Resources.VOLUME_ATTACHMENTS,
                "[status.attachError.message: Too long: may not be more than 262144 bytes,"
                    + " status.attachError.errorCode: Invalid value: -1: must be between 0 and"
                    + " 2147483647, inclusive]"));
  }

  @Test
  void keepsWhereCapacityIs() {
    refuses(
        Resources.CSI_STORAGE_CAPACITIES,
        "storageClassName: a, capacity: -1",
        "capacity: Invalid value: \"-1\": must be greater than or equal to 0");
    refusesChange(
        Resources.CSI_STORAGE_CAPACITIES,
        "storageClassName: a",
        "storageClassName: b, nodeTopology: {matchLabels: {c: d}}",
        "[nodeTopology: Invalid value: {\"matchLabels\":{\"c\":\"d\"}}: field is immutable,"
            + " storageClassName: Invalid value: \"b\": field is immutable]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{name: '', nodeID: b} | [spec.drivers[0].name: Required value, spec.drivers[0].name: Invalid"
            + " value: \"\": a lowercase RFC 1123 subdomain",
        "{name: a, nodeID: ''} | spec.drivers[0].nodeID: Required value",
        "{name: a, nodeID: b, allocatable: {count: -1}} | spec.drivers[0].allocatable.count: Invalid"
            + " value: -1: must be greater than or equal to 0",
        "{name: a, nodeID: b, topologyKeys: [c, c]} | spec.drivers[0]: Duplicate value: \"c\""
      })
  void refusesDriversOfNodes(String driver, String problem) {
    assertThatThrownBy(
            () -> create(Resources.CSI_NODES, "spec: {drivers: [" + driver.strip() + "]}"))
        .hasMessageStartingWith(told(Resources.CSI_NODES, problem));
  }

  @Test
  void letsNodesCountAnewWhatADriverHolds() {
    KubeObject made =
        create(
            Resources.CSI_NODES,
            "spec: {drivers: [{name: a, nodeID: b, allocatable: {count: 1}}]}");
    Tree drivers = TestApi.yaml("{drivers: [{name: a, nodeID: b, allocatable: {count: 2}}]}");
    assertThat(api.update(Resources.CSI_NODES, "", made.with(drivers, "spec")).spec())
        .isEqualTo(drivers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "handler: a, overhead: {podFixed: {cpu: -1}} | overhead.limits[cpu]: Invalid value: \"-1\":"
            + " must be greater than or equal to 0",
        "handler: a, scheduling: {tolerations: [{key: k, effect: Go}]} |"
            + " scheduling.tolerations[0].effect: Unsupported value: \"Go\": supported values:"
            + " \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"",
        "handler: a, scheduling: {tolerations: [{key: k, operator: Exists}, {key: k, operator:"
            + " Exists}]} | scheduling.tolerations[1]: Duplicate value:"
            + " {\"Key\":\"k\",\"Operator\":\"Exists\",\"Value\":\"\",\"Effect\":\"\",\"TolerationSeconds\":null}"
      })
  void refusesRuntimes(String fields, String problem) {
    refuses(Resources.RUNTIME_CLASSES, fields, problem);
  }

  @Test
  void keepsHandlerOfARuntime() {
    refusesChange(
        Resources.RUNTIME_CLASSES,
        "handler: a",
        "handler: b",
        "handler: Invalid value: \"b\": field is immutable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "priorityLevelConfiguration: {name: a}, matchingPrecedence: 10001 | spec.matchingPrecedence:"
            + " Invalid value: 10001: must not be greater than 10000",
        "priorityLevelConfiguration: {name: a}, matchingPrecedence: 1 | spec.matchingPrecedence:"
            + " Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1",
        "priorityLevelConfiguration: {name: a}, distinguisherMethod: {type: B} |"
            + " spec.distinguisherMethod.type: Unsupported value: {\"Type\":\"B\"}: supported values:"
            + " \"ByNamespace\", \"ByUser\"",
        "priorityLevelConfiguration: {name: ''} | spec.priorityLevelConfiguration.name: Required"
            + " value: must reference a priority level",
        "priorityLevelConfiguration: {name: a}, rules: [{subjects: [{kind: User, user: {name: u},"
            + " group: {name: g}, serviceAccount: {name: s, namespace: t}}]}] |"
            + " [spec.rules[0].subjects[0].serviceAccount: Forbidden: serviceAccount is forbidden"
            + " when subject kind is not 'ServiceAccount', spec.rules[0].subjects[0].group:"
            + " Forbidden: group is forbidden when subject kind is not 'Group', spec.rules[0]:"
            + " Required value: at least one of resourceRules and nonResourceRules has to be"
            + " non-empty]",
        "priorityLevelConfiguration: {name: a}, rules: [{subjects: [{kind: User, user: {name: u}}],"
            + " resourceRules: [{verbs: [get], apiGroups: [''], resources: [pods], namespaces:"
            + " [A]}]}] | spec.rules[0].resourceRules[0].namespaces[0]: Invalid value: \"A\": each"
            + " member of this list must be '*' or a DNS-1123 label; a lowercase RFC 1123 label must"
            + " consist of lower case alphanumeric characters or '-', and must start and end with an"
            + " alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
            + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        "priorityLevelConfiguration: {name: a}, rules: [{subjects: [{kind: User, user: {name: u}}],"
            + " nonResourceRules: [{verbs: ['*', get], nonResourceURLs: [/a*]}]}] |"
            + " [spec.rules[0].nonResourceRules[0].verbs: Invalid value: [\"*\",\"get\"]: if '*' is"
            + " present, must not specify other verbs,"
            + " spec.rules[0].nonResourceRules[0].nonResourceURLs[0]: Invalid value: \"/a*\":"
            + " wildcard can only do suffix matching]"
      })
  void refusesFlows(String spec, String problem) {
    refuses(Resources.FLOW_SCHEMAS, "spec: {" + spec.strip() + "}", problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "type: Exempt, exempt: {lendablePercent: -1} | [spec.type: Invalid value: \"Exempt\": type"
            + " must be 'Exempt' if and only if name is 'exempt', spec.exempt.lendablePercent: Invalid"
            + " value: -1: must be between 0 and 100, inclusive]",
        "type: Limited | spec.limited: Required value: must not be empty when type is Limited",
        "type: Limited, limited: {limitResponse: {type: Wait}} | spec.limited.limitResponse.type:"
            + " Unsupported value: \"Wait\": supported values: \"Queue\", \"Reject\"",
        "type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 2, handSize: 3}}} |"
            + " spec.limited.limitResponse.queuing.handSize: Invalid value: 3: should not be greater"
            + " than queues (2)"
      })
  void refusesPriorityLevels(String spec, String problem) {
    refuses(Resources.PRIORITY_LEVEL_CONFIGURATIONS, "spec: {" + spec.strip() + "}", problem);
  }

  @Test
  void leavesNothingOfTheExemptFreeButItsShare() {
    String form = "{metadata: {name: exempt}, spec: {type: %s, exempt: {lendablePercent: 50}}}";
    assertThat(api.create(Resources.PRIORITY_LEVEL_CONFIGURATIONS, form.formatted("Exempt")).name())
        .isEqualTo("exempt");
    assertThatThrownBy(
            () -> api.create(Resources.PRIORITY_LEVEL_CONFIGURATIONS, form.formatted("Limited")))
        .hasMessageContaining(
            "spec of 'exempt' except the 'spec.exempt' field must equal the fixed value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "schedule: '', startingDeadlineSeconds: -1, concurrencyPolicy: '' | [spec.schedule: Required"
            + " value, spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal"
            + " to 0, spec.concurrencyPolicy: Required value]",
        "schedule: 'TZ=UTC 0 0 * * *', timeZone: a//b | [spec.schedule: Invalid value: \"TZ=UTC 0 0 *"
            + " * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead,"
            + " spec.timeZone: Invalid value: \"a//b\": unknown time zone a//b]",
        "schedule: '0 0 * * *', timeZone: Local | spec.timeZone: Invalid value: \"Local\": timeZone"
            + " must be an explicit time zone as defined in https://www.iana.org/time-zones"
      })
  void refusesCronJobs(String spec, String problem) {
    refuses(
        Resources.CRON_JOBS,
        "spec: {jobTemplate: {spec: {" + CONTAINER + "}}, " + spec.strip() + "}",
        problem);
  }

  @Test
  void keepsWhatJobsDo() {
    KubeObject made = create(Resources.JOBS, "spec: {completions: 1, " + CONTAINER + "}");
    KubeObject changed =
        made.with(2L, "spec", "completions")
            .with("Indexed", "spec", "completionMode")
            .with(1L, "spec", "backoffLimitPerIndex")
            .with("a.b/c", "spec", "managedBy");
    assertThatThrownBy(() -> api.update(Resources.JOBS, "", changed))
        .hasMessage(
            told(
                Resources.JOBS,
                "[spec.completions: Invalid value: 2: can only be modified in tandem with"
                    + " spec.parallelism, spec.completionMode: Invalid value: \"Indexed\": field is"
                    + " immutable, spec.backoffLimitPerIndex: Invalid value: 1: field is immutable,"
                    + " spec.managedBy: Invalid value: \"a.b/c\": field is immutable]"));
  }
}
