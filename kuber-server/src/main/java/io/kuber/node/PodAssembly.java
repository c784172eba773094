package io.kuber.node;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerRuntime;
import io.kuber.container.ContainerSpec;
import io.kuber.container.PodSandbox;
import io.kuber.node.ContainerPlan.Planned;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.RunningContainers.Running;
import io.kuber.node.image.Image;
import io.kuber.node.stats.LivePod;
import io.kuber.node.volume.VolumeException;
import io.kuber.object.KubeObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
  private final PodFiles files;
  private final NetworkFiles networkFiles;
  private final PodVolumes volumes;
  private final ContainerPlan plan;
  private final RunningContainers running = new RunningContainers();
  private volatile @Nullable PodSandbox sandbox;
  private volatile String ip = "";

  PodAssembly(PodMachinery machinery, KubeObject pod, PodVolumes volumes) {
    this.machinery = machinery;
    this.pod = pod;
    this.files = PodFiles.of(machinery.config(), pod);
    this.networkFiles = new NetworkFiles(files.network(), machinery.config());
    this.volumes = volumes;
    this.plan = new ContainerPlan(machinery, pod, files, networkFiles, volumes);
  }

  PodVolumes volumes() {
    return volumes;
  }

  /** Makes volumes, namespaces and address; returns the pod's address. */
  String makeSandbox() throws IOException {
    RuntimeHandler.require(pod, machinery.objects(), machinery.runtime().capabilities().ownUsers());
    volumes.make();
    String domain = machinery.config().clusterDomain();
    PodSandbox made = machinery.runtime().createSandbox(SandboxPlan.of(pod, domain));
    sandbox = made;
    try {
      share(pod);
      ip = address(made);
      networkFiles.write(pod, ip);
      return ip;
    } catch (IOException | RuntimeException e) {
      removeSandbox();
      throw e;
    }
  }

  /** A pod that has its links keeps them. */
  private String address(PodSandbox inside) {
    return pod.spec().isTrue("hostNetwork")
        ? machinery.config().hostIp()
        : machinery.links().attach(pod.uid(), inside.networkNamespace());
  }

  /**
   * Takes over what an earlier run of the agent left of the pod; false, with nothing of it left,
   * when that cannot be because the machine has been started anew.
   */
  boolean takeOver() throws IOException {
    EarlierContainers earlier = new EarlierContainers(machinery, pod, files);
    Optional<ContainerRuntime.Adopted> left = machinery.runtime().adopt(pod.uid(), earlier::log);
    if (left.isEmpty()) {
      return false;
    }
    sandbox = left.get().sandbox();
    ip = address(left.get().sandbox());
    running.take(earlier.take(left.get().containers()));
    try {
      volumes.make();
    } catch (VolumeException e) {
      LOG.warn("pod {}/{} goes on: {}", pod.namespace(), pod.name(), e.getMessage());
    }
    return true;
  }

  String ip() {
    return ip;
  }

  /** The containers as they run now, or ran last, by name. */
  Map<String, Running> running() {
    return running.all();
  }

  /** Starts an instance of a container from its image; {@code attempt} counts from zero. */
  Running start(PodContainer declared, int attempt, Image image) throws IOException {
    PodSandbox inside = sandbox;
    if (inside == null) {
      throw new IllegalStateException("pod " + pod.name() + " has no sandbox to start in");
    }
    Planned planned =
        plan.of(declared, attempt, image, inside, ip, running.containers(name -> true));
    ContainerSpec spec = planned.spec();
    Container container =
        MountedParts.starting(declared.tree(), () -> machinery.runtime().start(spec));
    Running started =
        new Running(
            container,
            spec.process(),
            image.id(),
            ContainerGrants.of(declared.tree(), spec.process().user(), image.config().stopSignal()),
            declared.tree().isTrue("stdinOnce"),
            planned.message());
    running.start(declared.name(), started);
    return started;
  }

  /**
   * Gives a running container what it was allocated anew, without a restart.
   *
   * @return what it has now
   * @throws ContainerException when it uses more memory than it is to have
   */
  Running resize(PodContainer declared) {
    return running.limit(declared, plan.resources(declared));
  }

  /** Gives the pod the weight among others that its allocation asks for. */
  void share(KubeObject allocated) {
    PodSandbox inside = sandbox;
    if (inside != null) {
      inside.share(ContainerResources.sharesOfPod(allocated.spec()));
    }
  }

  /** The container as it runs now, or ran last. */
  Optional<Running> running(String name) {
    return running.find(name);
  }

  /** Those of its containers that run, and where it keeps what. */
  LivePod live(KubeObject newest, Predicate<String> runs) {
    return new LivePod(newest, running.containers(runs), files.logs(), files.emptyDirectories(pod));
  }

  /** Sends a signal to every container. */
  void signal(int signal) {
    running.signal(signal);
  }

  /** Waits for all containers to have ended, at most for {@code patience}. */
  void awaitEnd(Duration patience) {
    running.awaitEnd(patience);
  }

  /** Takes away what an instance left behind; its log stays. */
  void removeContainer(String name) {
    running.remove(name);
  }

  /** Takes away containers, address, namespaces and volumes. May be repeated. */
  void removeSandbox() {
    running.removeAll();
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

  /** Where it keeps what. */
  PodFiles files() {
    return files;
  }

  /** Deletes what outlives the sandbox, the logs above all, once the pod object is gone. */
  void deleteFiles() {
    try {
      volumes.remove();
      files.delete();
    } catch (VolumeException e) {
      LOG.warn("files of pod {}/{} stay behind: {}", pod.namespace(), pod.name(), e.getMessage());
    }
  }
}
