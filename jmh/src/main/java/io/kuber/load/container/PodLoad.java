package io.kuber.load.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.kuber.boot.Kuber;
import io.kuber.boot.KuberOptions;
import io.kuber.boot.LocalNode;
import io.kuber.boot.NodePlace;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.WatchListener;
import io.kuber.json.Yaml;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import io.kuber.load.Latencies;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long pods take from being created to phase Running, with the image at hand: one after the
 * other, and many at once; and what memory it then takes. A whole cluster in this process, API,
 * store on the disk, controllers and scheduler included, and its node in a network namespace of its
 * own, so that it needs root and leaves nothing.
 */
public final class PodLoad {
  private static final long LIMIT_SECONDS = 120;
  private static final double MILLI = 1e6;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %s, namespace: default}
      spec:
        terminationGracePeriodSeconds: 0
        containers: [{name: main, image: kuber.io/host, command: [sleep, "100000"]}]
      """;

  private final Client client;

  /** When who waits for a pod to run, or to be gone, is told. */
  private final Map<String, CompletableFuture<Void>> running = new ConcurrentHashMap<>();

  private final Map<String, CompletableFuture<Void>> gone = new ConcurrentHashMap<>();

  private PodLoad(Client client) {
    this.client = client;
  }

  /** Runs as root: a directory that is not there yet, and the number of pods. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2 || !arguments[1].matches("[1-9][0-9]{0,2}")) {
      System.err.println("PodLoad DIRECTORY PODS");
      System.exit(2);
    }
    Path directory = Files.createDirectory(Path.of(arguments[0]).toAbsolutePath());
    Syscalls kernel = Syscalls.linux();
    kernel.unshare(Uapi.CLONE_NEWNET);
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes.up(RouteNetlink.LOOPBACK);
    }
    NodePlace place =
        new NodePlace(
            directory.resolve("machine/node"), "load", PodNetworkConfig.standard("kuber-load"));
    try (Kuber cluster =
        Kuber.start(KuberOptions.durable(directory.resolve("data")).with(new LocalNode(place)))) {
      new PodLoad(cluster.client()).measure(Integer.parseInt(arguments[1]));
    } finally {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    System.exit(0);
  }

  private void measure(int pods) throws Exception {
    awaitAccount();
    AutoCloseable watch =
        client.watch(Resources.PODS, "default", ListOptions.ALL, "", new Listener());
    try {
      alone(pods);
      Latencies alone = alone(pods);
      System.out.printf(
          Locale.ROOT,
          "%d pods, one after the other: p50 %.0f ms, p99 %.0f ms%n",
          pods,
          alone.percentile(50) / MILLI,
          alone.percentile(99) / MILLI);
      together(pods);
    } finally {
      watch.close();
    }
  }

  private void together(int pods) throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < pods; i++) {
      create("many-" + i);
    }
    for (int i = 0; i < pods; i++) {
      await(requireNonNull(running.get("many-" + i)));
    }
    double seconds = (System.nanoTime() - start) / MILLI / 1_000;
    System.out.printf(Locale.ROOT, "%d pods at once: %.1f s%n", pods, seconds);
    System.gc();
    System.out.printf(Locale.ROOT, "with them the process has %d MB%n", residentMegabytes());
    for (int i = 0; i < pods; i++) {
      delete("many-" + i);
    }
  }

  private void awaitAccount() throws InterruptedException {
    while (await(client.list(Resources.SERVICE_ACCOUNTS, "default", ListOptions.ALL))
        .objects()
        .isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private Latencies alone(int pods) {
    Latencies latencies = new Latencies();
    for (int i = 0; i < pods; i++) {
      long start = System.nanoTime();
      create("one");
      await(requireNonNull(running.get("one")));
      latencies.add(System.nanoTime() - start);
      delete("one");
    }
    return latencies;
  }

  private void create(String name) {
    running.put(name, new CompletableFuture<>());
    gone.put(name, new CompletableFuture<>());
    KubeObject pod = KubeObject.of(Yaml.parse(POD.formatted(name).getBytes(UTF_8)));
    await(client.create(Resources.PODS, pod));
  }

  private void delete(String name) {
    await(client.delete(Resources.PODS, "default", name, DeleteOptions.DEFAULT));
    await(requireNonNull(gone.get(name)));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  private final class Listener implements WatchListener {
    @Override
    public void added(KubeObject pod) {
      modified(pod);
    }

    @Override
    public void modified(KubeObject pod) {
      if (pod.status().text("phase").equals("Running")) {
        tell(running, pod);
      }
    }

    @Override
    public void deleted(KubeObject pod) {
      tell(gone, pod);
    }

    private void tell(Map<String, CompletableFuture<Void>> waiting, KubeObject pod) {
      CompletableFuture<Void> waits = waiting.get(pod.name());
      if (waits != null) {
        waits.complete(null);
      }
    }

    @Override
    public void ended(RuntimeException reason) {
      running.values().forEach(waits -> waits.completeExceptionally(reason));
      gone.values().forEach(waits -> waits.completeExceptionally(reason));
    }
  }
}
