package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.Kubectl.Outcome;
import io.kuber.cli.Kubectl.Running;
import io.kuber.server.aggregate.ExtensionServer;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another server of the API behind a Service, at the terminal: alive, and dead. */
final class KubectlAggregationTest {
  private static final String ADDRESS = "192.0.2.1";

  private static final String REGISTRATION =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: orders}
      spec: {ports: [{port: 443, name: https, targetPort: PORT}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: orders-1, labels: {kubernetes.io/service-name: orders}}
      addressType: IPv4
      ports: [{name: https, port: PORT}]
      endpoints: [{addresses: [ADDRESS]}]
      ---
      apiVersion: apiregistration.k8s.io/v1
      kind: APIService
      metadata: {name: v1.shop.example.com}
      spec:
        group: shop.example.com
        version: v1
        groupPriorityMinimum: 2000
        versionPriority: 10
        caBundle: BUNDLE
        service: {namespace: NAMESPACE, name: orders}
      """;

  private static final String ORDER =
      """
      apiVersion: shop.example.com/v1
      kind: Order
      metadata: {name: tea}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      KubectlCluster.apart(() -> directory, "unused", nodes -> new NoNodes());

  private static String trust(Kubectl kubectl) throws Exception {
    return kubectl.does(
        "get",
        "configmap",
        "--namespace=kube-system",
        "extension-apiserver-authentication",
        "--output=jsonpath={.data.requestheader-client-ca-file}");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void worksWithAnotherServerAndWithoutIt(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("get", "apiservices"))
        .containsPattern("(?m)^v1\\.apps +Local +True ")
        .containsPattern("(?m)^v1beta1\\.metrics\\.k8s\\.io +Local +True ");
    String frontProxy = trust(kubectl);
    String host = "orders." + kubectl.namespace() + ".svc";
    try (ExtensionServer server =
        CLUSTER.inside(() -> new ExtensionServer(host, ADDRESS, frontProxy))) {
      kubectl.applies(
          REGISTRATION
              .replace("NAMESPACE", kubectl.namespace())
              .replace("PORT", Integer.toString(server.port()))
              .replace("ADDRESS", ADDRESS)
              .replace("BUNDLE", server.caBundle()));
      kubectl.does(
          "wait", "apiservice/v1.shop.example.com", "--for=condition=Available", "--timeout=60s");
      assertThat(kubectl.does("get", "apiservice", "v1.shop.example.com"))
          .containsPattern("v1\\.shop\\.example\\.com +test-\\d+/orders +True ");
      uses(kubectl);
    }
    kubectl.does(
        "wait",
        "apiservice/v1.shop.example.com",
        "--for=condition=Available=false",
        "--timeout=90s");
    assertThat(kubectl.does("get", "apiservice", "v1.shop.example.com"))
        .contains("False (FailedDiscoveryCheck)");
    doesWithout(kubectl);
    kubectl.does("delete", "service", "orders");
    kubectl.awaitsField(
        "apiservice/v1.shop.example.com",
        "{.status.conditions[0].reason}",
        "ServiceNotFound"::equals);
    kubectl.does("delete", "apiservice", "v1.shop.example.com");
    assertThat(kubectl.does("api-resources")).doesNotContain("shop.example.com");
  }

  private static void uses(Kubectl kubectl) throws Exception {
    assertThat(kubectl.does("api-resources", "--api-group=shop.example.com"))
        .containsPattern("orders +ord +shop.example.com/v1 +true +Order");
    assertThat(kubectl.does("api-versions")).contains("shop.example.com/v1\n");
    String made = kubectl.tryWith(ORDER, "create", "--validate=false", "-f", "-").out();
    assertThat(made).contains("order.shop.example.com/tea created");
    assertThat(kubectl.does("get", "orders", "--output=name"))
        .contains("order.shop.example.com/tea");
    assertThat(kubectl.does("get", "ord", "tea", "--output=yaml")).contains("kind: Order");
    try (Running watch = kubectl.begins("get", "orders", "--watch", "--output=name")) {
      watch.until(seen -> seen.contains("order.shop.example.com/tea"));
    }
    assertThat(kubectl.failsWith("", "get", "orders", "coffee"))
        .contains("orders \"coffee\" not found");
    // Old programs read OpenAPI 2, which tells of kuber's own groups alone.
    Outcome explained = kubectl.tryWith("", "explain", "orders");
    assertThat(explained.out() + explained.err())
        .contains(
            kubectl.wording("couldn't find resource for", "Order is what somebody wants to have"));
    assertThat(kubectl.failsWith("", "get", "orders", "--as=jane"))
        .contains(
            "User \"jane\" cannot list resource \"orders\" in API group \"shop.example.com\"");
  }

  private static void doesWithout(Kubectl kubectl) throws Exception {
    assertThat(kubectl.tryWith("", "get", "pods").err()).contains("No resources found");
    assertThat(kubectl.does("get", "configmaps", "--output=name"))
        .contains("configmap/kube-root-ca.crt");
    Outcome resources = kubectl.tryWith("", "api-resources");
    assertThat(resources.out()).contains("deployments").contains("configmaps");
    assertThat(kubectl.failsWith("", "get", "--raw", "/apis/shop.example.com/v1"))
        .contains("currently unable to handle the request");
    assertThat(kubectl.does("get", "--raw", "/apis")).contains("shop.example.com/v1");
  }
}
