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

/** The kinds that are as old as Kubernetes: what is refused when they are made, and changed. */
class OldKindsTest {
  private static final String LABEL =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String ADDRESS =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

  private final TestApi api = new TestApi();

  private KubeObject create(String type, String fields) {
    return api.create(api.type(type), "{metadata: {name: x}, " + fields.strip() + "}");
  }

  private static String words(String message) {
    return message.strip().replace("LABEL", LABEL).replace("ADDRESS", ADDRESS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "type: kubernetes.io/service-account-token |"
            + " metadata.annotations[kubernetes.io/service-account.name]: Required value",
        "type: kubernetes.io/dockercfg | data[.dockercfg]: Required value",
        "type: kubernetes.io/dockerconfigjson, stringData: {.dockerconfigjson: ''} |"
            + " data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": unexpected"
            + " end of JSON input",
        "type: kubernetes.io/basic-auth | [data[username]: Required value, data[password]:"
            + " Required value]",
        "type: kubernetes.io/ssh-auth, stringData: {ssh-privatekey: ''} | data[ssh-privatekey]:"
            + " Required value",
        "type: kubernetes.io/tls, stringData: {tls.crt: a} | data[tls.key]: Required value",
        "stringData: {..: c} | data[..]: Invalid value: \"..\": must not be '..'",
        "stringData: {..data: c} | data[..data]: Invalid value: \"..data\": must not start with"
            + " '..'",
        "stringData: {a/b: c} | data[a/b]: Invalid value: \"a/b\": a valid config key must consist"
            + " of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or"
            + " 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
      })
  void refusesSecrets(String fields, String problem) {
    assertThatThrownBy(() -> create("secrets", fields))
        .hasMessage("Secret \"x\" is invalid: " + problem.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "type: kubernetes.io/basic-auth, stringData: {username: ''}",
        "type: kubernetes.io/dockercfg, stringData: {.dockercfg: '{}'}",
        "type: example.com/own"
      })
  void takesSecrets(String fields) {
    assertThat(create("secrets", fields).name()).isEqualTo("x");
  }

  @Test
  void countsBytesOfDataNotItsLetters() {
    String within = "A".repeat((1 << 20) / 3 * 4);
    assertThat(create("secrets", "data: {a: " + within + "}").name()).isEqualTo("x");
    assertThat(create("configmaps", "binaryData: {a: " + within + "}").name()).isEqualTo("x");
    assertThatThrownBy(() -> create("secrets", "data: {a: " + within + "AAAA}"))
        .hasMessage("Secret \"x\" is invalid: data: Too long: may not be more than 1048576 bytes");
    assertThatThrownBy(() -> create("configmaps", "data: {a: " + "ä".repeat(1 << 19) + "a}"))
        .hasMessage("ConfigMap \"x\" is invalid: []: Too long: may not be more than 1048576 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "spec: {taints: [{key: a, value: '-', effect: NoSchedule}]} | metadata.taints[0].value:"
            + " Invalid value: \"-\": a valid label must be an empty string or consist of"
            + " alphanumeric characters, '-', '_' or '.', and must start and end with an"
            + " alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for"
            + " validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        "spec: {taints: [{key: a}]} | metadata.taints[0].effect: Required value",
        "spec: {taints: [{key: a, effect: Go}]} | metadata.taints[0].effect: Unsupported value:"
            + " \"Go\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"",
        "spec: {taints: [{key: a, effect: NoExecute}, {key: a, value: b, effect: NoExecute}]} |"
            + " metadata.taints[1]: Duplicate value:"
            + " {\"Key\":\"a\",\"Value\":\"b\",\"Effect\":\"NoExecute\",\"TimeAdded\":null}: taints"
            + " must be unique by key and effect pair",
        "spec: {podCIDR: 10} | spec.podCIDRs[0]: Invalid value: \"10\": must be a valid CIDR value,"
            + " (e.g. 10.9.8.0/24 or 2001:db8::/64)",
        "spec: {podCIDRs: [10.1.0.0/24, 10.2.0.0/24]} | spec.podCIDRs: Invalid value:"
            + " [\"10.1.0.0/24\",\"10.2.0.0/24\"]: may specify no more than one CIDR for each IP"
            + " family",
        "status: {capacity: {cpu: -1}} | [status.capacity.cpu: Invalid value: \"-1\": must be"
            + " greater than or equal to 0, status.allocatable.cpu: Invalid value: \"-1\": must be"
            + " greater than or equal to 0]",
        "status: {allocatable: {example.com/gpu: 1500m}} | status.allocatable.example.com/gpu:"
            + " Invalid value: \"1500m\": must be an integer"
      })
  void refusesNodes(String fields, String problem) {
    assertThatThrownBy(() -> create("nodes", fields.replace("podCIDR: 10}", "podCIDR: '10'}")))
        .hasMessage("Node \"x\" is invalid: " + problem.strip());
  }

  @Test
  void listsTheBlockOfANode() {
    Tree spec = create("nodes", "spec: {podCIDR: 10.1.0.0/24}").spec();
    assertThat(spec.items("podCIDRs").texts()).containsExactly("10.1.0.0/24");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{podCIDR: 10.1.0.0/24} | {podCIDR: 10.2.0.0/24} | spec.podCIDRs: Forbidden: node updates"
            + " may not change podCIDR except from \"\" to valid",
        "{providerID: a} | {providerID: b} | spec.providerID: Forbidden: node updates may not"
            + " change providerID except from \"\" to valid",
        "{} | {externalID: b} | spec.externalID: Forbidden: may not be updated"
      })
  void refusesChangesOfNodes(String before, String after, String problem) {
    KubeObject node = create("nodes", "spec: " + before);
    refuses("nodes", node.with(TestApi.yaml(after), "spec"), problem);
  }

  private void refuses(String type, KubeObject changed, String problem) {
    ResourceType of = api.type(type);
    assertThatThrownBy(() -> api.update(of, "", changed))
        .hasMessageStartingWith(of.kind() + " \"x\" is invalid: " + words(problem));
  }

  @Test
  void refusesAnAddressOfANodeTwice() {
    KubeObject node = create("nodes", "spec: {}");
    Tree status =
        TestApi.yaml(
            "{addresses: [{type: InternalIP, address: 10.0.0.1}, {type: InternalIP, address:"
                + " 10.0.0.1}]}");
    assertThatThrownBy(() -> api.update(Resources.NODES, "status", node.with(status, "status")))
        .hasMessage(
            "Node \"x\" is invalid: status.addresses[1]: Duplicate value:"
                + " {\"Type\":\"InternalIP\",\"Address\":\"10.0.0.1\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{} | : Required value: must specify `addresses` or `notReadyAddresses`",
        "{addresses: [{ip: 127.0.0.1}]} | .addresses[0].ip: Invalid value: \"127.0.0.1\": may not"
            + " be in the loopback range (127.0.0.0/8, ::1/128)",
        "{notReadyAddresses: [{ip: 10.0.0.1, hostname: A}]} | .notReadyAddresses[0].hostname:"
            + " Invalid value: \"A\": LABEL",
        "{addresses: [{ip: 10.0.0.1}], ports: [{port: 80}, {port: 81, name: b}]} | .ports[0].name:"
            + " Required value",
        "{addresses: [{ip: 10.0.0.1}], ports: [{port: 0}]} | .ports[0].port: Invalid value: 0: must"
            + " be between 1 and 65535, inclusive",
        "{addresses: [{ip: 10.0.0.1}], ports: [{port: 1, protocol: ICMP}]} | .ports[0].protocol:"
            + " Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\""
      })
  void refusesEndpoints(String subset, String problem) {
    assertThatThrownBy(() -> create("endpoints", "subsets: [" + subset.strip() + "]"))
        .hasMessage("Endpoints \"x\" is invalid: subsets[0]" + words(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "addressType: IPv4, endpoints: [{addresses: []}] | endpoints[0].addresses: Required value:"
            + " must contain at least 1 address",
        "addressType: IPv4, endpoints: [{addresses: ['fd00::1']}] | endpoints[0].addresses[0]:"
            + " Invalid value: \"fd00::1\": must be a valid IPv4 address",
        "addressType: IPv6, endpoints: [{addresses: ['::1']}] | endpoints[0].addresses[0]: Invalid"
            + " value: \"::1\": may not be in the loopback range (127.0.0.0/8, ::1/128)",
        "addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hostname: A}] |"
            + " endpoints[0].hostname: Invalid value: \"A\": LABEL",
        "addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hints: {forZones: [{name: a},"
            + " {name: a}]}}] | endpoints[0].hints.forZones[1].name: Duplicate value: \"a\"",
        "addressType: IPv4, endpoints: [], ports: [{port: 1}, {port: 2}] | ports[1].name: Duplicate"
            + " value: \"\"",
        "addressType: IPv4, endpoints: [], ports: [{port: 1, protocol: ICMP}] | ports[0].protocol:"
            + " Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\""
      })
  void refusesEndpointSlices(String fields, String problem) {
    assertThatThrownBy(() -> create("endpointslices.discovery.k8s.io", fields))
        .hasMessage("EndpointSlice.discovery.k8s.io \"x\" is invalid: " + words(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "leaseDurationSeconds: 0 | spec.leaseDurationSeconds: Invalid value: 0: must be greater than"
            + " 0",
        "leaseTransitions: -1 | spec.leaseTransitions: Invalid value: -1: must be greater than or"
            + " equal to 0",
        "preferredHolder: a | spec.preferredHolder: Forbidden: may only be specified if `strategy`"
            + " is defined",
        "strategy: Youngest | spec.strategy.strategy: Unsupported value: \"Youngest\": supported"
            + " values: \"OldestEmulationVersion\""
      })
  void refusesLeases(String spec, String problem) {
    assertThatThrownBy(() -> create("leases.coordination.k8s.io", "spec: {" + spec.strip() + "}"))
        .hasMessage("Lease.coordination.k8s.io \"x\" is invalid: " + problem.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "min: {cpu: 1}, defaultRequest: {cpu: 500m} | defaultRequest[cpu]: Invalid value: \"500m\":"
            + " min value 1 is greater than default request value 500m",
        "max: {cpu: 1}, default: {cpu: 2}, defaultRequest: {cpu: 1} | default[cpu]: Invalid value:"
            + " \"1\": default value 2 is greater than max value 1",
        "min: {cpu: 2}, max: {cpu: 3}, default: {cpu: 1}, defaultRequest: {cpu: 1} |"
            + " defaultRequest[cpu]: Invalid value: \"1\": min value 2 is greater than default"
            + " request value 1"
      })
  void refusesLimitRanges(String limit, String problem) {
    assertThatThrownBy(
            () ->
                create("limitranges", "spec: {limits: [{type: Container, " + limit.strip() + "}]}"))
        .hasMessageContaining("spec.limits[0]." + problem.strip());
  }

  @Test
  void refusesAScopeThatIsNotAskedWhetherItExists() {
    assertThatThrownBy(
            () ->
                create(
                    "resourcequotas",
                    "spec: {hard: {pods: 1}, scopeSelector: {matchExpressions: [{scopeName:"
                        + " BestEffort, operator: In, values: [a]}]}}"))
        .hasMessage(
            "ResourceQuota \"x\" is invalid: spec.scopeSelector.matchExpressions.operator: Invalid"
                + " value: \"In\": must be 'Exists' when scope is any of"
                + " ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating,"
                + " ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or"
                + " ResourceQuotaScopeCrossNamespacePodAffinity");
  }

  @Test
  void keepsOnlyNamesOfSecretsOfAnAccount() {
    Tree made =
        create("serviceaccounts", "secrets: [{name: a, namespace: b, kind: Secret}]").tree();
    assertThat(made.items("secrets").tree(0)).isEqualTo(Tree.of("name", "a"));
  }

  @Test
  void leavesFinalizersOfANamespaceToThoseWhoEmptyIt() {
    KubeObject made = create("namespaces", "spec: {finalizers: [example.com/mine]}");
    KubeObject bare = made.with(Tree.EMPTY, "spec").with("b", "metadata", "labels", "a");
    KubeObject changed = api.update(Resources.NAMESPACES, "", bare);
    assertThat(changed.spec().items("finalizers").texts())
        .containsExactly("example.com/mine", "kubernetes");
    assertThat(changed.labels()).containsEntry("a", "b");
    KubeObject ended =
        api.update(Resources.NAMESPACES, "finalize", changed.with(Tree.EMPTY, "spec"));
    assertThat(ended.spec().items("finalizers").texts()).isEmpty();
  }

  @Test
  void refusesFinalizersAndPhasesOfNamespaces() {
    assertThatThrownBy(() -> create("namespaces", "spec: {finalizers: [mine]}"))
        .hasMessage(
            "Namespace \"x\" is invalid: spec.finalizers: Invalid value: \"mine\": name is neither a"
                + " standard finalizer name nor is it fully qualified");
    KubeObject made = create("namespaces", "spec: {}");
    assertThatThrownBy(
            () ->
                api.update(
                    Resources.NAMESPACES, "status", made.with("Terminating", "status", "phase")))
        .hasMessage(
            "Namespace \"x\" is invalid: status.Phase: Invalid value: \"Terminating\": may only be"
                + " 'Active' if `deletionTimestamp` is empty");
  }

  private static final String CLAIM =
      "accessModes: [ReadWriteOnce], resources: {requests: {storage: 2Gi}}";

  private KubeObject claim(String more, String status) {
    KubeObject made = create("persistentvolumeclaims", "spec: {" + CLAIM + more.strip() + "}");
    return api.update(
        Resources.PERSISTENT_VOLUME_CLAIMS, "status", made.with(TestApi.yaml(status), "status"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "| {phase: Pending} | resources: {requests: {storage: 3Gi}} | spec: Forbidden: spec is"
            + " immutable after creation except resources.requests and volumeAttributesClassName"
            + " for bound claims",
        "| {phase: Bound, capacity: {storage: 2Gi}} | resources: {requests: {storage: 1Gi}} |"
            + " spec.resources.requests.storage: Forbidden: field can not be less than"
            + " status.capacity",
        ", storageClassName: a | {phase: Bound} | storageClassName: b | spec: Forbidden: spec is"
            + " immutable",
        "| {phase: Bound} | volumeMode: Block | [spec: Forbidden: spec is immutable",
        ", volumeName: v | {phase: Bound} | volumeName: w | spec: Forbidden: spec is immutable",
        ", volumeAttributesClassName: a | {phase: Bound} | volumeAttributesClassName: '' |"
            + " spec.volumeAttributesClassName: Forbidden: update from non-nil value to an empty"
            + " string is forbidden",
        ", volumeAttributesClassName: a | {phase: Pending} | volumeAttributesClassName: b | spec:"
            + " Forbidden: spec is immutable"
      })
  void refusesChangesOfClaims(String more, String status, String change, String problem) {
    KubeObject claim = claim(more == null ? "" : more, status);
    refuses("persistentvolumeclaims", claim.with(with(claim.spec(), change), "spec"), problem);
  }

  private static Tree with(Tree tree, String change) {
    Tree changes = TestApi.yaml("{" + change.strip() + "}");
    Tree changed = tree;
    for (int i = 0; i < changes.size(); i++) {
      changed = changed.with(changes.nameAt(i), changes.valueAt(i));
    }
    return changed;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        ", storageClassName: grows | {phase: Bound, capacity: {storage: 2Gi}} | resources:"
            + " {requests: {storage: 3Gi}}",
        ", storageClassName: grows | {phase: Bound, capacity: {storage: 1Gi}} | resources:"
            + " {requests: {storage: 1500Mi}}",
        "| {phase: Pending} | volumeName: v",
        "| {phase: Pending} | storageClassName: a",
        "| {phase: Bound} | volumeAttributesClassName: a"
      })
  void letsClaimsGrow(String more, String status, String change) {
    api.create(
        Resources.STORAGE_CLASSES,
        "{metadata: {name: grows}, provisioner: example.com/p, allowVolumeExpansion: true}");
    KubeObject claim = claim(more == null ? "" : more, status);
    KubeObject changed =
        api.update(
            Resources.PERSISTENT_VOLUME_CLAIMS, "", claim.with(with(claim.spec(), change), "spec"));
    assertThat(changed.spec()).isEqualTo(with(claim.spec(), change));
  }

  @Test
  void knowsTheSourceOfAClaimByEitherName() {
    KubeObject made =
        create(
            "persistentvolumeclaims",
            "spec: {" + CLAIM + ", dataSource: {kind: PersistentVolumeClaim, name: a}}");
    KubeObject again = made.without("spec", "dataSourceRef").with("b", "metadata", "labels", "a");
    assertThat(api.update(Resources.PERSISTENT_VOLUME_CLAIMS, "", again).spec())
        .isEqualTo(made.spec());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{capacity: {storage: -1}} | status.capacity[storage]: Invalid value: -1: must be a valid"
            + " resource quantity",
        "{allocatedResources: {cpu: 1}} | status.allocatedResources: Unsupported value: \"cpu\":"
            + " supported values: \"storage\"",
        "{allocatedResourceStatuses: {storage: Slow}} | status.allocatedResourceStatus: Unsupported"
            + " value: \"storage\": supported values: \"ControllerResizeInProgress\","
            + " \"ControllerResizeInfeasible\", \"NodeResizeInProgress\","
            + " \"NodeResizeInfeasible\", \"NodeResizePending\""
      })
  void refusesStatusOfClaims(String status, String problem) {
    assertThatThrownBy(() -> claim("", status))
        .hasMessage("PersistentVolumeClaim \"x\" is invalid: " + problem.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "hostPath: {path: /b} | spec.persistentvolumesource: Forbidden:"
            + " spec.persistentvolumesource is immutable after creation",
        "volumeMode: Block | volumeMode: Invalid value: \"Block\": field is immutable",
        "nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator:"
            + " In, values: [a]}]}]}} | nodeAffinity: Invalid value:"
            + " {\"required\":{\"nodeSelectorTerms\":[{\"matchExpressions\":[{\"key\":\"zone\",\"operator\":\"In\",\"values\":[\"a\"]}]}]}}:"
            + " field is immutable, except for updating from beta label to GA",
        "volumeAttributesClassName: a | spec.csi: Required value: has to be specified when using"
            + " volumeAttributesClassName"
      })
  void refusesChangesOfVolumes(String change, String problem) {
    KubeObject volume = volume();
    refuses("persistentvolumes", volume.with(with(volume.spec(), change), "spec"), problem);
  }

  private KubeObject volume() {
    return create(
        "persistentvolumes",
        "spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /a},"
            + " nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key:"
            + " failure-domain.beta.kubernetes.io/zone, operator: In, values: [a]}]}]}}}");
  }

  @Test
  void letsVolumesFollowNewNamesOfLabels() {
    KubeObject volume = volume();
    Tree renamed =
        TestApi.yaml(
            "{required: {nodeSelectorTerms: [{matchExpressions: [{key:"
                + " topology.kubernetes.io/zone, operator: In, values: [a]}]}]}}");
    KubeObject changed =
        api.update(Resources.PERSISTENT_VOLUMES, "", volume.with(renamed, "spec", "nodeAffinity"));
    assertThat(changed.spec().tree("nodeAffinity")).isEqualTo(renamed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "secrets | data: {a: aGk=}, immutable: true | data | {a: aGg=}",
        "configmaps | data: {a: b}, immutable: true | data | {a: c}",
        "configmaps | binaryData: {a: aGk=}, immutable: true | binaryData | {a: aGg=}"
      })
  void keepsWhatIsLocked(String type, String fields, String field, String value) {
    KubeObject made = create(type.strip(), fields);
    refuses(
        type.strip(),
        made.with(TestApi.yaml(value), field.strip()),
        field.strip() + ": Forbidden: field is immutable when `immutable` is set");
    refuses(
        type.strip(),
        made.with(false, "immutable"),
        "immutable: Forbidden: field is immutable when `immutable` is set");
  }
}
