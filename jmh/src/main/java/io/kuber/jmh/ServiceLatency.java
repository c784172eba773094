package io.kuber.jmh;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.NodeNamespace;
import io.kuber.node.network.PodNetwork;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.Protocol;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.ProxyConfig;
import io.kuber.node.proxy.ServedPort;
import io.kuber.node.proxy.ServicePort;
import io.kuber.node.proxy.ServiceProxies;
import io.kuber.node.proxy.ServiceProxy;
import io.kuber.node.proxy.Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a connection takes from its first packet to its first byte, to a pod itself and through
 * a Service, with few and with many Services on the node. In network namespaces of its own, so that
 * it needs root and leaves nothing. Arguments: how many Services.
 */
public final class ServiceLatency {
  private static final List<Integer> SIZES = List.of(1, 10_000);
  private static final int WARM_UP = 1_000;
  private static final int CONNECTIONS = 4_000;
  private static final int TARGET = 8080;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Ipv4 FIRST = Ipv4.parse("10.96.0.10");

  private ServiceLatency() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    List<Integer> sizes =
        args.length == 0 ? SIZES : Arrays.stream(args).map(Integer::valueOf).toList();
    Syscalls kernel = Syscalls.linux();
    kernel.unshare(Uapi.CLONE_NEWNET);
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes.up(RouteNetlink.LOOPBACK);
    }
    PodNetworkConfig network = PodNetworkConfig.standard("kuber0");
    Path directory = Files.createTempDirectory("service-latency");
    Path pin = directory.resolve("pod");
    try (PodNetwork pods = PodNetwork.open(kernel, network);
        NodeNamespace pod = NodeNamespace.open(kernel, pin, "pod");
        ServiceProxy proxy = ServiceProxies.open(kernel, ProxyConfig.of(network));
        ServerSocket server = serve(pod)) {
      String address = pods.attach("pod", pin).address().toString();
      System.out.println("| to | median, us | p99, us |");
      System.out.println("|---|---|---|");
      measure("the pod itself, port " + server.getLocalPort(), address, TARGET);
      for (int size : sizes) {
        proxy.update(services(size, new Backend(address, TARGET)));
        measure("1 of %,d Services".formatted(size), FIRST.plus(size - 1).toString(), 80);
      }
    } finally {
      Files.deleteIfExists(pin);
      Files.delete(directory);
    }
  }

  private static ServerSocket serve(NodeNamespace pod) throws Exception {
    ServerSocket server =
        pod.call(() -> new ServerSocket(TARGET, 100, InetAddress.getByName("0.0.0.0")));
    Thread thread = new Thread(() -> answer(server), "server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getOutputStream().write('x');
      } catch (IOException closedOrGone) {
        // The next client decides.
      }
    }
  }

  /** All lead to the one pod; the last one is asked. */
  private static Services services(int size, Backend pod) {
    List<ServedPort> ports = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      String address = FIRST.plus(i).toString();
      ServicePort port = ServicePort.of("default", "s" + i, "", Protocol.TCP, address, 80, 0);
      ports.add(new ServedPort(port, List.of(pod)));
    }
    return new Services("node-1", "", ports);
  }

  private static void measure(String what, String address, int port) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      connect(address, port);
    }
    long[] nanos = new long[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
      nanos[i] = connect(address, port);
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f |%n",
        what,
        nanos[CONNECTIONS / 2] / 1e3,
        nanos[CONNECTIONS * 99 / 100] / 1e3);
  }

  private static long connect(String address, int port) throws IOException {
    long start = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (socket.getInputStream().read() != 'x') {
        throw new IOException("no answer from " + address);
      }
      return System.nanoTime() - start;
    }
  }
}
