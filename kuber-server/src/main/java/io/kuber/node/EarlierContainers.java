package io.kuber.node;

import io.kuber.container.Container;
import io.kuber.container.OutputSink;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.RunningContainers.Running;
import io.kuber.node.log.LogWriter;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The containers that an earlier run of the agent left of one pod. The last run of a container is
 * the one that counts; what is of no use any more is removed. For worker threads.
 */
final class EarlierContainers {
  private final PodMachinery machinery;
  private final KubeObject pod;
  private final PodFiles files;
  private final Map<String, Running> running = new HashMap<>();

  EarlierContainers(PodMachinery machinery, KubeObject pod, PodFiles files) {
    this.machinery = machinery;
    this.pod = pod;
    this.files = files;
  }

  /** Where a container of an earlier run goes on to write. */
  OutputSink log(String id) {
    Optional<InstanceName> name = InstanceName.parse(pod.uid(), id);
    if (name.isEmpty()) {
      return OutputSink.DISCARD;
    }
    try {
      Path log = files.log(name.get().container(), name.get().attempt());
      return new LogWriter(log, machinery.clock());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that count, by name. */
  Map<String, Running> take(List<Container> left) {
    left.forEach(this::take);
    return Map.copyOf(running);
  }

  private void take(Container container) {
    Optional<InstanceName> name = InstanceName.parse(pod.uid(), container.id());
    Optional<PodContainer> declared =
        name.flatMap(
            known ->
                PodSpec.of(Resizing.of(pod).over(pod))
                    .all()
                    .filter(each -> each.name().equals(known.container()))
                    .findFirst());
    if (name.isEmpty() || declared.isEmpty()) {
      container.remove();
      return;
    }
    InstanceName instance = name.get();
    Running earlier = running.get(instance.container());
    if (earlier != null && instance.attempt() < attempt(pod, earlier)) {
      container.remove();
      return;
    }
    if (earlier != null) {
      earlier.container().remove();
    }
    running.put(instance.container(), running(container, instance, declared.get().tree()));
  }

  private Running running(Container container, InstanceName instance, Tree declared) {
    Path log = files.log(instance.container(), instance.attempt());
    Path file = files.termination(instance.container(), instance.attempt());
    Tree told = EarlierRun.status(pod, instance.container());
    return new Running(
        container,
        container.process(),
        told.text("imageID"),
        ContainerGrants.of(declared, container.process().user(), told.text("stopSignal")),
        declared.isTrue("stdinOnce"),
        TerminationMessage.of(file, log, declared));
  }

  /** How many runs of a container there were before this one. */
  static int attempt(KubeObject pod, Running instance) {
    return InstanceName.parse(pod.uid(), instance.container().id())
        .map(InstanceName::attempt)
        .orElse(0);
  }
}
