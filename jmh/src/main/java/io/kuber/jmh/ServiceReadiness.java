package io.kuber.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.boot.Kuber;
import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.json.Yaml;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import io.kuber.node.feed.ServiceFeed;
import io.kuber.node.feed.Warnings;
import io.kuber.node.network.PodNetwork;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.proxy.HealthReports;
import io.kuber.node.proxy.MachinePorts;
import io.kuber.node.proxy.ProxyConfig;
import io.kuber.node.proxy.ServiceProxies;
import io.kuber.node.proxy.ServiceProxy;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes from the write that says a pod is ready to the first connection through its
 * Service: the controller of EndpointSlices, the watches, the 30 ms for which a node gathers
 * changes, and the kernel's rules. An embedded cluster and one node's rules, in a network namespace
 * of its own, so that it needs root and leaves nothing. Argument: how many times.
 */
public final class ServiceReadiness {
  private static final int TIMES = 100;
  private static final String ADDRESS = "10.96.0.42";
  private static final int TARGET = 8080;
  private static final int PATIENCE_MILLIS = 1_000;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: default}
      spec: {clusterIP: %s, selector: {app: web}, ports: [{port: 80, targetPort: %d}]}
      """;

  /** A pod of a node that nobody knows is no endpoint. */
  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: node-1}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: default, labels: {app: web}}
      spec: {nodeName: node-1, containers: [{name: main, image: web}]}
      """;

  private static final String STATUS =
      """
      phase: Running
      podIP: %1$s
      podIPs: [{ip: %1$s}]
      conditions: [{type: Ready, status: "%2$s"}]
      """;

  private final Client client;
  private final String pod;

  private ServiceReadiness(Client client, String pod) {
    this.client = client;
    this.pod = pod;
  }

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    int times = args.length == 0 ? TIMES : Integer.parseInt(args[0]);
    Syscalls kernel = Syscalls.linux();
    kernel.unshare(Uapi.CLONE_NEWNET);
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes.up(RouteNetlink.LOOPBACK);
    }
    PodNetworkConfig network = PodNetworkConfig.standard("kuber0");
    String gateway = network.gateway().toString();
    try (PodNetwork pods = PodNetwork.open(kernel, network);
        Kuber cluster = Kuber.start();
        ServerSocket server = new ServerSocket(TARGET, 100, InetAddress.getByName(gateway));
        ServiceProxy proxy = ServiceProxies.open(kernel, ProxyConfig.of(pods.config()))) {
      answer(server);
      ServiceFeed feed =
          ServiceFeed.start(
              cluster.client(),
              "node-1",
              new ServiceFeed.Outlets(
                  proxy, names -> {}, HealthReports.NONE, Warnings.NONE, MachinePorts.NONE),
              cluster.loops().loop("services"));
      try {
        new ServiceReadiness(cluster.client(), gateway).measure(times);
      } finally {
        feed.close();
      }
    }
  }

  private static void answer(ServerSocket server) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                  client.getOutputStream().write('x');
                } catch (IOException closedOrGone) {
                  // The next client decides.
                }
              }
            },
            "server");
    thread.setDaemon(true);
    thread.start();
  }

  private void measure(int times) throws IOException {
    await(client.create(Resources.SERVICES, object(SERVICE.formatted(ADDRESS, TARGET))));
    await(client.create(Resources.NODES, object(NODE)));
    await(client.create(Resources.PODS, object(POD)));
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      status("False");
      until(false);
      long start = System.nanoTime();
      status("True");
      until(true);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%d times: median %.0f ms, p99 %.0f ms, most %.0f ms%n",
        times,
        nanos[times / 2] / 1e6,
        nanos[times * 99 / 100] / 1e6,
        nanos[times - 1] / 1e6);
  }

  private void status(String ready) {
    Tree status = Yaml.parse(STATUS.formatted(pod, ready).getBytes(UTF_8));
    await(
        client.patch(
            Resources.PODS,
            "default",
            "web",
            "status",
            PatchType.MERGE,
            Tree.of("status", status)));
  }

  /**
   * Asks the Service until it answers, or does not any more: it is refused at once without pods.
   */
  private static void until(boolean answers) throws IOException {
    long start = System.nanoTime();
    while (answers() != answers) {
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new IOException("the Service " + (answers ? "never answers" : "answers for ever"));
      }
    }
  }

  private static boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(ADDRESS, 80), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket.getInputStream().read() == 'x';
    } catch (IOException refused) {
      return false;
    }
  }

  private static KubeObject object(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
