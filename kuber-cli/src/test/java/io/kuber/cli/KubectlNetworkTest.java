package io.kuber.cli;

import static io.kuber.cli.WebPods.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Network policies between real pods, made with real kubectl programs, on one node and three. */
final class KubectlNetworkTest {
  private static final String PODS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {app: web}}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - name: main
          image: kuber.io/host
          ports: [{name: http, containerPort: 8080}]
          command:
          - sh
          - -c
          - mkdir /tmp/w; echo hello >/tmp/w/index.html; exec busybox httpd -f -p 8080 -h /tmp/w
          readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1, timeoutSeconds: 20}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: friend, labels: {app: friend}}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - {name: main, image: kuber.io/host, command: [sleep, "1000"]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: stranger, labels: {app: stranger}}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - {name: main, image: kuber.io/host, command: [sleep, "1000"]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec:
        selector: {app: web}
        ports: [{port: 80, targetPort: http}]
      """;

  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress:
        - from: [{podSelector: {matchLabels: {app: friend}}}]
          ports: [{port: http}]
      """;

  private static final String CLOSED =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: closed}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """;

  private static final String FROM_NAMESPACE =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: guests}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress:
        - from:
          - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}
      """;

  private static final String OUT =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: out}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - to: [{ipBlock: {cidr: 10.244.0.0/16, except: [%s]}}]
          ports: [{port: 8000, endPort: 8090}]
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster ONE =
      KubectlCluster.apart(() -> directory.resolve("one"), "network-test");

  @RegisterExtension
  static final KubectlCluster THREE = KubectlCluster.ofNodes(() -> directory.resolve("three"), 3);

  static Stream<Arguments> everywhere() {
    return KubectlCluster.each(ONE, THREE);
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void closesAPodButToItsFriends(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.doesWith(PODS, "apply", "-f", "-");
    kubectl.awaits("Ready", "pod/web");
    kubectl.awaits("Ready", "pod/friend");
    kubectl.awaits("Ready", "pod/stranger");
    String service = kubectl.does("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
    String pod = kubectl.does("get", "pod", "web", "-o", "jsonpath={.status.podIP}") + ":8080";
    kubectl.until("hello\n"::equals, ask("stranger", service));
    assertThat(kubectl.does(ask("stranger", pod))).isEqualTo("hello\n");

    kubectl.doesWith(POLICY, "apply", "-f", "-");
    kubectl.until("nothing\n"::equals, ask("stranger", service));
    assertThat(kubectl.does(ask("stranger", pod))).isEqualTo("nothing\n");
    assertThat(kubectl.does(ask("friend", service))).isEqualTo("hello\n");
    assertThat(kubectl.does(ask("friend", pod))).isEqualTo("hello\n");
    assertThat(kubectl.does(ask("web", service))).as("itself").isEqualTo("hello\n");

    kubectl.does("label", "pod", "stranger", "app=friend", "--overwrite");
    kubectl.until("hello\n"::equals, ask("stranger", service));
    kubectl.does("delete", "networkpolicy", "web");
    kubectl.does("label", "pod", "stranger", "app=stranger", "--overwrite");
    kubectl.until("hello\n"::equals, ask("stranger", service));
    kubectl.awaits("Ready", "pod/web");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void opensByNamespaceAndClosesByAddress(KubectlCluster cluster, Path program) throws Exception {
    Kubectl kubectl = cluster.in(program);
    Kubectl other = cluster.in(program);
    kubectl.applies(PODS);
    other.applies(PodText.sleeping("guest"));
    kubectl.awaits("Ready", "pod/web");
    kubectl.awaits("Ready", "pod/stranger");
    other.awaits("Ready", "pod/guest");
    String ip = kubectl.field("pod/web", "{.status.podIP}");
    other.until("hello\n"::equals, ask("guest", ip + ":8080"));

    kubectl.applies(CLOSED);
    kubectl.until("nothing\n"::equals, ask("stranger", ip + ":8080"));
    other.until("nothing\n"::equals, ask("guest", ip + ":8080"));
    kubectl.applies(FROM_NAMESPACE.formatted(other.namespace()));
    other.until("hello\n"::equals, ask("guest", ip + ":8080"));
    assertThat(kubectl.does(ask("stranger", ip + ":8080"))).isEqualTo("nothing\n");

    other.applies(OUT.formatted(ip + "/32"));
    other.until("nothing\n"::equals, ask("guest", ip + ":8080"));
    other.applies(OUT.formatted("10.244.99.0/24"));
    other.until("hello\n"::equals, ask("guest", ip + ":8080"));
    kubectl.does("delete", "networkpolicy", "--all");
    kubectl.until("hello\n"::equals, ask("stranger", ip + ":8080"));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void refusesAtAServiceWhoseTargetNamesNothing(KubectlCluster cluster, Path program)
      throws Exception {
    Kubectl kubectl = cluster.in(program);
    kubectl.doesWith(PODS.replace("targetPort: http", "targetPort: nothing"), "apply", "-f", "-");
    kubectl.awaits("Ready", "pod/web");
    kubectl.awaits("Ready", "pod/stranger");
    String service = kubectl.does("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
    assertThat(kubectl.does(ask("stranger", service))).isEqualTo("nothing\n");
  }
}
