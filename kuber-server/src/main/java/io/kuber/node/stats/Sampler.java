package io.kuber.node.stats;

import io.kuber.container.Container;
import io.kuber.container.Usage;
import io.kuber.linux.Syscalls;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.node.stats.Summary.ContainerSummary;
import io.kuber.node.stats.Summary.PodSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the node and its pods every few seconds. Its loop owns all fields but the summary, which
 * any thread may ask for.
 */
public final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

  /** Twice as often as the kubelet, so that new pods are in {@code kubectl top} soon. */
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private static final Path PROC = Path.of("/proc");

  private final String node;
  private final Places places;
  private final Supplier<List<LivePod>> pods;
  private final Syscalls linux;
  private final InstantSource clock;
  private final Loop loop;
  private final DiskMeter disk;
  private final Map<String, Measured> last = new HashMap<>();
  private volatile @Nullable Summary summary;
  private volatile boolean closed;

  /**
   * Where the node keeps its files.
   *
   * @param files pods, logs and volumes
   * @param images the images
   * @param layers what containers write
   */
  public record Places(Path files, Path images, Path layers) {}

  private Sampler(
      String node, Places places, Supplier<List<LivePod>> pods, Syscalls linux, Loops loops) {
    this.node = node;
    this.places = places;
    this.pods = pods;
    this.linux = linux;
    this.clock = loops.clock();
    this.loop = loops.loop("node-stats");
    this.disk = new DiskMeter(linux, loops.loop("node-disk"), clock, this::directories);
  }

  /**
   * Begins to measure.
   *
   * @param pods tells what runs; asked on the sampler's own threads, where it may wait
   */
  public static Sampler start(
      String node, Places places, Supplier<List<LivePod>> pods, Syscalls linux, Loops loops) {
    Sampler sampler = new Sampler(node, places, pods, linux, loops);
    sampler.loop.execute(sampler::measure);
    sampler.disk.begin();
    return sampler;
  }

  /** What was measured last; nothing in the first moment. */
  public Optional<Summary> summary() {
    return Optional.ofNullable(summary);
  }

  @Override
  public void close() {
    closed = true;
    disk.close();
  }

  private List<Path> directories() {
    List<Path> all = new ArrayList<>(List.of(places.images()));
    for (LivePod pod : pods.get()) {
      all.addAll(pod.volumes().values());
      pod.containers().keySet().forEach(name -> all.add(pod.logs().resolve(name)));
      pod.containers().values().forEach(each -> each.writableLayer().ifPresent(all::add));
    }
    return all;
  }

  private void measure() {
    if (closed) {
      return;
    }
    try {
      summary = read(clock.instant());
    } catch (IOException | RuntimeException e) {
      LOG.warn("the node cannot be measured: {}", e.toString());
    }
    loop.schedule(PERIOD, this::measure);
  }

  private Summary read(Instant now) throws IOException {
    MachineUse machine = MachineUse.read(PROC);
    FileUse files = FileUse.of(linux.statfs(places.files().toString()));
    FileUse layers = FileUse.of(linux.statfs(places.layers().toString()));
    Instant boot = now.minus(uptime());
    Map<String, Measured> measured = new HashMap<>();
    Measured whole = measured(measured, "", boot, now, machine.used());
    List<PodSummary> all = new ArrayList<>();
    for (LivePod pod : pods.get()) {
      all.add(read(pod, now, measured, files, layers));
    }
    last.clear();
    last.putAll(measured);
    FileUse images = layers.taken(disk.taken(places.images()));
    return new Summary(node, boot, whole, machine, files, images, all);
  }

  private PodSummary read(
      LivePod pod, Instant now, Map<String, Measured> measured, FileUse files, FileUse layers) {
    List<ContainerSummary> containers = new ArrayList<>();
    new TreeMap<>(pod.containers())
        .forEach(
            (name, each) ->
                containers.add(
                    new ContainerSummary(
                        name,
                        each.startedAt(),
                        measured(measured, each.id(), each.startedAt(), now, each.usage()),
                        each.writableLayer()
                            .map(path -> layers.taken(disk.taken(path)))
                            .orElse(FileUse.NONE),
                        files.taken(disk.taken(pod.logs().resolve(name))))));
    Map<String, FileUse> volumes = new HashMap<>();
    pod.volumes().forEach((name, path) -> volumes.put(name, files.taken(disk.taken(path))));
    return new PodSummary(pod.object(), containers, links(pod), volumes);
  }

  /** Remembers a reading, which the next one is compared with. */
  private Measured measured(
      Map<String, Measured> measured, String id, Instant start, Instant now, Usage usage) {
    Measured before = last.get(id);
    Measured next = before == null ? Measured.after(start, 0, now, usage) : before.next(now, usage);
    measured.put(id, next);
    return next;
  }

  /** All containers of a pod see the same network; one that ends just now sees none. */
  private static Optional<LinkUse> links(LivePod pod) {
    if (pod.object().spec().isTrue("hostNetwork")) {
      return Optional.empty();
    }
    for (Container container : pod.containers().values()) {
      try {
        Path devices = PROC.resolve(Integer.toString(container.pid())).resolve("net/dev");
        return LinkUse.main(LinkUse.parse(KernelFile.read(devices)));
      } catch (IOException | UncheckedIOException ended) {
        LOG.debug("container {} has just ended", container.id());
      }
    }
    return Optional.empty();
  }

  private static Duration uptime() throws IOException {
    String seconds = KernelFile.read(PROC.resolve("uptime")).split(" ")[0];
    return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
  }
}
