package io.kuber.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.User;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fields of a pod mean, as tables. */
final class PodFieldsTest {
  private static final Accounts ACCOUNTS =
      new Accounts(
          List.of(List.of("root", "x", "0", "0"), List.of("app", "x", "100", "101")),
          List.of(List.of("app", "x", "101", ""), List.of("disk", "x", "6", "root,app")));

  private static KubeObject pod(String spec) {
    String yaml = "{metadata: {name: web, namespace: shop, uid: u}, spec: {" + spec + "}}";
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  private static Tree tree(String yaml) {
    return Yaml.parse(("{name: main, " + yaml + "}").getBytes(UTF_8));
  }

  private static User user(String podContext, String ownContext, String imageUser) {
    return ContainerUser.of(
        pod("securityContext: {" + podContext + "}"),
        tree("securityContext: {" + ownContext + "}"),
        imageUser,
        ACCOUNTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "''                              | ''              | ''      | 0   | 0   | 0 6",
        "''                              | ''              | app     | 100 | 101 | 101 6",
        "''                              | ''              | app:6   | 100 | 6   | 6",
        "''                              | ''              | 7:8     | 7   | 8   | 8",
        "'runAsUser: 100'                | ''              | root    | 100 | 101 | 101 6",
        "'runAsUser: 100, runAsGroup: 9' | 'runAsUser: 55' | ''      | 55  | 9   | 9",
        "'fsGroup: 44, supplementalGroups: [3]' | ''       | ''      | 0   | 0   | 0 3 44 6",
        "'supplementalGroupsPolicy: Strict'     | ''       | app     | 100 | 101 | 101",
      })
  void runsAsContainerThenPodThenImageSay(
      String podContext, String own, String image, int uid, int gid, String groups) {
    User user = user(podContext, own, image);
    assertThat(user.uid()).isEqualTo(uid);
    assertThat(user.gid()).isEqualTo(gid);
    assertThat(user.groups().stream().map(String::valueOf)).containsExactly(groups.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runAsUser: 0 | ''  | container's runAsUser breaks non-root policy",
        "''           | ''  | container has runAsNonRoot and image will run as root",
        "''           | app | container has runAsNonRoot and image has non-numeric user (app)",
      })
  void refusesRootWhereItIsForbidden(String own, String image, String message) {
    assertThatThrownBy(() -> user("runAsNonRoot: true", own, image))
        .isInstanceOf(ContainerConfigException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("(pod: \"web_shop(u)\", container: main)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                    | web       | web",
        "hostname: h                                           | h         | h",
        "'hostname: h, subdomain: s'                           | h         |"
            + " h.s.shop.svc.kuber.example",
        "'hostname: h, subdomain: s, setHostnameAsFQDN: true'  | h.s.shop.svc.kuber.example"
            + " | h.s.shop.svc.kuber.example",
        "'hostname: h, subdomain: s, hostnameOverride: o.example' | o.example | o.example",
      })
  void namesAPod(String spec, String kernelName, String full) {
    PodNames names = PodNames.of(pod(spec), "kuber.example");
    assertThat(names.kernelName()).isEqualTo(kernelName);
    assertThat(names.full()).isEqualTo(full);
  }

  @Test
  void refusesANameThatTheKernelDoesNotTake() {
    PodNames names = new PodNames("h".repeat(40), "d".repeat(40), true);
    assertThatThrownBy(names::kernelName).hasMessageContaining("FQDN").hasMessageContaining("64");
  }

  @Test
  void mergesTheResolversOfMachineClusterAndPod() {
    Resolver machine =
        Resolver.parse(
            "# c\nnameserver 192.0.2.1\nsearch old\nsearch example.org.\noptions rotate");
    Tree config =
        tree(
            "nameservers: [192.0.2.9], searches: [my.dns, svc.kuber.example],"
                + " options: [{name: ndots, value: '2'}, {name: edns0}]");
    assertThat(machine.ofCluster("10.96.0.10", "kuber.example", "shop").with(config).text())
        .isEqualTo(
            """
            search shop.svc.kuber.example svc.kuber.example kuber.example example.org my.dns
            nameserver 10.96.0.10
            nameserver 192.0.2.9
            options ndots:2 edns0
            """);
  }

  @Test
  void addsAliasesToTheHostsOfAPod() {
    KubeObject pod =
        pod("hostname: h, subdomain: s, hostAliases: [{ip: 192.0.2.7, hostnames: [a, b]}]");
    assertThat(HostsFile.of(pod, "kuber.example", "10.244.0.2", ""))
        .contains("10.244.0.2\th.s.shop.svc.kuber.example\th\n")
        .endsWith("# Entries added by HostAliases.\n192.0.2.7\ta\tb\n");
    KubeObject onHost = pod("hostNetwork: true");
    assertThat(HostsFile.of(onHost, "kuber.example", "192.0.2.1", "127.0.0.1 localhost\n"))
        .isEqualTo("# Kubernetes-managed hosts file (host network).\n127.0.0.1 localhost\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                                        | 1000",
        "'requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}'          | -997",
        "'requests: {memory: 1Gi}'                                                 | 750",
        "'requests: {cpu: 1}'                                                      | 999",
        "'requests: {memory: 4Gi}'                                                 | 3",
      })
  void killsFirstWhoAskedForLeast(String resources, int adjustment) {
    Tree container = tree("resources: {" + resources + "}");
    Tree spec = pod("containers: [{name: main, resources: {" + resources + "}}]").spec();
    assertThat(ContainerResources.of(spec, container, Quantity.parse("4Gi")).oomScoreAdjustment())
        .isEqualTo(adjustment);
  }

  @ParameterizedTest
  @CsvSource({
    "SIGTERM, 15",
    "SIGUSR1, 10",
    "SIGQUIT, 3",
    "SIGRTMIN+3, 37",
    "SIGRTMAX-2, 62",
    "quit, 3",
    "RTMIN+3, 37",
    "9, 9",
    "65, 15",
    "SIGNOTHING, 15",
    "'', 15",
  })
  void knowsSignalsByTheirNames(String name, int number) {
    assertThat(StopSignal.number(name)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                     | SIGQUIT | SIGQUIT",
        "'lifecycle: {stopSignal: SIGUSR1}'     | SIGQUIT | SIGUSR1",
        "''                                     | ''      | ''",
      })
  void endsByTheSignalOfThePodOrElseOfTheImage(String own, String image, String expected) {
    Tree granted = ContainerGrants.of(tree(own.isEmpty() ? "image: a" : own), User.ROOT, image);
    assertThat(granted.text("stopSignal")).isEqualTo(expected);
  }

  private static final PodAdmission ADMISSION =
      new PodAdmission(Map.of("cpu", "2", "memory", "4Gi", "pods", "3"));

  private static final KubeObject NODE =
      KubeObject.of(
          Yaml.parse("{metadata: {name: n, labels: {disk: ssd, zone: a}}}".getBytes(UTF_8)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'requests: {cpu: 500m}'               | ''",
        "'requests: {cpu: 1}'                  | 'Deferred: Node didn''t have enough resource: cpu,"
            + " requested: 1000, used: 1500, capacity: 2000'",
        "'requests: {cpu: 3}'                  | 'Infeasible: Node didn''t have enough capacity:"
            + " cpu, requested: 3000, capacity: 2000'",
        "'requests: {memory: 5Gi, cpu: 3}'     | 'Infeasible: Node didn''t have enough capacity:"
            + " memory, requested: 5368709120, capacity: 4294967296'",
      })
  void resizesPodsWhileThereIsRoom(String resources, String expected) {
    KubeObject other = pod("containers: [{name: a, resources: {requests: {cpu: 1500m}}}]");
    KubeObject wanted = pod("containers: [{name: a, resources: {" + resources + "}}]");
    assertThat(
            ADMISSION
                .noRoom(wanted, List.of(other))
                .map(why -> why.reason() + ": " + why.message())
                .orElse(""))
        .isEqualTo(expected);
  }

  @Test
  void refusesPodsThatInsistOnOtherNodes() {
    assertThat(refusal("nodeSelector: {disk: ssd}")).isEmpty();
    assertThat(refusal("nodeSelector: {disk: hdd}"))
        .isEqualTo("NodeAffinity: Predicate NodeAffinity failed");
    assertThat(
            refusal(
                "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                    + " {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: NotIn,"
                    + " values: [a]}]}]}}}"))
        .isEqualTo("NodeAffinity: Predicate NodeAffinity failed");
  }

  private static String refusal(String spec, KubeObject... others) {
    return ADMISSION
        .refusal(pod(spec), List.of(others), NODE)
        .map(verdict -> verdict.reason() + ": " + verdict.message())
        .orElse("");
  }

  @Test
  void givesPortsOfTheNodeOnce() {
    String first = "containers: [{name: a, ports: [{containerPort: 80, hostPort: 8081}]}]";
    String other = "containers: [{name: a, ports: [{containerPort: 80, hostPort: 8082}]}]";
    String udp = first.replace("hostPort", "protocol: UDP, hostPort");
    assertThat(refusal(first)).isEmpty();
    assertThat(refusal(first, pod(other), pod(udp))).isEmpty();
    assertThat(refusal(first, pod(first))).isEqualTo("NodePorts: Predicate NodePorts failed");
  }

  @Test
  void takesPodsWhileThereIsRoom() {
    String one = "containers: [{name: a, resources: {requests: {cpu: 1500m}}}]";
    assertThat(refusal(one)).isEmpty();
    assertThat(refusal(one, pod(one)))
        .isEqualTo(
            "OutOfcpu: Node didn't have enough resource: cpu,"
                + " requested: 1500, used: 1500, capacity: 2000");
    String free = "containers: [{name: a}]";
    assertThat(refusal(free, pod(one), pod(one))).isEmpty();
    assertThat(refusal(free, pod(free), pod(free), pod(free))).startsWith("OutOfpods: ");
  }

  @Test
  void refusesOtherSystemsAndUnsafeParameters() {
    assertThat(refusal("os: {name: windows}")).startsWith("PodOSNotSupported: ");
    assertThat(refusal("securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}"))
        .isEqualTo("SysctlForbidden: forbidden sysctl: \"kernel.msgmax\" not allowlisted");
    String safe = "securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: '1'}]}";
    assertThat(refusal(safe)).isEmpty();
    assertThat(refusal("hostNetwork: true, " + safe)).startsWith("SysctlForbidden: ");
  }
}
