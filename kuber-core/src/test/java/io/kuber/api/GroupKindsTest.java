package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.LocalApis;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import io.kuber.resource.builtin.scheduling.SystemPriorities;
import io.kuber.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of objects of the groups besides core and apps, and how tables show them. */
class GroupKindsTest {
  private static final Instant LATER = TestApi.START.plusSeconds(60);
  private static final String RULE =
      "{apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations: ['*']}";

  private final TestApi api = new TestApi();

  static Stream<Arguments> objects() {
    return Stream.of(
        of(
            Resources.INGRESSES,
            "{metadata: {name: i}, spec: {ingressClassName: kuber, tls: [{hosts: [a.io]}], rules:"
                + " [{host: a.io, http: {paths: [{path: /, pathType: Prefix, backend: {service:"
                + " {name: web, port: {number: 80}}}}]}}]}}",
            "\"status\":{\"loadBalancer\":{}} \"generation\":1",
            "i kuber a.io  80, 443 60s"),
        of(
            Resources.INGRESS_CLASSES,
            "{metadata: {name: c}, spec: {controller: kuber.io/ingress, parameters: {kind: K,"
                + " apiGroup: a.io, name: n1}}}",
            "\"scope\":\"Cluster\"",
            "c kuber.io/ingress K.a.io/n1 60s"),
        of(
            Resources.NETWORK_POLICIES,
            "{metadata: {name: p}, spec: {podSelector: {matchLabels: {a: b}}, ingress: [{ports:"
                + " [{port: 80}], from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}],"
                + " egress: [{}]}}",
            "\"ports\":[{\"port\":80,\"protocol\":\"TCP\"}] \"policyTypes\":[\"Ingress\",\"Egress\"]",
            "p a=b 60s"),
        of(
            Resources.IP_ADDRESSES,
            "{metadata: {name: 10.96.0.1}, spec: {parentRef: {resource: services, namespace:"
                + " default, name: kubernetes}}}",
            "",
            "10.96.0.1 services/default/kubernetes"),
        of(
            Resources.SERVICE_CIDRS,
            "{metadata: {name: k}, spec: {cidrs: [10.96.0.0/12, 'fd00::/108']}}",
            "",
            "k 10.96.0.0/12,fd00::/108 60s"),
        of(
            Resources.STORAGE_CLASSES,
            "{metadata: {name: s, annotations: {storageclass.kubernetes.io/is-default-class:"
                + " 'true'}}, provisioner: kuber.io/dir}",
            "\"reclaimPolicy\":\"Delete\" \"volumeBindingMode\":\"Immediate\"",
            "s (default) kuber.io/dir Delete Immediate false 60s"),
        of(
            Resources.VOLUME_ATTACHMENTS,
            "{metadata: {name: a}, spec: {attacher: d.io, nodeName: n1, source:"
                + " {persistentVolumeName: v}}}",
            "",
            "a d.io v n1 false 60s"),
        of(
            Resources.CSI_DRIVERS,
            "{metadata: {name: d.io}, spec: {}}",
            "\"attachRequired\":true \"volumeLifecycleModes\":[\"Persistent\"]"
                + " \"fsGroupPolicy\":\"ReadWriteOnceWithFSType\"",
            "d.io true false false <unset> false Persistent 60s"),
        of(
            Resources.CSI_NODES,
            "{metadata: {name: n1}, spec: {drivers: [{name: d.io, nodeID: x}]}}",
            "",
            "n1 1 60s"),
        of(
            Resources.CSI_STORAGE_CAPACITIES,
            "{metadata: {name: c}, storageClassName: s, capacity: 1Gi}",
            "",
            "c s 1Gi"),
        of(
            Resources.VOLUME_ATTRIBUTES_CLASSES,
            "{metadata: {name: v}, driverName: d.io, parameters: {a: b}}",
            "",
            "v d.io 60s"),
        of(
            Resources.PRIORITY_CLASSES,
            "{metadata: {name: high}, value: 1000}",
            "\"preemptionPolicy\":\"PreemptLowerPriority\" \"generation\":1",
            "high 1000 false 60s PreemptLowerPriority"),
        of(Resources.RUNTIME_CLASSES, "{metadata: {name: r}, handler: runc}", "", "r runc 60s"),
        of(
            Resources.ROLES,
            "{metadata: {name: 'system:r'}, rules: [{apiGroups: [''], resources: [pods], verbs:"
                + " [get]}]}",
            "",
            "system:r 2026-01-01T00:00:00Z"),
        of(
            Resources.CLUSTER_ROLES,
            "{metadata: {name: admin}, rules: [{nonResourceURLs: [/x], verbs: [get]}]}",
            "",
            "admin 2026-01-01T00:00:00Z"),
        of(
            Resources.ROLE_BINDINGS,
            "{metadata: {name: b}, roleRef: {kind: Role, name: r}, subjects: [{kind: User, name:"
                + " jane}, {kind: ServiceAccount, name: s, namespace: default}]}",
            "\"apiGroup\":\"rbac.authorization.k8s.io\"",
            "b Role/r 60s"),
        of(
            Resources.CLUSTER_ROLE_BINDINGS,
            "{metadata: {name: b}, roleRef: {kind: ClusterRole, name: r}}",
            "",
            "b ClusterRole/r 60s"),
        of(
            Resources.MUTATING_WEBHOOK_CONFIGURATIONS,
            "{metadata: {name: m}, webhooks: [{name: a.b.io, sideEffects: None,"
                + " admissionReviewVersions: [v1], clientConfig: {service: {name: s, namespace:"
                + " n1}}, rules: ["
                + RULE
                + "]}]}",
            "\"reinvocationPolicy\":\"Never\" \"timeoutSeconds\":10 \"port\":443 \"scope\":\"*\"",
            "m 1 60s"),
        of(
            Resources.VALIDATING_WEBHOOK_CONFIGURATIONS,
            "{metadata: {name: v}, webhooks: [{name: a.b.io, sideEffects: None,"
                + " admissionReviewVersions: [v1], clientConfig: {url: 'https://a.io/x'}}]}",
            "\"failurePolicy\":\"Fail\" \"matchPolicy\":\"Equivalent\"",
            "v 1 60s"),
        of(
            Resources.VALIDATING_ADMISSION_POLICIES,
            "{metadata: {name: p}, spec: {paramKind: {apiVersion: v1, kind: ConfigMap},"
                + " matchConstraints: {resourceRules: ["
                + RULE
                + "]}, validations: [{expression: 'true'}]}}",
            "\"failurePolicy\":\"Fail\" \"objectSelector\":{}",
            "p 1 v1/ConfigMap 60s"),
        of(
            Resources.VALIDATING_ADMISSION_POLICY_BINDINGS,
            "{metadata: {name: b}, spec: {policyName: p, paramRef: {name: c}, validationActions:"
                + " [Deny]}}",
            "\"parameterNotFoundAction\":\"Deny\"",
            "b p */c 60s"),
        of(
            Resources.MUTATING_ADMISSION_POLICIES,
            "{metadata: {name: p}, spec: {matchConstraints: {resourceRules: ["
                + RULE
                + "]}, mutations: [{patchType: JSONPatch, jsonPatch: {expression: '[]'}}]}}",
            "\"reinvocationPolicy\":\"Never\"",
            "p 1 <unset> 60s"),
        of(
            Resources.MUTATING_ADMISSION_POLICY_BINDINGS,
            "{metadata: {name: b}, spec: {policyName: p}}",
            "",
            "b p <unset> 60s"),
        of(
            Resources.API_SERVICES,
            "{metadata: {name: v1.a.io}, spec: {group: a.io, version: v1, groupPriorityMinimum:"
                + " 100, versionPriority: 10, service: {name: s, namespace: n1}}}",
            "\"port\":443",
            "v1.a.io n1/s Unknown 60s"),
        of(
            Resources.FLOW_SCHEMAS,
            "{metadata: {name: f}, spec: {priorityLevelConfiguration: {name: l}, rules: [{subjects:"
                + " [{kind: User, user: {name: u}}], nonResourceRules: [{verbs: [get],"
                + " nonResourceURLs: [/healthz]}]}]}}",
            "\"matchingPrecedence\":1000",
            "f l 1000 <none> 60s ?"),
        of(
            Resources.PRIORITY_LEVEL_CONFIGURATIONS,
            "{metadata: {name: l}, spec: {type: Limited, limited: {limitResponse: {type: Queue,"
                + " queuing: {}}}}}",
            "\"nominalConcurrencyShares\":30 \"queues\":64 \"handSize\":8",
            "l Limited 30 64 8 50 60s"),
        of(
            Resources.DEVICE_CLASSES,
            "{metadata: {name: gpu}, spec: {selectors: [{cel: {expression: 'true'}}]}}",
            "",
            "gpu 60s"),
        of(
            Resources.RESOURCE_CLAIMS,
            "{metadata: {name: c}, spec: {devices: {requests: [{name: r, exactly: {deviceClassName:"
                + " gpu}}]}}}",
            "\"allocationMode\":\"ExactCount\" \"count\":1",
            "c pending 60s"),
        of(
            Resources.RESOURCE_CLAIM_TEMPLATES,
            "{metadata: {name: t}, spec: {spec: {devices: {requests: [{name: r, exactly:"
                + " {deviceClassName: gpu}}]}}}}",
            "\"allocationMode\":\"ExactCount\"",
            "t 60s"),
        of(
            Resources.RESOURCE_SLICES,
            "{metadata: {name: s}, spec: {driver: d.io, nodeName: n1, pool: {name: p,"
                + " resourceSliceCount: 1, generation: 0}, devices: [{name: d}]}}",
            "",
            "s n1 d.io p 60s"));
  }

  private static Arguments of(ResourceType type, String object, String defaults, String row) {
    return Arguments.of(type, object, defaults, row);
  }

  @ParameterizedTest
  @MethodSource("objects")
  void completesAndShowsObject(ResourceType type, String object, String defaults, String row) {
    KubeObject created = api.create(type, object);
    String json = new String(Json.print(created.tree()), StandardCharsets.UTF_8);
    for (String each : defaults.split(" (?=\")", -1)) {
      assertThat(json).contains(each);
    }
    assertThat(row(type, created)).isEqualTo(row);
  }

  private static String row(ResourceType type, KubeObject object) {
    return BuiltInKinds.catalogue().of(type).columns().columns().stream()
        .filter(column -> column.priority() == 0)
        .map(column -> column.cell().apply(object, LATER).toString())
        .collect(Collectors.joining(" "));
  }

  @Test
  void knowsFieldsOfEveryKind() {
    for (Kind kind : BuiltInKinds.catalogue().kinds()) {
      ResourceType type = kind.type();
      assertThat(Schemas.builtIn().of(type.apiVersion(), type.kind())).as(type.kind()).isPresent();
    }
  }

  @Test
  void showsWhoIsBoundInWideTables() {
    KubeObject binding =
        api.create(
            Resources.ROLE_BINDINGS,
            "{metadata: {name: b}, roleRef: {kind: Role, name: r}, subjects: [{kind: User, name:"
                + " a}, {kind: User, name: b}, {kind: ServiceAccount, name: s, namespace: n1}]}");
    String wide =
        BuiltInKinds.catalogue().of(Resources.ROLE_BINDINGS).columns().columns().stream()
            .filter(column -> column.priority() == 1)
            .map(column -> column.cell().apply(binding, LATER).toString())
            .collect(Collectors.joining("|"));
    assertThat(wide).isEqualTo("a, b||n1/s");
  }

  @Test
  void keepsWhatMayNotChange() {
    KubeObject binding =
        api.create(
            Resources.ROLE_BINDINGS, "{metadata: {name: b}, roleRef: {kind: Role, name: r}}");
    assertThatThrownBy(
            () -> api.update(Resources.ROLE_BINDINGS, "", binding.with("x", "roleRef", "name")))
        .hasMessageEndingWith("cannot change roleRef");
    KubeObject entry =
        api.create(Resources.STORAGE_CLASSES, "{metadata: {name: s}, provisioner: a.io/b}");
    assertThatThrownBy(
            () -> api.update(Resources.STORAGE_CLASSES, "", entry.with("Retain", "reclaimPolicy")))
        .hasMessageEndingWith("reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.");
    KubeObject priority = api.create(Resources.PRIORITY_CLASSES, "{metadata: {name: p}, value: 1}");
    assertThatThrownBy(() -> api.update(Resources.PRIORITY_CLASSES, "", priority.with(2L, "value")))
        .hasMessageEndingWith("value: Forbidden: may not be changed in an update.");
  }

  @Test
  void approvesWishForCertificateOnlyThroughItsApproval() {
    KubeObject csr =
        api.create(
            Resources.CERTIFICATE_SIGNING_REQUESTS,
            "{metadata: {name: jane}, spec: {signerName: kubernetes.io/kube-apiserver-client,"
                + " usages: [client auth], request: "
                + pem()
                + "}}");
    assertThat(row(Resources.CERTIFICATE_SIGNING_REQUESTS, csr)).contains("Pending");
    KubeObject approved =
        csr.with(
            TestApi.yaml("{c: [{type: Approved, status: 'True'}]}").items("c"),
            "status",
            "conditions");
    assertThatThrownBy(() -> api.update(Resources.CERTIFICATE_SIGNING_REQUESTS, "status", approved))
        .hasMessageEndingWith(
            "status.conditions: Forbidden: updates may not add a condition of type \"Approved\"");
    KubeObject done = api.update(Resources.CERTIFICATE_SIGNING_REQUESTS, "approval", approved);
    assertThat(done.spec().text("username")).isEqualTo(TestApi.USER.name());
    assertThat(row(Resources.CERTIFICATE_SIGNING_REQUESTS, done)).contains("Approved");
    KubeObject issued =
        api.update(
            Resources.CERTIFICATE_SIGNING_REQUESTS,
            "status",
            done.with("Yw==", "status", "certificate"));
    assertThat(row(Resources.CERTIFICATE_SIGNING_REQUESTS, issued)).contains("Approved,Issued");
    assertThat(issued.spec()).isEqualTo(csr.spec());
  }

  private static String pem() {
    String text = "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n";
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused(
            Resources.INGRESSES,
            "{metadata: {name: i}, spec: {rules: [{host: 1.2.3.4, http: {paths: [{path: x,"
                + " pathType: Exact, backend: {service: {name: s, port: {}}}}]}}]}}",
            "Ingress.networking.k8s.io \"i\" is invalid: [spec.rules[0].host: Invalid value:"
                + " \"1.2.3.4\": must be a DNS name, not an IP address,"
                + " spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute"
                + " path, spec.rules[0].http.paths[0].backend: Required value: port name or number"
                + " is required]"),
        refused(
            Resources.INGRESSES,
            "{metadata: {name: i}, spec: {}}",
            "Ingress.networking.k8s.io \"i\" is invalid: spec: Invalid value: null: either"
                + " `defaultBackend` or `rules` must be specified"),
        refused(
            Resources.NETWORK_POLICIES,
            "{metadata: {name: p}, spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr:"
                + " 10.0.0.0/8, except: [10.0.0.0/8]}}, {}]}]}}",
            "NetworkPolicy.networking.k8s.io \"p\" is invalid:"
                + " [spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"10.0.0.0/8\": must"
                + " be a strict subset of `cidr`, spec.ingress[0].from[1]: Required value: must"
                + " specify a peer]"),
        refused(
            Resources.SERVICE_CIDRS,
            "{metadata: {name: k}, spec: {cidrs: [10.96.0.1/12]}}",
            "ServiceCIDR.networking.k8s.io \"k\" is invalid: spec.cidrs[0]: Invalid value:"
                + " \"10.96.0.1/12\": must not have bits set beyond the prefix length"),
        refused(
            Resources.STORAGE_CLASSES,
            "{metadata: {name: s}}",
            "StorageClass.storage.k8s.io \"s\" is invalid: provisioner: Required value"),
        refused(
            Resources.PRIORITY_CLASSES,
            "{metadata: {name: system-mine}, value: 1}",
            "PriorityClass.scheduling.k8s.io \"system-mine\" is invalid: metadata.name: Forbidden:"
                + " priority class names with 'system-' prefix are reserved for system use only."
                + " error: system-mine is not a known system priority class"),
        refused(
            Resources.PRIORITY_CLASSES,
            "{metadata: {name: big}, value: 1000000001}",
            "PriorityClass.scheduling.k8s.io \"big\" is invalid: value: Forbidden: maximum allowed"
                + " value of a user defined priority is 1000000000"),
        refused(
            Resources.ROLES,
            "{metadata: {name: a/b}, rules: [{nonResourceURLs: [/x]}]}",
            "Role.rbac.authorization.k8s.io \"a/b\" is invalid: [metadata.name: Invalid value:"
                + " \"a/b\": may not contain '/', rules[0].verbs: Required value: verbs must contain"
                + " at least one value, rules[0].nonResourceURLs: Invalid value: [\"/x\"]:"
                + " namespaced rules cannot apply to non-resource URLs]"),
        refused(
            Resources.CLUSTER_ROLE_BINDINGS,
            "{metadata: {name: b}, roleRef: {kind: Role, name: r}, subjects: [{kind:"
                + " ServiceAccount, name: s}]}",
            "ClusterRoleBinding.rbac.authorization.k8s.io \"b\" is invalid: [roleRef.kind:"
                + " Unsupported value: \"Role\": supported values: \"ClusterRole\","
                + " subjects[0].namespace: Required value]"),
        refused(
            Resources.VALIDATING_WEBHOOK_CONFIGURATIONS,
            "{metadata: {name: v}, webhooks: [{name: a.b, admissionReviewVersions: [v2],"
                + " clientConfig: {}}]}",
            "ValidatingWebhookConfiguration.admissionregistration.k8s.io \"v\" is invalid:"
                + " [webhooks[0].name: Invalid value: \"a.b\": should be a domain with at least"
                + " three segments separated by dots, webhooks[0].sideEffects: Required value: must"
                + " specify one of None, NoneOnDryRun, webhooks[0].clientConfig: Required value:"
                + " exactly one of url or service is required, webhooks[0].admissionReviewVersions:"
                + " Invalid value: [\"v2\"]: must include at least one of v1, v1beta1]"),
        refused(
            Resources.VALIDATING_ADMISSION_POLICY_BINDINGS,
            "{metadata: {name: b}, spec: {policyName: p, paramRef: {}}}",
            "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io \"b\" is invalid:"
                + " [spec.paramRef: Required value: one of name or selector must be specified,"
                + " spec.validationActions: Required value: at least one validation action is"
                + " required]"),
        refused(
            Resources.API_SERVICES,
            "{metadata: {name: x}, spec: {group: a.io, version: v1, groupPriorityMinimum: 1,"
                + " versionPriority: 0}}",
            "APIService.apiregistration.k8s.io \"x\" is invalid: [metadata.name: Invalid value:"
                + " \"x\": must be `spec.version+\".\"+spec.group`: \"v1.a.io\","
                + " spec.versionPriority: Invalid value: 0: must be positive and less than 1000]"),
        refused(
            Resources.CERTIFICATE_SIGNING_REQUESTS,
            "{metadata: {name: c}, spec: {signerName: a.io/b, usages: [fishing], request: eA==}}",
            "CertificateSigningRequest.certificates.k8s.io \"c\" is invalid: [spec.request: Invalid"
                + " value: \"eA==\": PEM block type must be CERTIFICATE REQUEST, spec.usages[0]:"
                + " Unsupported value: \"fishing\""),
        refused(
            Resources.FLOW_SCHEMAS,
            "{metadata: {name: f}, spec: {matchingPrecedence: 1, priorityLevelConfiguration: {},"
                + " rules: [{subjects: [{kind: User}]}]}}",
            "FlowSchema.flowcontrol.apiserver.k8s.io \"f\" is invalid: [spec.matchingPrecedence:"
                + " Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1,"
                + " spec.priorityLevelConfiguration.name: Required value: must reference a priority"
                + " level, spec.rules[0].subjects[0].user: Required value: user is required when"
                + " subject kind is 'User', spec.rules[0]: Required value: at least one of"
                + " resourceRules and nonResourceRules has to be non-empty]"),
        refused(
            Resources.PRIORITY_LEVEL_CONFIGURATIONS,
            "{metadata: {name: exempt}, spec: {type: Limited, limited: {nominalConcurrencyShares: 5,"
                + " limitResponse: {type: Reject}}}}",
            "PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io \"exempt\" is invalid:"
                + " [spec.type: Invalid value: \"Limited\": type must be 'Exempt' if and only if name"
                + " is 'exempt', spec:"
                + " Invalid value: {\"type\":\"Limited\""),
        refused(
            Resources.RESOURCE_CLAIMS,
            "{metadata: {name: c}, spec: {devices: {requests: [{name: r}], config: [{requests: [x],"
                + " opaque: {driver: d.io, parameters: {}}}]}}}",
            "ResourceClaim.resource.k8s.io \"c\" is invalid: [spec.devices.requests[0]: Required"
                + " value: exactly one of `exactly` or `firstAvailable` is required,"
                + " spec.devices.config[0].requests[0]: Invalid value: \"x\": must be the name of a"
                + " request in the claim"));
  }

  private static Arguments refused(ResourceType type, String object, String message) {
    return Arguments.of(type, object, message);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesObject(ResourceType type, String object, String message) {
    assertThatThrownBy(() -> api.create(type, object)).hasMessageStartingWith(message);
  }

  @Test
  void takesFixedObjectsOfFlowControl() {
    Tree level =
        api.create(
                Resources.PRIORITY_LEVEL_CONFIGURATIONS,
                "{metadata: {name: exempt}, spec: {type: Exempt, exempt: {}}}")
            .spec();
    assertThat(level.number(1, "exempt", "lendablePercent")).isZero();
  }

  @Test
  void takesObjectsThatClustersBeginWith() {
    InitialFlows.levels()
        .forEach(each -> createAgain(Resources.PRIORITY_LEVEL_CONFIGURATIONS, each));
    InitialFlows.schemas().forEach(each -> createAgain(Resources.FLOW_SCHEMAS, each));
    SystemPriorities.classes().forEach(each -> createAgain(Resources.PRIORITY_CLASSES, each));
    List<KubeObject> apis = LocalApis.of(BuiltInKinds.catalogue());
    apis.forEach(each -> createAgain(Resources.API_SERVICES, each));
    assertThat(apis).extracting(KubeObject::name).contains("v1.", "v1.apps", "v1.storage.k8s.io");
    assertThat(row(Resources.API_SERVICES, api.get(Resources.API_SERVICES, "v1.")))
        .isEqualTo("v1. Local True 60s");
  }

  private void createAgain(ResourceType type, KubeObject object) {
    String json = new String(Json.print(object.tree()), StandardCharsets.UTF_8);
    assertThat(api.create(type, json).name()).isEqualTo(object.name());
  }

  @Test
  void ranksPodsByTheirClass() {
    api.create(
        Resources.PRIORITY_CLASSES, "{metadata: {name: high}, value: 7, preemptionPolicy: Never}");
    api.create(
        Resources.PRIORITY_CLASSES, "{metadata: {name: usual}, value: 3, globalDefault: true}");
    String spec = "containers: [{name: c, image: i}]}}";
    Tree high =
        api.create(Resources.PODS, "{metadata: {name: a}, spec: {priorityClassName: high, " + spec)
            .spec();
    assertThat(high.number(0, "priority")).isEqualTo(7);
    assertThat(high.text("preemptionPolicy")).isEqualTo("Never");
    Tree usual = api.create(Resources.PODS, "{metadata: {name: b}, spec: {" + spec).spec();
    assertThat(usual.number(0, "priority")).isEqualTo(3);
    assertThat(usual.text("priorityClassName")).isEqualTo("usual");
  }
}
