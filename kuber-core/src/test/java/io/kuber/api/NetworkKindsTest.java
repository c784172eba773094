package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies, ingresses, budgets and autoscalers: what is refused when they are made and changed. */
class NetworkKindsTest {
  private static final String SUBDOMAIN =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

  private final TestApi api = new TestApi();

  private KubeObject create(String type, String spec) {
    return api.create(api.type(type), "{metadata: {name: x}, spec: {" + spec.strip() + "}}");
  }

  private void refuses(String type, String spec, String problem) {
    assertThatThrownBy(() -> create(type, spec)).hasMessage(told(api.type(type), problem));
  }

  private void refusesChange(String type, String before, String after, String problem) {
    KubeObject made = create(type, before);
    Tree spec = TestApi.yaml("{" + after.strip() + "}");
    ResourceType of = api.type(type);
    assertThatThrownBy(() -> api.update(of, "", made.with(spec, "spec")))
        .hasMessage(told(of, problem));
  }

  private static String told(ResourceType type, String problem) {
    String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
    return kind + " \"x\" is invalid: " + problem.strip().replace("SUBDOMAIN", SUBDOMAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "ingress: [{ports: [{protocol: ICMP}]}] | spec.ingress[0].ports[0].protocol: Unsupported"
            + " value: \"ICMP\": supported values: \"TCP\", \"UDP\", \"SCTP\"",
        "egress: [{ports: [{port: 80, endPort: 79}]}] | spec.egress[0].ports[0].endPort: Invalid"
            + " value: 79: must be greater than or equal to `port`",
        "egress: [{ports: [{port: web, endPort: 80}]}] | spec.egress[0].ports[0].endPort: Invalid"
            + " value: 80: may not be specified when `port` is non-numeric",
        "egress: [{ports: [{endPort: 80}]}] | spec.egress[0].ports[0].endPort: Invalid value: 80:"
            + " may not be specified when `port` is not specified",
        "ingress: [{from: [{}]}] | spec.ingress[0].from[0]: Required value: must specify a peer",
        "egress: [{to: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}] | spec.egress[0].to[0]:"
            + " Forbidden: may not specify both ipBlock and another peer",
        "ingress: [{from: [{ipBlock: {cidr: ''}}]}] | spec.ingress[0].from[0].ipBlock.cidr:"
            + " Required value",
        "ingress: [{from: [{ipBlock: {cidr: a, except: [b]}}]}] |"
            + " spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"a\": must be a valid CIDR"
            + " value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
        "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}] |"
            + " spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"10.0.0.0/8\": must be a"
            + " strict subset of `cidr`",
        "ingress: [{from: [{ipBlock: {cidr: 10.1.0.0/8}}]}] |"
            + " spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"10.1.0.0/8\": must not have"
            + " bits set beyond the prefix length",
        "ingress: [{from: [{ipBlock: {cidr: 010.0.0.0/8}}]}] |"
            + " spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"010.0.0.0/8\": must not have"
            + " leading 0s in IP or prefix length",
        "ingress: [{from: [{ipBlock: {cidr: '::ffff:10.0.0.0/104'}}]}] |"
            + " spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"::ffff:10.0.0.0/104\": must"
            + " not have an IPv4-mapped IPv6 address",
        "policyTypes: [Ingress, Egress, Ingress] | spec.policyTypes: Invalid value:"
            + " [\"Ingress\",\"Egress\",\"Ingress\"]: may not specify more than two policyTypes",
        "policyTypes: [Both] | spec.policyTypes[0]: Unsupported value: \"Both\": supported values:"
            + " \"Ingress\", \"Egress\""
      })
  void refusesNetworkPolicies(String spec, String problem) {
    refuses("networkpolicies.networking.k8s.io", spec, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | Ingress",
        "egress: [] | Ingress",
        "egress: [{}] | Ingress Egress",
        "policyTypes: [Egress] | Egress"
      })
  void findsTheTypesOfPolicies(String spec, String types) {
    String fields = spec.equals("{}") ? "" : spec;
    assertThat(
            create("networkpolicies.networking.k8s.io", fields).spec().items("policyTypes").texts())
        .containsExactly(types.split(" "));
  }

  private static String path(String path) {
    return "rules: [{http: {paths: [" + path + "]}}]";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{} | spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified",
        "{pathType: Any, backend: {service: {name: a, port: {number: 1}}}} |"
            + " spec.rules[0].http.paths[0].pathType: Unsupported value: \"Any\": supported values:"
            + " \"Exact\", \"ImplementationSpecific\", \"Prefix\"",
        "{pathType: Exact, path: a, backend: {service: {name: a, port: {number: 1}}}} |"
            + " spec.rules[0].http.paths[0].path: Invalid value: \"a\": must be an absolute path",
        "{pathType: Prefix, path: /a//b/.., backend: {service: {name: a, port: {number: 1}}}} |"
            + " [spec.rules[0].http.paths[0].path: Invalid value: \"/a//b/..\": must not contain"
            + " '//', spec.rules[0].http.paths[0].path: Invalid value: \"/a//b/..\": cannot end with"
            + " '/..']",
        "{pathType: Prefix, path: /, backend: {}} | spec.rules[0].http.paths[0].backend: Invalid"
            + " value: \"\": resource or service backend is required",
        "{pathType: Prefix, path: /, backend: {service: {name: a, port: {name: b, number: 1}}}} |"
            + " spec.rules[0].http.paths[0].backend: Invalid value: \"\": cannot set both port name &"
            + " port number",
        "{pathType: Prefix, path: /, backend: {service: {name: a}}} |"
            + " spec.rules[0].http.paths[0].backend: Required value: port name or number is required",
        "{pathType: Prefix, path: /, backend: {resource: {apiGroup: '', kind: a/b, name: c}}} |"
            + " [spec.rules[0].http.paths[0].backend.resource.apiGroup: Invalid value: \"\":"
            + " SUBDOMAIN, spec.rules[0].http.paths[0].backend.resource.kind: Invalid value:"
            + " \"a/b\": may not contain '/']"
      })
  void refusesPathsOfIngresses(String path, String problem) {
    refuses("ingresses.networking.k8s.io", path(path.strip()), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "tls: [] | spec: Invalid value: null: either `defaultBackend` or `rules` must be specified",
        "rules: [] | spec: Invalid value: []: either `defaultBackend` or `rules` must be specified",
        "rules: [{host: 10.0.0.1}] | spec.rules[0].host: Invalid value: \"10.0.0.1\": must be a DNS"
            + " name, not an IP address",
        "rules: [{host: a.b}], tls: [{secretName: a_b}] | spec.tls[0].secretName: Invalid value:"
            + " \"a_b\": SUBDOMAIN",
        "rules: [{host: a.b, http: {paths: []}}] | spec.rules[0].http.paths: Required value",
        "rules: [{host: a.b}], ingressClassName: '' | spec.ingressClassName: Invalid value: \"\":"
            + " SUBDOMAIN"
      })
  void refusesIngresses(String spec, String problem) {
    refuses("ingresses.networking.k8s.io", spec, problem);
  }

  @Test
  void refusesTwoClassesOfANewIngress() {
    ResourceType type = api.type("ingresses.networking.k8s.io");
    String form =
        "{metadata: {name: x, annotations: {kubernetes.io/ingress.class: %s}}, spec:"
            + " {ingressClassName: a, rules: [{host: a.b}]}}";
    assertThatThrownBy(() -> api.create(type, form.formatted("b")))
        .hasMessage(
            told(
                type,
                "annotations.kubernetes.io/ingress.class: Invalid value: \"b\": must match"
                    + " `ingressClassName` when both are specified"));
    KubeObject made = api.create(type, form.formatted("a"));
    KubeObject changed = api.update(type, "", made.with("c", "spec", "ingressClassName"));
    assertThat(changed.spec().text("ingressClassName")).isEqualTo("c");
  }

  @Test
  void refusesAddressesOfIngresses() {
    KubeObject made = create("ingresses.networking.k8s.io", "rules: [{host: a.b}]");
    Tree status = TestApi.yaml("{loadBalancer: {ingress: [{ip: 010.0.0.1, hostname: 10.0.0.1}]}}");
    ResourceType type = api.type("ingresses.networking.k8s.io");
    assertThatThrownBy(() -> api.update(type, "status", made.with(status, "status")))
        .hasMessage(
            told(
                type,
                "[status.loadBalancer.ingress[0].ip: Invalid value: \"010.0.0.1\": must not have"
                    + " leading 0s, status.loadBalancer.ingress[0].hostname: Invalid value:"
                    + " \"10.0.0.1\": must be a DNS name, not an IP address]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "controller: '' | spec.controller: Required value",
        "controller: a | spec.controller: Invalid value: \"a\": must be a domain-prefixed path (such"
            + " as \"acme.io/foo\")",
        "controller: a.b/c, parameters: {kind: k} | spec.parameters.name: Required value",
        "controller: a.b/c, parameters: {kind: k, name: m, scope: Namespace} |"
            + " spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
        "controller: a.b/c, parameters: {kind: k, name: m, namespace: s} |"
            + " spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'",
        "controller: a.b/c, parameters: {kind: k, name: m, scope: All} | spec.parameters.scope:"
            + " Unsupported value: \"All\": supported values: \"Cluster\", \"Namespace\""
      })
  void refusesIngressClasses(String spec, String problem) {
    refuses("ingressclasses.networking.k8s.io", spec, problem);
  }

  @Test
  void keepsControllerOfAnIngressClass() {
    refusesChange(
        "ingressclasses.networking.k8s.io",
        "controller: a.b/c",
        "controller: a.b/d, parameters: {kind: k}",
        "[spec.controller: Invalid value: \"a.b/d\": field is immutable, spec.parameters.name:"
            + " Required value]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "minAvailable: 1, maxUnavailable: 50% | spec: Invalid value:"
            + " {\"MinAvailable\":1,\"Selector\":null,\"MaxUnavailable\":\"50%\",\"UnhealthyPodEvictionPolicy\":null}:"
            + " minAvailable and maxUnavailable cannot be both set",
        "minAvailable: -1 | spec.minAvailable: Invalid value: -1: must be greater than or equal to"
            + " 0",
        "maxUnavailable: 101% | spec.maxUnavailable: Invalid value: \"101%\": must not be greater"
            + " than 100%",
        "unhealthyPodEvictionPolicy: Never | spec.unhealthyPodEvictionPolicy: Unsupported value:"
            + " \"Never\": supported values: \"AlwaysAllow\", \"IfHealthyBudget\"",
        "selector: {matchExpressions: [{key: a, operator: In}]} |"
            + " spec.selector.matchExpressions[0].values: Required value: must be specified when"
            + " `operator` is 'In' or 'NotIn'"
      })
  void refusesBudgets(String spec, String problem) {
    refuses("poddisruptionbudgets.policy", spec, problem);
  }

  @Test
  void refusesStatusOfBudgets() {
    KubeObject made = create("poddisruptionbudgets.policy", "minAvailable: 1");
    Tree status =
        TestApi.yaml(
            "{observedGeneration: 1, disruptionsAllowed: -1, currentHealthy: 0, desiredHealthy: 0,"
                + " expectedPods: 0, conditions: [{type: A, status: Perhaps, reason: '',"
                + " lastTransitionTime: '2026-01-01T00:00:00Z', message: ''}]}");
    ResourceType type = api.type("poddisruptionbudgets.policy");
    assertThatThrownBy(() -> api.update(type, "status", made.with(status, "status")))
        .hasMessage(
            told(
                type,
                "[status.conditions[0].status: Unsupported value: \"Perhaps\": supported values:"
                    + " \"False\", \"True\", \"Unknown\", status.conditions[0].reason: Required"
                    + " value: must be set, status.disruptionsAllowed: Invalid value: -1: must be"
                    + " greater than or equal to 0]"));
  }

  private static final String TARGET =
      "scaleTargetRef: {kind: Deployment, name: a, apiVersion: apps/v1}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "minReplicas: 0, maxReplicas: 1 | [spec.minReplicas: Invalid value: 0: must be greater than"
            + " or equal to 1, spec.metrics: Forbidden: must specify at least one Object or External"
            + " metric to support scaling to zero replicas]",
        "maxReplicas: 0 | [spec.maxReplicas: Invalid value: 0: must be greater than 0,"
            + " spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`]",
        "maxReplicas: 1, metrics: [{type: Load}] | spec.metrics[0].type: Unsupported value:"
            + " \"Load\": supported values: \"ContainerResource\", \"External\", \"Object\","
            + " \"Pods\", \"Resource\"",
        "maxReplicas: 1, metrics: [{type: Pods, resource: {name: cpu, target: {type: Utilization}}}]"
            + " | [spec.metrics[0].resource.target.averageUtilization: Required value: must set"
            + " either a target raw value or a target utilization, spec.metrics[0].pods: Required"
            + " value: must populate information for the given metric source]",
        "maxReplicas: 1, metrics: [{type: Resource, resource: {name: cpu}, pods: {metric: {name: a},"
            + " target: {type: AverageValue, averageValue: 0}}}] |"
            + " [spec.metrics[0].pods.target.averageValue: Invalid value: \"0\": must be positive,"
            + " spec.metrics[0].pods: Forbidden: must populate the given metric source only]",
        "maxReplicas: 1, metrics: [{type: Object, object: {describedObject: {kind: A, name: b,"
            + " apiVersion: a/b/c}, metric: {name: m}, target: {type: Value, value: 1}}}] |"
            + " spec.metrics[0].object.describedObject.apiVersion: Invalid value: \"a/b/c\":"
            + " unexpected GroupVersion string: a/b/c",
        "maxReplicas: 1, behavior: {scaleUp: {policies: []}} | spec.behavior.scaleUp.policies:"
            + " Required value: must specify at least one Policy",
        "maxReplicas: 1, behavior: {scaleDown: {stabilizationWindowSeconds: 3601, tolerance: -1,"
            + " selectPolicy: Some, policies: [{type: Pods, value: 0, periodSeconds: 1801}]}} |"
            + " [spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 3601: must be"
            + " less than or equal to 3600, spec.behavior.scaleDown.selectPolicy: Unsupported value:"
            + " \"Some\": supported values: \"Disabled\", \"Max\", \"Min\","
            + " spec.behavior.scaleDown.policies[0].value: Invalid value: 0: must be greater than"
            + " zero, spec.behavior.scaleDown.policies[0].periodSeconds: Invalid value: 1801: must be"
            + " less than or equal to 1800, spec.behavior.scaleDown.tolerance: Invalid value:"
            + " \"-1\": must be greater than or equal to 0]"
      })
  void refusesAutoscalers(String spec, String problem) {
    refuses("horizontalpodautoscalers.autoscaling", TARGET + ", " + spec.strip(), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{kind: Deployment, name: a} | spec.scaleTargetRef.apiVersion: Invalid value: \"\":"
            + " apiVersion must specify API group",
        "{apiVersion: v1, kind: Deployment, name: a} | spec.scaleTargetRef.apiVersion: Invalid"
            + " value: \"v1\": apiVersion must specify API group",
        "{kind: ReplicationController} | spec.scaleTargetRef.name: Required value"
      })
  void refusesTargetsOfAutoscalers(String target, String problem) {
    refuses(
        "horizontalpodautoscalers.autoscaling",
        "maxReplicas: 1, scaleTargetRef: " + target.strip(),
        problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "cidrs: [] | spec.cidrs: Required value: at least one CIDR required",
        "cidrs: [a, b, c] | spec.cidrs: Invalid value: {\"CIDRs\":[\"a\",\"b\",\"c\"]}: may only"
            + " hold up to 2 values",
        "cidrs: ['FD00::/64'] | spec.cidrs[0]: Invalid value: \"FD00::/64\": must be in canonical"
            + " form (\"fd00::/64\")",
        "cidrs: [10.0.0.0/24, 10.1.0.0/24] | spec.cidrs: Invalid value:"
            + " [\"10.0.0.0/24\",\"10.1.0.0/24\"]: may specify no more than one IP for each IP"
            + " family, i.e 192.168.0.0/24 and 2001:db8::/64"
      })
  void refusesRangesOfServices(String spec, String problem) {
    refuses("servicecidrs.networking.k8s.io", spec, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "cidrs: [10.0.0.0/24] | cidrs: [10.1.0.0/24] | spec.cidrs[0]: Invalid value:"
            + " \"10.1.0.0/24\": field is immutable",
        "cidrs: [10.0.0.0/24, 'fd00::/64'] | cidrs: [10.0.0.0/24] | spec.cidrs: Invalid value:"
            + " [\"10.0.0.0/24\"]: field is immutable"
      })
  void keepsRangesOfServices(String before, String after, String problem) {
    refusesChange("servicecidrs.networking.k8s.io", before, after, problem);
  }

  @Test
  void keepsParentOfAnAddress() {
    ResourceType type = api.type("ipaddresses.networking.k8s.io");
    KubeObject made =
        api.create(
            type, "{metadata: {name: 10.0.0.1}, spec: {parentRef: {resource: services, name: a}}}");
    assertThatThrownBy(() -> api.update(type, "", made.with("b", "spec", "parentRef", "name")))
        .hasMessage(
            "IPAddress.networking.k8s.io \"10.0.0.1\" is invalid: spec.parentRef: Invalid value:"
                + " {\"Group\":\"\",\"Resource\":\"services\",\"Namespace\":\"\",\"Name\":\"b\"}:"
                + " field is immutable");
    assertThatThrownBy(
            () ->
                api.create(
                    type,
                    "{metadata: {name: '::FFFF'}, spec: {parentRef: {resource: r, name: a}}}"))
        .hasMessageContaining(
            "metadata.name: Invalid value: \"::FFFF\": must be in canonical form (\"::ffff\")");
  }

  @Test
  void refusesOwnersAndFinalizersInTheWordsOfKubernetes() {
    assertThatThrownBy(
            () ->
                api.create(
                    api.type("configmaps"),
                    "{metadata: {name: x, finalizers: [orphan, foregroundDeletion],"
                        + " ownerReferences: [{apiVersion: v1, kind: Event, name: a, uid: ''}]}}"))
        .hasMessage(
            "ConfigMap \"x\" is invalid: [metadata.ownerReferences.uid: Invalid value: \"\": must"
                + " not be empty, metadata.ownerReferences: Invalid value:"
                + " {\"apiVersion\":\"v1\",\"kind\":\"Event\",\"name\":\"a\",\"uid\":\"\"}: /v1,"
                + " Kind=Event is disallowed from being an owner, metadata.finalizers: Invalid"
                + " value: [\"orphan\",\"foregroundDeletion\"]: finalizer orphan and"
                + " foregroundDeletion cannot be both set]");
  }
}
