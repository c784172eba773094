package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.boot.ClusterDomain;
import io.kuber.boot.ClusterNetwork;
import io.kuber.resource.AddressRange;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clusters whose owner has chosen another domain than {@code cluster.local}, and addresses. */
final class KubectlDomainTest {
  private static final String DOMAIN = "kuber.example";

  private static final ClusterNetwork CHOSEN =
      new ClusterNetwork(
          new ClusterDomain(DOMAIN),
          AddressRange.parse("172.20.0.0/24"),
          AddressRange.parse("172.21.0.0/19"));

  private static final String HEADLESS =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: mongo}
      spec: {clusterIP: None, selector: {app: mongo}}
      """;

  /** Believes the certificate that pods of service accounts are given. */
  private static final String ASK_API =
      "curl -sS -m 30 --cacert /var/run/secrets/kubernetes.io/serviceaccount/ca.crt"
          + " https://kubernetes.default.svc.%s/livez";

  /** What the issuer of its token says of itself, where the token says it is. */
  private static final String ASK_ISSUER =
      "cd /var/run/secrets/kubernetes.io/serviceaccount && curl -sS -m 30 --cacert ca.crt -H"
          + " \"Authorization: Bearer $(cat token)\""
          + " https://kubernetes.default.svc.%s/.well-known/openid-configuration";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster ONE =
      KubectlCluster.apart(() -> directory.resolve("one"), "domain-test").with(CHOSEN);

  @RegisterExtension
  static final KubectlCluster THREE =
      KubectlCluster.ofNodes(() -> directory.resolve("three"), 3).with(CHOSEN);

  static Stream<Arguments> everywhere() {
    return KubectlCluster.each(ONE, THREE);
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void haveAllTheirNamesBelowIt(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(WebPods.WEB.replace("replicas: 3", "replicas: 1"));
    Workload.rolled(kubectl, "deployment/web");
    kubectl.does("expose", "deployment", "web", "--port=80", "--target-port=8080");
    String inner = kubectl.namespace() + ".svc." + DOMAIN;
    for (String client : WebPods.clients(kubectl)) {
      assertThat(kubectl.shell(client, "main", "cat /etc/resolv.conf"))
          .startsWith("search " + inner + " svc." + DOMAIN + " " + DOMAIN);
      for (String name : List.of("web", "web." + kubectl.namespace(), "web." + inner)) {
        kubectl.until(said -> said.startsWith("web-"), WebPods.ask(client, name));
      }
      String old = "web." + kubectl.namespace() + ".svc.cluster.local.";
      assertThat(kubectl.does(WebPods.ask(client, old))).isEqualTo("nothing\n");
      assertThat(kubectl.shell(client, "main", ASK_API.formatted(DOMAIN))).isEqualTo("ok");
      assertThat(kubectl.shell(client, "main", ASK_ISSUER.formatted(DOMAIN)))
          .contains("\"issuer\":\"https://kubernetes.default.svc." + DOMAIN + "\"");
      String node = kubectl.field("pod/" + client, "{.spec.nodeName}");
      assertThat(kubectl.does("get", "--raw", "/api/v1/nodes/" + node + "/proxy/configz"))
          .containsPattern("\"clusterDomain\": ?\"" + DOMAIN + "\"");
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void giveAddressesOfTheirBlocks(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(WebPods.WEB);
    Workload.rolled(kubectl, "deployment/web");
    kubectl.does("expose", "deployment", "web", "--port=80", "--target-port=8080");
    assertThat(kubectl.field("service/web", "{.spec.clusterIP}")).startsWith("172.20.0.");
    assertThat(kubectl.does("get", "service", "kubernetes", "-n", "default"))
        .contains("172.20.0.1 ");
    assertThat(kubectl.does("get", "servicecidrs", "kubernetes")).contains("172.20.0.0/24");
    assertThat(kubectl.does("get", "ipaddresses", "172.20.0.1"))
        .contains("services/default/kubernetes");
    assertThat(kubectl.field("pods", "{.items[*].status.podIP}").split(" "))
        .hasSize(3)
        .allMatch(address -> address.matches("172\\.21\\.([12]?[0-9]|30)\\..*"));
    for (String client : WebPods.clients(kubectl)) {
      assertThat(kubectl.shell(client, "main", "cat /etc/resolv.conf"))
          .contains("nameserver 172.20.0.10");
      kubectl.until(said -> said.startsWith("web-"), WebPods.ask(client, "web"));
    }
    assertThat(kubectl.does("get", "nodes", "-o", "jsonpath={range .items[*]}{.spec.podCIDR}{end}"))
        .startsWith("172.21.0.0/24");
    assertThat(
            kubectl.failsWith(
                "", "create", "service", "clusterip", "far", "--tcp=80", "--clusterip=10.96.7.7"))
        .contains("The range of valid IPs is 172.20.0.0/24");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void namePodsBelowIt(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.applies(
        HEADLESS
            + PodText.of(
                "mongo",
                "hostname: mongo-0\nsubdomain: mongo\ncontainers: ["
                    + PodText.sleeper("main", "")
                    + "]"));
    kubectl.awaits("Ready", "pod/mongo");
    String full = "mongo-0.mongo." + kubectl.namespace() + ".svc." + DOMAIN;
    assertThat(kubectl.shell("mongo", "main", "hostname -f")).isEqualTo(full);
    String address = kubectl.field("pod/mongo", "{.status.podIP}");
    kubectl.until(
        said -> said.startsWith(address),
        WebPods.inside("mongo", "getent hosts mongo-0.mongo." + kubectl.namespace()));
    kubectl.until(
        said -> said.contains(full),
        WebPods.inside("mongo", "busybox nslookup " + address + " || true"));
  }
}
