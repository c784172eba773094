package io.kuber.cli;

import com.google.common.base.Splitter;
import java.util.List;

/** Pods that serve and pods that ask them, on as many nodes as there are. */
final class WebPods {
  /** A Deployment of three, over all nodes, whose pods answer with their name at port 8080. */
  static final String WEB =
      """
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            terminationGracePeriodSeconds: 0
            topologySpreadConstraints:
            - topologyKey: kubernetes.io/hostname
              maxSkew: 1
              whenUnsatisfiable: DoNotSchedule
              labelSelector: {matchLabels: {app: web}}
            containers:
            - name: main
              image: kuber.io/host
              ports: [{name: http, containerPort: 8080}]
              command:
              - sh
              - -c
              - mkdir /tmp/w; hostname >/tmp/w/index.html; exec busybox httpd -f -p 8080 -h /tmp/w
              readinessProbe: {tcpSocket: {port: http}, periodSeconds: 1, timeoutSeconds: 20}
      """;

  /** One pod on each node, from which {@link #ask} asks. */
  private static final String CLIENTS =
      """
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: client}
      spec:
        selector: {matchLabels: {app: client}}
        template:
          metadata: {labels: {app: client}}
          spec:
            terminationGracePeriodSeconds: 0
            containers: [{name: main, image: kuber.io/host, command: [sleep, "10000"]}]
      """;

  /** With a limit, since what is dropped is never answered. */
  private static final String ASK = "curl -s -m 3 http://%s/ || echo nothing";

  private static final String ASK_OFTEN =
      "for i in $(seq 20); do curl -s -m 3 http://%s/; done | sort -u | wc -l";

  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

  private WebPods() {}

  /** Has the clients made; their names, one on each node. */
  static List<String> clients(Kubectl kubectl) throws Exception {
    kubectl.applies(CLIENTS);
    Workload.rolled(kubectl, "daemonset/client");
    return names(kubectl, "client");
  }

  /** The names of the pods of an application. */
  static List<String> names(Kubectl kubectl, String app) throws Exception {
    return ofPods(kubectl, app, "{.items[*].metadata.name}");
  }

  /** What a path of jsonpath leads to in the list of an application's pods. */
  static List<String> ofPods(Kubectl kubectl, String app, String path) throws Exception {
    return words(kubectl.does("get", "pods", "-l", "app=" + app, "-o", "jsonpath=" + path));
  }

  /** The addresses of the nodes. */
  static List<String> nodeAddresses(Kubectl kubectl) throws Exception {
    String path = "{.items[*].status.addresses[?(@.type==\"InternalIP\")].address}";
    return words(kubectl.does("get", "nodes", "-o", "jsonpath=" + path));
  }

  /** An address of the machine that pods reach on any node: the one where the API is. */
  static String machine(Kubectl kubectl) throws Exception {
    String path = "jsonpath={.subsets[0].addresses[0].ip}";
    return kubectl.does("get", "endpoints", "-n", "default", "kubernetes", "-o", path);
  }

  static List<String> words(String said) {
    return WORDS.splitToList(said);
  }

  /** The command with which a pod does something in a shell. */
  static String[] inside(String pod, String script) {
    return new String[] {"exec", pod, "--", "sh", "-c", script};
  }

  /** The command with which a pod asks once; without an answer it says {@code nothing}. */
  static String[] ask(String pod, String address) {
    return inside(pod, ASK.formatted(address));
  }

  /** The command with which a pod counts those who answer it. */
  static String[] count(String pod, String address) {
    return inside(pod, ASK_OFTEN.formatted(address));
  }
}
