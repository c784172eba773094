package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.dns.DnsServer;
import io.kuber.dns.DnsServerConfig;
import io.kuber.dns.DnsService;
import io.kuber.dns.DnsZone;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of Services and pods, looked up by programs in real pods, on one node and on three. */
final class KubectlNamesTest {
  private static final String WEB =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {ports: [{name: http, port: 80}, {name: admin, port: 8081}]}
      """;

  private static final String MONGO =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: mongo}
      spec:
        clusterIP: None
        selector: {app: mongo}
        ports: [{name: peer, port: 27017}]
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: mongo}
      spec:
        serviceName: mongo
        replicas: 3
        podManagementPolicy: Parallel
        selector: {matchLabels: {app: mongo}}
        template:
          metadata: {labels: {app: mongo}}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
            - name: main
              image: kuber.io/host
              command: [sleep, "10000"]
              readinessProbe:
                exec: {command: [test, -e, /tmp/now]}
                periodSeconds: 1
                timeoutSeconds: 20
      """;

  private static final String HOST_NETWORK = "hostNetwork: true\ndnsPolicy: %s\n";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster ONE =
      KubectlCluster.apart(() -> directory.resolve("one"), "names-test");

  @RegisterExtension
  static final KubectlCluster THREE = KubectlCluster.ofNodes(() -> directory.resolve("three"), 3);

  static Stream<Arguments> everywhere() {
    return KubectlCluster.each(ONE, THREE);
  }

  /** The command with which a pod looks up addresses; without any it says {@code nothing}. */
  private static String[] lookUp(String pod, String name) {
    return WebPods.inside(
        pod,
        "getent ahostsv4 %s | cut -d' ' -f1 | sort -u | grep . || echo nothing".formatted(name));
  }

  /** The command with which a pod asks for records of a type. */
  private static String[] records(String pod, String type, String name) {
    return WebPods.inside(pod, "busybox nslookup -type=%s %s || true".formatted(type, name));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void leadToServicesFromEveryNode(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    List<String> clients = WebPods.clients(kubectl);
    kubectl.applies(WEB);
    String ip = kubectl.field("service/web", "{.spec.clusterIP}");
    String inner = kubectl.namespace() + ".svc.cluster.local";
    for (String client : clients) {
      kubectl.until((ip + "\n")::equals, lookUp(client, "web"));
      for (String name :
          List.of("web." + kubectl.namespace(), "web." + inner, "web." + inner + ".")) {
        assertThat(kubectl.does(lookUp(client, name))).as(name).isEqualTo(ip + "\n");
      }
      assertThat(kubectl.does(lookUp(client, "kubernetes.default"))).isEqualTo("10.96.0.1\n");
      assertThat(
              kubectl.does(
                  lookUp(client, "10-244-0-9." + kubectl.namespace() + ".pod.cluster.local")))
          .isEqualTo("10.244.0.9\n");
      assertThat(kubectl.does(lookUp(client, "nobody"))).isEqualTo("nothing\n");
      assertThat(kubectl.does(WebPods.inside(client, "getent hosts " + ip)))
          .contains("web." + inner);
      assertThat(kubectl.does(records(client, "srv", "_admin._tcp.web." + inner)))
          .contains("0 100 8081 web." + inner);
      assertThat(kubectl.does(WebPods.inside(client, "cat /etc/resolv.conf")))
          .startsWith("search " + inner + " svc.cluster.local cluster.local")
          .contains("\nnameserver 10.96.0.10\n", "\noptions ndots:5\n");
    }
    assertThat(kubectl.does("get", "service", "-n", "kube-system", "kube-dns"))
        .contains("10.96.0.10", "53/UDP,53/TCP");
    kubectl.does("delete", "service", "web");
    kubectl.until("nothing\n"::equals, lookUp(clients.get(0), "web"));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void leadToReadyPodsOfHeadlessServices(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(MONGO);
    String client = WebPods.clients(kubectl).get(0);
    kubectl.until(
        "Running Running Running"::equals,
        "get",
        "pods",
        "-l",
        "app=mongo",
        "-o",
        "jsonpath={.items[*].status.phase}");
    assertThat(kubectl.does(lookUp(client, "mongo-0.mongo"))).isEqualTo("nothing\n");
    assertThat(kubectl.does(lookUp(client, "mongo"))).isEqualTo("nothing\n");

    makeReady(kubectl, "mongo-0");
    kubectl.until((ip(kubectl, "mongo-0") + "\n")::equals, lookUp(client, "mongo-0.mongo"));
    assertThat(kubectl.does(lookUp(client, "mongo"))).isEqualTo(ip(kubectl, "mongo-0") + "\n");
    makeReady(kubectl, "mongo-1");
    makeReady(kubectl, "mongo-2");
    kubectl.until(said -> said.lines().count() == 3, lookUp(client, "mongo"));
    String full = "mongo." + kubectl.namespace() + ".svc.cluster.local";
    assertThat(kubectl.does(records(client, "srv", "_peer._tcp." + full)))
        .contains("27017 mongo-0." + full, "27017 mongo-1." + full, "27017 mongo-2." + full);
    assertThat(kubectl.shell("mongo-0", "main", "hostname -f")).isEqualTo("mongo-0." + full);
    for (String name : List.of("mongo-0.mongo", "mongo-1.mongo", "mongo-2." + full)) {
      assertThat(kubectl.shell("mongo-0", "main", "busybox ping -c 1 -W 30 " + name))
          .contains("1 packets received");
    }

    kubectl.does("delete", "pod", "mongo-0");
    makeReady(kubectl, "mongo-0");
    kubectl.until((ip(kubectl, "mongo-0") + "\n")::equals, lookUp(client, "mongo-0.mongo"));
    String unready = "{\"spec\": {\"publishNotReadyAddresses\": true}}";
    kubectl.does("patch", "service", "mongo", "-p", unready);
    kubectl.does("exec", "mongo-2", "--", "rm", "/tmp/now");
    kubectl.does("wait", "--for=condition=Ready=false", "--timeout=60s", "pod/mongo-2");
    assertThat(kubectl.does(lookUp(client, "mongo-2.mongo")))
        .isEqualTo(ip(kubectl, "mongo-2") + "\n");
  }

  /** Waits for the container first, which may just have been made anew. */
  private static void makeReady(Kubectl kubectl, String pod) throws Exception {
    kubectl.until("done\n"::equals, WebPods.inside(pod, "touch /tmp/now && echo done"));
    kubectl.awaits("Ready", "pod/" + pod);
  }

  private static String ip(Kubectl kubectl, String pod) throws Exception {
    return kubectl.field("pod/" + pod, "{.status.podIP}");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void standForOtherNames(KubectlCluster cluster, Path program) throws Exception {
    Kubectl test = cluster.in(program);
    Kubectl production = cluster.in(program);
    String client = WebPods.clients(test).get(0);
    production.does("create", "service", "clusterip", "db", "--tcp=5432");
    String target = "db." + production.namespace() + ".svc.cluster.local";
    test.does("create", "service", "externalname", "db", "--external-name", target);
    String ip = production.field("service/db", "{.spec.clusterIP}");
    test.until((ip + "\n")::equals, lookUp(client, "db"));
    assertThat(test.does(records(client, "cname", "db." + test.namespace() + ".svc.cluster.local")))
        .contains("canonical name = " + target);
    assertThat(test.does("get", "service", "db")).contains("ExternalName", "<none>", target);

    for (Kubectl each : List.of(test, production)) {
      String outside = "database." + each.namespace() + ".example.com";
      each.does("create", "service", "externalname", "my-database", "--external-name", outside);
      test.until(
          said -> said.contains("canonical name = " + outside),
          records(client, "cname", "my-database." + each.namespace() + ".svc.cluster.local"));
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void ofStubDomainsAreAskedElsewhere(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    String client = WebPods.clients(kubectl).get(0);
    String machine = WebPods.machine(kubectl);
    DnsZone zone =
        DnsZone.of(
            "acme.local",
            List.of("x"),
            List.of(DnsService.withAddress("x", "www", "192.0.2.80", List.of())));
    DnsServerConfig config =
        new DnsServerConfig(new InetSocketAddress(machine, 0), List.of(), Duration.ofSeconds(2));
    try (DnsServer acme = cluster.inside(() -> DnsServer.start(config, zone))) {
      String stubs =
          "stubDomains={\"acme.local\": [\"%s:%d\"]}".formatted(machine, acme.address().getPort());
      kubectl.does(
          "create", "configmap", "-n", "kube-system", "kube-dns", "--from-literal=" + stubs);
      kubectl.until("192.0.2.80\n"::equals, lookUp(client, "www.x.svc.acme.local"));
      kubectl.does(
          "create", "service", "externalname", "far", "--external-name=www.x.svc.acme.local");
      kubectl.until("192.0.2.80\n"::equals, lookUp(client, "far"));
      kubectl.does("delete", "configmap", "-n", "kube-system", "kube-dns");
      kubectl.until("nothing\n"::equals, lookUp(client, "www.x.svc.acme.local"));
    }
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void areAskedForWhereThePodSays(Path program) throws Exception {
    Kubectl kubectl = ONE.in(program);
    String config =
        "dnsConfig: {nameservers: [192.0.2.53], searches: [acme.example],"
            + " options: [{name: ndots, value: '2'}, {name: edns0}]}\n";
    String sleeper = "containers: [" + PodText.sleeper("main", "") + "]";
    kubectl.applies(
        PodText.of("none", "dnsPolicy: None\n" + config + sleeper)
            + PodText.of("more", config + sleeper)
            + PodText.of("default", "dnsPolicy: Default\n" + sleeper)
            + PodText.of("host", HOST_NETWORK.formatted("ClusterFirst") + sleeper)
            + PodText.of("both", HOST_NETWORK.formatted("ClusterFirstWithHostNet") + sleeper));
    assertThat(resolver(kubectl, "none"))
        .isEqualTo("search acme.example\nnameserver 192.0.2.53\noptions ndots:2 edns0");
    assertThat(resolver(kubectl, "more"))
        .containsPattern("search .*\\.svc\\.cluster\\.local svc.cluster.local .*acme.example")
        .contains("nameserver 10.96.0.10\nnameserver 192.0.2.53\noptions ndots:2 edns0");
    assertThat(resolver(kubectl, "default")).doesNotContain("10.96.0.10", "cluster.local");
    assertThat(resolver(kubectl, "host")).isEqualTo(resolver(kubectl, "default"));
    assertThat(resolver(kubectl, "both")).contains("nameserver 10.96.0.10", "ndots:5");
  }

  private static String resolver(Kubectl kubectl, String pod) throws Exception {
    kubectl.awaits("Ready", "pod/" + pod);
    return kubectl.shell(pod, "main", "cat /etc/resolv.conf");
  }
}
