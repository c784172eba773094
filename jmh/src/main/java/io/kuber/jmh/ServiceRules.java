package io.kuber.jmh;

import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import io.kuber.node.network.Ipv4;
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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a node takes to serve all services of a cluster, from values to the kernel's answer, and
 * how long for one change: an endpoint moves. In a network namespace of its own, so that it needs
 * root and leaves nothing. Arguments: how many services, each with two endpoints.
 */
public final class ServiceRules {
  private static final List<Integer> SIZES = List.of(1_000, 10_000, 44_000);
  private static final int CHANGES = 40;

  private ServiceRules() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    List<Integer> sizes =
        args.length == 0 ? SIZES : Arrays.stream(args).map(Integer::valueOf).toList();
    Syscalls kernel = Syscalls.linux();
    kernel.unshare(Uapi.CLONE_NEWNET);
    PodNetworkConfig network = PodNetworkConfig.standard("kuber0");
    try (PodNetwork pods = PodNetwork.open(kernel, network)) {
      System.out.println(
          "| services | all, ms | of processor | all anew, ms | of processor |"
              + " one change, median ms | of processor | most, ms |");
      System.out.println("|---|---|---|---|---|---|---|---|");
      for (int size : sizes) {
        measure(kernel, ProxyConfig.of(pods.config()), size);
      }
    }
  }

  private static void measure(Syscalls kernel, ProxyConfig config, int size) {
    List<ServedPort> ports = ports(size);
    Cost first = update(kernel, config, ports);
    try (ServiceProxy proxy = ServiceProxies.open(kernel, config)) {
      Cost again = Cost.of(() -> proxy.update(new Services("node-1", "", ports)));
      List<Cost> changes = new ArrayList<>();
      for (int change = 0; change < CHANGES; change++) {
        int index = (int) ((long) change * size / CHANGES);
        ports.set(index, port(index, size + change));
        Services changed = new Services("node-1", "", ports);
        changes.add(Cost.of(() -> proxy.update(changed)));
      }
      double[] wall = changes.stream().mapToDouble(Cost::wall).sorted().toArray();
      double[] processor = changes.stream().mapToDouble(Cost::processor).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "| %,d | %,.0f | %,.0f | %,.0f | %,.0f | %.1f | %.1f | %.1f |%n",
          size,
          first.wall(),
          first.processor(),
          again.wall(),
          again.processor(),
          wall[CHANGES / 2],
          processor[CHANGES / 2],
          wall[CHANGES - 1]);
    }
  }

  /** By a proxy that ends without taking its table away, as one that is killed. */
  private static Cost update(Syscalls kernel, ProxyConfig config, List<ServedPort> ports) {
    ServiceProxy killed = ServiceProxies.open(kernel, config);
    return Cost.of(() -> killed.update(new Services("node-1", "", ports)));
  }

  /** Milliseconds, by the clock and of this thread's processor. */
  private record Cost(double wall, double processor) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static Cost of(Runnable task) {
      long start = System.nanoTime();
      long used = THREADS.getCurrentThreadCpuTime();
      task.run();
      return new Cost(
          (System.nanoTime() - start) / 1e6, (THREADS.getCurrentThreadCpuTime() - used) / 1e6);
    }
  }

  private static List<ServedPort> ports(int size) {
    List<ServedPort> ports = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ports.add(port(i, i));
    }
    return ports;
  }

  private static ServedPort port(int number, int endpoint) {
    ServicePort port =
        ServicePort.of(
            "default",
            "s" + number,
            "",
            Protocol.TCP,
            Ipv4.parse("10.96.0.10").plus(number).toString(),
            80,
            0);
    Ipv4 pods = Ipv4.parse("10.128.0.0");
    return new ServedPort(
        port,
        List.of(
            new Backend(pods.plus(2 * endpoint).toString(), 8080),
            new Backend(pods.plus(2 * endpoint + 1).toString(), 8080)));
  }
}
