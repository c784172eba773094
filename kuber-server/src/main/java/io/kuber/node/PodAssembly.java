package io.kuber.node;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.kuber.api.LogOptions;
import io.kuber.container.Container;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerSpec;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.image.Image;
import io.kuber.node.log.LogReader;
import io.kuber.node.log.LogWriter;
import io.kuber.node.volume.Volumes;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pod on this machine: its sandbox, volumes, and containers. Methods block for milliseconds and
 * are called on worker threads, one at a time per container; {@link PodWorker} sees to that.
 */
final class PodAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(PodAssembly.class);

  private final PodMachinery machinery;
  private final KubeObject pod;
  private final Path directory;
  private final NetworkFiles networkFiles;
  private final Volumes volumes;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private volatile @Nullable PodSandbox sandbox;
  private volatile String ip = "";

  /**
   * A container and what it was started with.
   *
   * @param message where it leaves its last words
   */
  record Running(
      Container container, ProcessSpec process, String imageId, TerminationMessage message) {}

  PodAssembly(PodMachinery machinery, KubeObject pod) {
    this.machinery = machinery;
    this.pod = pod;
    this.directory = machinery.config().directory().resolve("pods").resolve(pod.uid());
    this.networkFiles = new NetworkFiles(directory.resolve("etc"), machinery.config().clusterDns());
    this.volumes =
        new Volumes(
            directory.resolve("volumes"),
            new ObjectFiles(pod, this::downward, machinery.objects()));
  }

  /** Makes namespaces, address and volumes; returns the pod's address. */
  String makeSandbox() throws IOException {
    PodSandbox made = machinery.runtime().createSandbox(sandboxSpec());
    sandbox = made;
    try {
      ip =
          pod.spec().isTrue("hostNetwork")
              ? machinery.config().hostIp()
              : machinery.links().attach(pod.uid(), made.networkNamespace());
      networkFiles.write(pod, ip);
      volumes.make(pod.spec().items("volumes").trees());
      return ip;
    } catch (IOException | RuntimeException e) {
      removeSandbox();
      throw e;
    }
  }

  private SandboxSpec sandboxSpec() {
    Tree spec = pod.spec();
    Map<String, String> sysctls = new HashMap<>();
    for (Tree sysctl : spec.items("securityContext", "sysctls").trees()) {
      sysctls.put(sysctl.text("name"), sysctl.text("value"));
    }
    SandboxSpec.ProcessView view =
        spec.isTrue("hostPID")
            ? SandboxSpec.ProcessView.HOST
            : spec.isTrue("shareProcessNamespace")
                ? SandboxSpec.ProcessView.POD
                : SandboxSpec.ProcessView.CONTAINER;
    return new SandboxSpec(
        pod.uid(),
        NetworkFiles.hostname(pod),
        spec.isTrue("hostNetwork"),
        spec.isTrue("hostIPC"),
        view,
        sysctls);
  }

  /** Starts an instance of a container; {@code attempt} counts from zero. */
  Running start(PodContainer declared, int attempt) throws IOException {
    PodSandbox inside = sandbox;
    if (inside == null) {
      throw new IllegalStateException("pod " + pod.name() + " has no sandbox to start in");
    }
    Image image = machinery.images().find(declared.image());
    ProcessSpec process = process(declared, image);
    List<ContainerMount> mounts = new ArrayList<>(image.mounts());
    mounts.addAll(networkFiles.mounts());
    mounts.addAll(volumes.mounts(declared.tree()));
    TerminationMessage message = terminationMessage(declared, attempt);
    mounts.add(message.mount());
    ContainerSpec spec =
        new ContainerSpec(
            containerId(declared.name(), attempt),
            inside,
            image.layers(),
            mounts,
            process,
            ContainerRights.security(pod.spec(), declared.tree()),
            ContainerRights.resources(declared.tree()),
            new LogWriter(logFile(declared.name(), attempt), machinery.clock()));
    Container container = machinery.runtime().start(spec);
    Running started = new Running(container, process, image.id(), message);
    running.put(declared.name(), started);
    return started;
  }

  private TerminationMessage terminationMessage(PodContainer declared, int attempt)
      throws IOException {
    Path file = directory.resolve("termination").resolve(declared.name() + "-" + attempt);
    return TerminationMessage.make(file, logFile(declared.name(), attempt), declared.tree());
  }

  private String containerId(String name, int attempt) {
    return pod.uid() + "-" + name + "-" + attempt;
  }

  /** The rules of command and args over entrypoint and command (core/v1 Container). */
  private ProcessSpec process(PodContainer declared, Image image) {
    Map<String, String> environment = new LinkedHashMap<>(image.config().environment());
    environment.put("HOSTNAME", NetworkFiles.hostname(pod));
    environment.putAll(Environment.of(declared.tree(), pod, downward(), machinery.objects()));
    List<String> command = declared.tree().items("command").texts();
    List<String> args = declared.tree().items("args").texts();
    List<String> all = new ArrayList<>();
    all.addAll(command.isEmpty() ? image.config().entrypoint() : command);
    if (!args.isEmpty()) {
      all.addAll(args);
    } else if (command.isEmpty()) {
      all.addAll(image.config().command());
    }
    if (all.isEmpty()) {
      throw new ContainerConfigException(
          "no command specified: image " + declared.image() + " has none either");
    }
    String directoryInside = declared.tree().text("workingDir");
    if (directoryInside.isEmpty()) {
      directoryInside = image.config().workingDirectory();
    }
    return new ProcessSpec(
        all.stream().map(part -> Expansion.expand(part, environment)).toList(),
        environment,
        directoryInside.isEmpty() ? "/" : directoryInside,
        ContainerRights.user(pod.spec(), declared.tree(), image.config().user()),
        declared.tree().isTrue("tty"),
        declared.tree().isTrue("stdin"));
  }

  private DownwardApi downward() {
    return new DownwardApi(pod, ip, machinery.config().hostIp(), machinery.config().capacity());
  }

  /** The container as it runs now, or ran last. */
  Optional<Running> running(String name) {
    return Optional.ofNullable(running.get(name));
  }

  /** Sends a signal to every container. */
  void signal(int signal) {
    running.values().forEach(each -> each.container().signal(signal));
  }

  /** Waits for all containers to have ended, at most for {@code patience}. */
  void awaitEnd(Duration patience) {
    CompletableFuture<?>[] ends =
        running.values().stream()
            .map(each -> each.container().exit().toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS)
        .join();
  }

  /** Takes away what an instance left behind; its log stays. */
  void removeContainer(String name) {
    Running gone = running.remove(name);
    if (gone != null) {
      gone.container().remove();
    }
  }

  /** Takes away containers, address, namespaces and volumes. May be repeated. */
  void removeSandbox() {
    List.copyOf(running.keySet()).forEach(this::removeContainer);
    if (!pod.spec().isTrue("hostNetwork")) {
      machinery.links().detach(pod.uid());
    }
    PodSandbox gone = sandbox;
    if (gone != null) {
      gone.remove();
      sandbox = null;
    }
    volumes.remove();
  }

  LogReader logs(String name, int attempt, LogOptions options, BooleanSupplier ended) {
    try {
      return LogReader.open(logFile(name, attempt), options, ended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path logFile(String name, int attempt) {
    return logDirectory().resolve(name).resolve(attempt + ".log");
  }

  /** Deletes what outlives the sandbox, the logs above all, once the pod object is gone. */
  void deleteFiles() {
    for (Path tree : List.of(directory, logDirectory())) {
      try {
        if (Files.exists(tree)) {
          MoreFiles.deleteRecursively(tree, RecursiveDeleteOption.ALLOW_INSECURE);
        }
      } catch (IOException e) {
        LOG.warn("files of pod {}/{} stay behind: {}", pod.namespace(), pod.name(), e.toString());
      }
    }
  }

  private Path logDirectory() {
    return machinery
        .config()
        .directory()
        .resolve("logs")
        .resolve(pod.namespace() + "_" + pod.name() + "_" + pod.uid());
  }
}
