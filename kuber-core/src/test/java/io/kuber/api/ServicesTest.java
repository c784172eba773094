package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services: what is filled in, what is refused, and what a change of type takes along. */
class ServicesTest {
  private static final String PORTS = ", ports: [{port: 80}]";

  private final TestApi api = new TestApi();

  private KubeObject create(String spec) {
    return api.create(Resources.SERVICES, "{metadata: {name: s}, spec: {" + spec.strip() + "}}");
  }

  /** The service after its spec was changed as a merge patch does it. */
  private KubeObject patched(String change) {
    KubeObject stored = api.get(Resources.SERVICES, "s");
    return api.update(Resources.SERVICES, "", stored.with(merged(stored.spec(), change), "spec"));
  }

  private static Tree merged(Tree spec, String change) {
    Tree merged = spec;
    Tree fields = TestApi.yaml("{" + change.strip() + "}");
    for (int i = 0; i < fields.size(); i++) {
      Object value = fields.valueAt(i);
      merged =
          value instanceof String text && text.equals("~")
              ? merged.without(fields.nameAt(i))
              : merged.with(fields.nameAt(i), value);
    }
    return merged;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "type: ClusterIP, ports: [{port: 80}] | internalTrafficPolicy ipFamilies ipFamilyPolicy"
            + " sessionAffinity clusterIP clusterIPs",
        "type: ClusterIP, externalIPs: [1.2.3.4], ports: [{port: 80}] | externalTrafficPolicy"
            + " internalTrafficPolicy ipFamilies ipFamilyPolicy sessionAffinity clusterIP"
            + " clusterIPs externalIPs",
        "type: NodePort, ports: [{port: 80}] | externalTrafficPolicy internalTrafficPolicy"
            + " ipFamilies ipFamilyPolicy sessionAffinity clusterIP clusterIPs",
        "type: LoadBalancer, ports: [{port: 80}] | allocateLoadBalancerNodePorts"
            + " externalTrafficPolicy internalTrafficPolicy ipFamilies ipFamilyPolicy"
            + " sessionAffinity clusterIP clusterIPs",
        "type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}] |"
            + " allocateLoadBalancerNodePorts externalTrafficPolicy healthCheckNodePort"
            + " internalTrafficPolicy ipFamilies ipFamilyPolicy sessionAffinity clusterIP"
            + " clusterIPs",
        "type: ClusterIP, sessionAffinity: ClientIP, ports: [{port: 80}] |"
            + " internalTrafficPolicy ipFamilies ipFamilyPolicy sessionAffinity"
            + " sessionAffinityConfig clusterIP clusterIPs",
        "sessionAffinityConfig: {clientIP: {timeoutSeconds: 5}}, ports: [{port: 80}] |"
            + " internalTrafficPolicy ipFamilies ipFamilyPolicy sessionAffinity clusterIP"
            + " clusterIPs",
        "type: ExternalName, externalName: a.example. | externalName sessionAffinity"
      })
  void fillsInWhatItsTypeHas(String spec, String fields) {
    Tree made = create(spec).spec().without("type").without("ports");
    assertThat(names(made)).containsExactlyInAnyOrder(fields.strip().split(" "));
  }

  private static List<String> names(Tree tree) {
    List<String> names = new ArrayList<>();
    tree.forEach((name, value) -> names.add(name));
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "selector: {a: b}, ports: [{port: 80}] | SingleStack | IPv4",
        "clusterIP: None, selector: {a: b} | SingleStack | IPv4",
        "clusterIP: None | RequireDualStack | IPv4 IPv6",
        "clusterIP: None, ipFamilyPolicy: SingleStack | SingleStack | IPv4",
        "clusterIP: None, ipFamilies: [IPv6] | RequireDualStack | IPv6 IPv4",
        "ipFamilyPolicy: PreferDualStack, ports: [{port: 80}] | PreferDualStack | IPv4"
      })
  void choosesFamilies(String spec, String policy, String families) {
    Tree made = create(spec).spec();
    assertThat(made.text("ipFamilyPolicy")).isEqualTo(policy);
    assertThat(String.join(" ", made.items("ipFamilies").texts())).isEqualTo(families);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "type: Magic | spec.type: Unsupported value: \"Magic\": supported values: \"ClusterIP\","
            + " \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
        "sessionAffinity: Sticky | spec.sessionAffinity: Unsupported value: \"Sticky\": supported"
            + " values: \"ClientIP\", \"None\"",
        "sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}} |"
            + " spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be"
            + " greater than 0 and less than or equal to 86400",
        "externalIPs: [x] | spec.externalIPs[0]: Invalid value: \"x\": must be a valid IP address,"
            + " (e.g. 10.9.8.7 or 2001:db8::ffff)",
        "externalIPs: [127.0.0.1] | spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be"
            + " in the loopback range (127.0.0.0/8, ::1/128)",
        "externalIPs: [169.254.1.1] | spec.externalIPs[0]: Invalid value: \"169.254.1.1\": may not"
            + " be in the link-local range (169.254.0.0/16, fe80::/10)",
        "loadBalancerSourceRanges: [10.0.0.0/8] | spec.LoadBalancerSourceRanges: Forbidden: may"
            + " only be used when `type` is 'LoadBalancer'",
        "type: LoadBalancer, loadBalancerSourceRanges: [' 10.0.0.0/8 ', '10'] |"
            + " spec.LoadBalancerSourceRanges[1]: Invalid value: \"10\": must be a valid CIDR"
            + " value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
        "loadBalancerClass: a/b | spec.loadBalancerClass: Forbidden: may only be used when `type`"
            + " is 'LoadBalancer'",
        "allocateLoadBalancerNodePorts: false | spec.allocateLoadBalancerNodePorts: Forbidden: may"
            + " only be used when `type` is 'LoadBalancer'",
        "externalTrafficPolicy: Local | spec.externalTrafficPolicy: Invalid value: \"Local\": may"
            + " only be set for externally-accessible services",
        "type: NodePort, externalTrafficPolicy: Far | spec.externalTrafficPolicy: Unsupported"
            + " value: \"Far\": supported values: \"Cluster\", \"Local\"",
        "internalTrafficPolicy: Far | spec.internalTrafficPolicy: Unsupported value: \"Far\":"
            + " supported values: \"Cluster\", \"Local\"",
        "trafficDistribution: Near | spec.trafficDistribution: Unsupported value: \"Near\":"
            + " supported values: \"PreferClose\", \"PreferSameNode\", \"PreferSameZone\"",
        "healthCheckNodePort: 31000 | spec.healthCheckNodePort: Invalid value: 31000: may only be"
            + " set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
        "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 80 |"
            + " spec.healthCheckNodePort: Invalid value: 80: provided port is not in the valid"
            + " range. The range of valid ports is 30000-32767",
        "clusterIP: 10.96.1.300 | spec.clusterIPs[0]: Invalid value: [\"10.96.1.300\"]: IPv6 is"
            + " not configured on this cluster",
        "clusterIP: 'fd00::1' | spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not"
            + " configured on this cluster",
        "clusterIPs: [10.96.9.9] | spec.clusterIPs: Invalid value: [\"10.96.9.9\"]: must be empty"
            + " when `clusterIP` is not specified",
        "clusterIP: 10.96.9.8, clusterIPs: [10.96.9.9] | spec.clusterIPs: Invalid value:"
            + " [\"10.96.9.9\"]: first value must match `clusterIP`",
        "ipFamilies: [IPv6] | spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this"
            + " cluster",
        "ipFamilyPolicy: RequireDualStack | spec.ipFamilyPolicy: Invalid value:"
            + " \"RequireDualStack\": this cluster is not configured for dual-stack services",
        "type: NodePort, clusterIP: None | spec.clusterIPs[0]: Invalid value: \"None\": may not be"
            + " set to 'None' for NodePort services"
      })
  void refuses(String spec, String problem) {
    assertThatThrownBy(() -> create(spec + PORTS))
        .hasMessage("Service \"s\" is invalid: " + problem.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "ports: [{port: 80, name: a}, {port: 80, name: b}] | spec.ports[1]: Duplicate value:"
            + " {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,\"TargetPort\":0,\"NodePort\":0}",
        "type: NodePort, ports: [{port: 80, name: a, nodePort: 30001}, {port: 81, name: b,"
            + " nodePort: 30001}] | spec.ports[1].nodePort: Duplicate value: 30001",
        "ports: [{port: 80, name: a}, {port: 81, name: a}] | spec.ports[1].name: Duplicate value:"
            + " \"a\"",
        "ports: [{port: 80, protocol: ICMP}] | spec.ports[0].protocol: Unsupported value: \"ICMP\":"
            + " supported values: \"SCTP\", \"TCP\", \"UDP\"",
        "clusterIP: None, ports: [{port: 80, targetPort: 70000}] | spec.ports[0].targetPort:"
            + " Invalid value: 70000: must be between 1 and 65535, inclusive",
        "ports: [{port: 80, appProtocol: 'a b'}] | spec.ports[0].appProtocol: Invalid value:"
            + " \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and"
            + " must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name', "
            + " or '123-abc', regex used for validation is"
            + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "type: ExternalName, externalName: a_b | spec.externalName: Invalid value: \"a_b\": a"
            + " lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
            + " '-' or '.', and must start and end with an alphanumeric character (e.g."
            + " 'example.com', regex used for validation is"
            + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        "type: ExternalName, externalName: a.b, ipFamilyPolicy: SingleStack |"
            + " spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services"
      })
  void refusesPortsAndNames(String spec, String problem) {
    assertThatThrownBy(() -> create(spec))
        .hasMessage("Service \"s\" is invalid: " + problem.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "type: NodePort | type: ClusterIP | externalTrafficPolicy",
        "type: LoadBalancer, loadBalancerClass: a/b | type: ClusterIP | externalTrafficPolicy"
            + " loadBalancerClass allocateLoadBalancerNodePorts",
        "type: LoadBalancer, externalTrafficPolicy: Local | type: NodePort |"
            + " healthCheckNodePort allocateLoadBalancerNodePorts",
        "type: LoadBalancer, externalTrafficPolicy: Local | externalTrafficPolicy: Cluster |"
            + " healthCheckNodePort",
        "type: ClusterIP | type: ExternalName, externalName: a.b | clusterIP clusterIPs"
            + " ipFamilies ipFamilyPolicy",
        "type: NodePort | type: ExternalName, externalName: a.b | clusterIP clusterIPs"
            + " ipFamilies ipFamilyPolicy externalTrafficPolicy"
      })
  void letsGoOfWhatTheNewTypeHasNoUseFor(String before, String change, String gone) {
    create(before + PORTS);
    Tree changed = patched(change).spec();
    assertThat(names(changed)).doesNotContain(gone.strip().split(" "));
    if (!changed.text("type").equals("NodePort") && !changed.text("type").equals("LoadBalancer")) {
      assertThat(changed.items("ports").tree(0).has("nodePort")).isFalse();
    }
  }

  @Test
  void takesAnAddressWhenItIsNoLongerANameAlone() {
    create("type: ExternalName, externalName: a.b");
    Tree changed = patched("type: ClusterIP, ports: [{port: 80}]").spec();
    assertThat(changed.text("clusterIP")).startsWith("10.");
    assertThat(changed.items("clusterIPs").texts()).containsExactly(changed.text("clusterIP"));
    assertThat(changed.text("ipFamilyPolicy")).isEqualTo("SingleStack");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "type: ClusterIP, clusterIP: 10.96.9.9 | clusterIP: 10.96.9.8 | spec.clusterIPs[0]:"
            + " Invalid value: [\"10.96.9.8\"]: may not change once set",
        "type: ClusterIP, clusterIP: 10.96.9.9 | clusterIP: None, clusterIPs: [None] |"
            + " spec.clusterIPs[0]: Invalid value: [\"None\"]: may not change once set",
        "type: LoadBalancer, loadBalancerClass: a/b | loadBalancerClass: a/c |"
            + " spec.loadBalancerClass: Invalid value: \"a/c\": may not change once set",
        "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31000 |"
            + " healthCheckNodePort: 31001 | spec.healthCheckNodePort: Forbidden: field is"
            + " immutable",
        "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31000 | type:"
            + " NodePort, healthCheckNodePort: 31001 | spec.healthCheckNodePort: Invalid value:"
            + " 31001: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy`"
            + " is 'Local'",
        "type: NodePort | type: ClusterIP, ports: [{port: 80, nodePort: 32001}] |"
            + " spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"
      })
  void refusesChanges(String before, String change, String problem) {
    create(before + PORTS);
    assertThatThrownBy(() -> patched(change))
        .hasMessage("Service \"s\" is invalid: " + problem.strip());
  }

  @Test
  void keepsNodePortsByName() {
    KubeObject made = create("type: NodePort, ports: [{port: 80, name: a}, {port: 81, name: b}]");
    long first = made.spec().items("ports").tree(0).number(0, "nodePort");
    Tree changed = patched("ports: [{port: 81, name: c}, {port: 8080, name: a}]").spec();
    assertThat(changed.items("ports").tree(1).number(0, "nodePort")).isEqualTo(first);
    assertThat(changed.items("ports").tree(0).number(0, "nodePort")).isNotEqualTo(first);
  }

  @Test
  void sharesANodePortAmongProtocols() {
    Tree made =
        create(
                "type: NodePort, ports: [{port: 53, name: a}, {port: 53, name: b, protocol:"
                    + " UDP}]")
            .spec();
    assertThat(made.items("ports").tree(0).number(0, "nodePort"))
        .isEqualTo(made.items("ports").tree(1).number(1, "nodePort"));
  }

  @Test
  void givesNoNodePortWhereNoneIsWanted() {
    Tree made = create("type: LoadBalancer, allocateLoadBalancerNodePorts: false" + PORTS).spec();
    assertThat(made.items("ports").tree(0).has("nodePort")).isFalse();
  }

  @Test
  void knowsHowABalancerIsReached() {
    KubeObject made = create("type: LoadBalancer" + PORTS);
    KubeObject balanced =
        api.update(
            Resources.SERVICES,
            "status",
            made.with(TestApi.yaml("{ingress: [{ip: 1.2.3.4}]}"), "status", "loadBalancer"));
    assertThat(balanced.status().items("loadBalancer", "ingress").tree(0).text("ipMode"))
        .isEqualTo("VIP");
    assertThat(patched("type: NodePort").status().tree("loadBalancer").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "LoadBalancer | {hostname: 1.2.3.4} | status.loadBalancer.ingress[0].hostname: Invalid"
            + " value: \"1.2.3.4\": must be a DNS name, not an IP address",
        "LoadBalancer | {ipMode: VIP} | status.loadBalancer.ingress[0].ipMode: Forbidden: may not"
            + " be specified when `ip` is not set",
        "LoadBalancer | {ip: 1.2.3.4, ipMode: Some} | status.loadBalancer.ingress[0].ipMode:"
            + " Unsupported value: \"Some\": supported values: \"Proxy\", \"VIP\"",
        "NodePort | {ip: 1.2.3.4} | status.loadBalancer.ingress: Forbidden: may only be used when"
            + " `spec.type` is 'LoadBalancer'"
      })
  void refusesStatus(String type, String point, String problem) {
    KubeObject made = create("type: " + type.strip() + PORTS);
    KubeObject balanced =
        made.with(TestApi.yaml("{ingress: [" + point + "]}"), "status", "loadBalancer");
    assertThatThrownBy(() -> api.update(Resources.SERVICES, "status", balanced))
        .hasMessage("Service \"s\" is invalid: " + problem.strip());
  }
}
