package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import com.google.common.collect.TreeMultiset;
import io.kuber.container.Container;
import io.kuber.container.ContainerProcess;
import io.kuber.container.ContainerSpec;
import io.kuber.container.Exit;
import io.kuber.container.HostCapabilities;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImageStore;
import io.kuber.node.network.PodNetwork;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Pods that come and go, several at a time: each has namespaces, links, a control group, a
 * container that ends by itself and one that is killed after a process has joined it. 80 of them,
 * or as many as {@code -Dstarts=N} says.
 */
@Isolated
final class LeakTest {
  private static final int USUAL = 80;
  private static final int AT_ONCE = 4;
  private static final long LIMIT_SECONDS = 60;
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private final String instance = "leak-test-" + ProcessHandle.current().pid();

  @TempDir private Path directory;

  /** All that a start could leave, as the machine tells it. */
  private record Traces(
      Set<String> threads,
      Multiset<String> descriptors,
      Set<String> namespaces,
      List<String> mounts,
      List<String> groups,
      List<String> children,
      List<String> links,
      List<String> files) {}

  /** What pods are made with. */
  private record Bench(LinuxContainers runtime, PodNetwork network, Image image) {}

  @Test
  void keepsNothingOfPodsThatCameAndWent() throws Exception {
    HostCapabilities machine = LinuxContainers.probe();
    assumeTrue(machine.canRunContainers(), () -> "containers: " + machine.obstacles());
    int starts = Integer.getInteger("starts", USUAL);
    ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE);
    try (TestNamespace namespace = TestNamespace.create();
        LinuxContainers runtime = LinuxContainers.open(state(), instance, InstantSource.system())) {
      PodNetwork network =
          namespace.call(
              () -> PodNetwork.open(Syscalls.linux(), PodNetworkConfig.standard("kuber-leak")));
      Image image = ImageStore.builtIn(directory.resolve("images")).find("kuber.io/host");
      Bench bench = new Bench(runtime, network, image);
      run(bench, hands, 0, 2 * AT_ONCE);
      Traces before = traces(namespace);
      run(bench, hands, 2 * AT_ONCE, starts);
      Traces after = traces(namespace);
      assertThat(before.threads()).containsAll(after.threads());
      assertThat(Multisets.difference(after.descriptors(), before.descriptors())).isEmpty();
      assertThat(before.namespaces()).containsAll(after.namespaces());
      assertThat(after.mounts()).isEqualTo(before.mounts());
      assertThat(after.groups()).isEqualTo(before.groups());
      assertThat(after.children()).isEqualTo(before.children());
      assertThat(after.links()).isEqualTo(before.links());
      assertThat(after.files()).isEqualTo(before.files());
      namespace.run(network::close);
    } finally {
      hands.shutdownNow();
    }
  }

  private Path state() {
    return directory.resolve("state");
  }

  private static void run(Bench bench, ExecutorService hands, int from, int pods) throws Exception {
    List<Future<?>> all = new ArrayList<>();
    IntStream.range(from, from + pods)
        .forEach(number -> all.add(hands.submit(() -> comeAndGo(bench, "pod-" + number))));
    for (Future<?> each : all) {
      each.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void comeAndGo(Bench bench, String id) {
    PodSandbox pod = bench.runtime().createSandbox(SandboxSpec.of(id, id));
    try {
      bench.network().attach(id, pod.networkNamespace());
      Container brief = bench.runtime().start(container(bench, pod, "brief", "true"));
      assertThat(await(brief.exit()).code()).isZero();
      brief.remove();
      Container joined = bench.runtime().start(container(bench, pod, "joined", "sleep", "1000"));
      try (ContainerProcess process = joined.exec(ProcessSpec.of("true"))) {
        assertThat(await(process.exit()).code()).isZero();
      }
      joined.remove();
    } finally {
      bench.network().detach(id);
      pod.remove();
    }
  }

  private static ContainerSpec container(
      Bench bench, PodSandbox pod, String name, String... command) {
    return ContainerSpec.of(
            pod.id() + "-" + name, pod, bench.image().layers(), ProcessSpec.of(command))
        .withMounts(bench.image().mounts());
  }

  private static Exit await(CompletionStage<Exit> exit) {
    return exit.toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private Traces traces(TestNamespace namespace) throws IOException {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"));
        Stream<Path> groups =
            Files.find(CGROUPS, 4, (path, unused) -> path.toString().contains(instance));
        Stream<Path> files = Files.walk(state())) {
      return new Traces(
          Thread.getAllStackTraces().keySet().stream()
              .map(thread -> thread.getId() + " " + thread.getName())
              .collect(Collectors.toSet()),
          referredToBy(Path.of("/proc/self/fd")),
          namespaces(),
          mounts.filter(line -> line.contains(directory.toString())).sorted().toList(),
          groups.map(Path::toString).sorted().toList(),
          ProcessHandle.current().children().map(child -> "" + child.pid()).sorted().toList(),
          namespace.links(),
          files.map(Path::toString).sorted().toList());
    }
  }

  /** The namespaces that the threads of this process are in. */
  private static Set<String> namespaces() throws IOException {
    Set<String> all = new TreeSet<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      for (Path thread : threads.toList()) {
        all.addAll(referredToBy(thread.resolve("ns")));
      }
    }
    return all;
  }

  /**
   * What the links in a directory lead to, but for the descriptor that lists the directory. Their
   * names are left out: numbers become free when the collector closes what other tests forgot.
   */
  private static Multiset<String> referredToBy(Path links) throws IOException {
    Path own = Path.of("/proc", "" + ProcessHandle.current().pid(), "fd");
    Multiset<String> all = TreeMultiset.create();
    try (Stream<Path> each = Files.list(links)) {
      for (Path link : each.toList()) {
        try {
          Path target = Files.readSymbolicLink(link);
          if (!target.equals(own)) {
            all.add(target.toString());
          }
        } catch (NoSuchFileException gone) {
          // Closed meanwhile.
        }
      }
    } catch (NoSuchFileException gone) {
      return TreeMultiset.create(); // A thread that has ended.
    }
    return all;
  }
}
