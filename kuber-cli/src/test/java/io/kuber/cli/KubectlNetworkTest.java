package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Services and network policies between real pods, made with real kubectl programs. */
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

  /** With a limit, since what is dropped is never answered. */
  private static final String ASK = "curl -s -m 3 http://%s/ || echo nothing";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, "network-test");

  private static String[] ask(String pod, String address) {
    return new String[] {"exec", pod, "--", "sh", "-c", ASK.formatted(address)};
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void closesAPodButToItsFriends(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
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
  @MethodSource(KubectlCluster.PROGRAMS)
  void refusesAtAServiceWhoseTargetNamesNothing(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(PODS.replace("targetPort: http", "targetPort: nothing"), "apply", "-f", "-");
    kubectl.awaits("Ready", "pod/web");
    kubectl.awaits("Ready", "pod/stranger");
    String service = kubectl.does("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
    assertThat(kubectl.does(ask("stranger", service))).isEqualTo("nothing\n");
  }
}
