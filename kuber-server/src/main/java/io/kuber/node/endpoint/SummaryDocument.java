package io.kuber.node.endpoint;

import io.kuber.container.Usage;
import io.kuber.node.stats.FileUse;
import io.kuber.node.stats.LinkUse;
import io.kuber.node.stats.Measured;
import io.kuber.node.stats.Summary;
import io.kuber.node.stats.Summary.ContainerSummary;
import io.kuber.node.stats.Summary.PodSummary;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code /stats/summary} (k8s.io/kubelet, pkg/apis/stats/v1alpha1/types.go). Pure. */
final class SummaryDocument {
  private SummaryDocument() {}

  /**
   * The document of what was measured.
   *
   * @param brief whether only processor time and memory are wanted
   */
  static Tree of(Summary summary, boolean brief) {
    return Tree.of(
        "node",
        node(summary, brief),
        "pods",
        Items.copyOf(summary.pods().stream().map(pod -> pod(pod, summary, brief)).toList()));
  }

  private static Tree node(Summary summary, boolean brief) {
    Instant at = summary.measured().at();
    Tree.Builder node =
        Tree.builder()
            .put("nodeName", summary.node())
            .put("startTime", time(summary.startedAt()))
            .put("cpu", cpu(summary.measured()))
            .put(
                "memory",
                memory(summary.measured())
                    .with("availableBytes", summary.machine().availableBytes()));
    if (!brief) {
      LinkUse.main(summary.machine().links())
          .ifPresent(main -> node.put("network", network(at, main, summary.machine().links())));
      node.put("fs", files(at, summary.files()))
          .put("runtime", Tree.of("imageFs", files(at, summary.imageFiles())))
          .put(
              "rlimit",
              Tree.of(
                  "time", time(at),
                  "maxpid", summary.machine().maxPids(),
                  "curproc", summary.machine().used().pids()));
    }
    return node.build();
  }

  private static Tree pod(PodSummary pod, Summary summary, boolean brief) {
    Instant at = summary.measured().at();
    Tree.Builder tree =
        Tree.builder()
            .put(
                "podRef",
                Tree.of(
                    "name", pod.object().name(),
                    "namespace", pod.object().namespace(),
                    "uid", pod.object().uid()))
            .put("startTime", pod.object().status().text("startTime"))
            .put(
                "containers",
                Items.copyOf(pod.containers().stream().map(c -> container(c, brief)).toList()))
            .put("cpu", cpuOf(at, pod.containers()))
            .put("memory", memoryOf(at, pod));
    if (!brief) {
      pod.links().ifPresent(link -> tree.put("network", network(at, link, List.of(link))));
      List<Tree> volumes = new ArrayList<>();
      new TreeMap<>(pod.volumes())
          .forEach((name, use) -> volumes.add(files(at, use).with("name", name)));
      if (!volumes.isEmpty()) {
        tree.put("volume", Items.copyOf(volumes));
      }
      tree.put(
              "ephemeral-storage",
              files(
                  at,
                  new FileUse(
                      summary.files().capacity(),
                      summary.files().available(),
                      pod.diskBytes(),
                      summary.files().inodes(),
                      summary.files().inodesFree(),
                      pod.diskFiles())))
          .put("process_stats", Tree.of("process_count", pod.pids()));
    }
    return tree.build();
  }

  private static Tree container(ContainerSummary container, boolean brief) {
    Instant at = container.measured().at();
    Tree tree =
        Tree.of(
            "name", container.name(),
            "startTime", time(container.startedAt()),
            "cpu", cpu(container.measured()),
            "memory", memory(container.measured()));
    return brief
        ? tree
        : tree.with("rootfs", files(at, container.root()))
            .with("logs", files(at, container.logs()));
  }

  private static Tree cpu(Measured measured) {
    return cpu(measured.at(), measured.nanosPerSecond(), measured.usage().cpuNanos());
  }

  private static Tree cpu(Instant at, long rate, long total) {
    return Tree.of("time", time(at), "usageNanoCores", rate, "usageCoreNanoSeconds", total);
  }

  private static Tree cpuOf(Instant at, List<ContainerSummary> containers) {
    return cpu(
        at,
        containers.stream().mapToLong(c -> c.measured().nanosPerSecond()).sum(),
        containers.stream().mapToLong(c -> c.measured().usage().cpuNanos()).sum());
  }

  private static Tree memory(Measured measured) {
    Usage usage = measured.usage();
    return Tree.of(
        "time", time(measured.at()),
        "usageBytes", usage.memoryBytes(),
        "workingSetBytes", usage.workingSetBytes(),
        "rssBytes", usage.rssBytes(),
        "pageFaults", usage.pageFaults(),
        "majorPageFaults", usage.majorPageFaults());
  }

  private static Tree memoryOf(Instant at, PodSummary pod) {
    Usage sum =
        pod.containers().stream()
            .map(each -> each.measured().usage())
            .reduce(Usage.NONE, Usage::plus);
    return memory(new Measured(at, Duration.ZERO, sum, 0));
  }

  private static Tree network(Instant at, LinkUse main, List<LinkUse> all) {
    return link(main)
        .with("time", time(at))
        .with("interfaces", Items.copyOf(all.stream().map(SummaryDocument::link).toList()));
  }

  private static Tree link(LinkUse link) {
    return Tree.of(
        "name", link.name(),
        "rxBytes", link.received(),
        "rxErrors", link.receiveErrors(),
        "txBytes", link.sent(),
        "txErrors", link.sendErrors());
  }

  private static Tree files(Instant at, FileUse use) {
    return Tree.of(
        "time", time(at),
        "availableBytes", use.available(),
        "capacityBytes", use.capacity(),
        "usedBytes", use.used(),
        "inodesFree", use.inodesFree(),
        "inodes", use.inodes(),
        "inodesUsed", use.inodesUsed());
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
