package io.kuber.node;

import io.kuber.container.Container;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerSpec;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.Resources;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.image.Image;
import io.kuber.node.log.LogWriter;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the runtime is asked for when instances of a pod's containers start. Reads objects that the
 * pod refers to, so it is for worker threads.
 *
 * @param volumes what containers mount
 */
record ContainerPlan(
    PodMachinery machinery,
    KubeObject pod,
    PodFiles files,
    NetworkFiles networkFiles,
    PodVolumes volumes) {

  /** An instance to be started, and where it leaves its last words. */
  record Planned(ContainerSpec spec, TerminationMessage message) {}

  /**
   * The next instance of a container.
   *
   * @param attempt counts its instances from zero
   * @param running those that run of the pod, by name
   * @throws ContainerConfigException when the pod asks for what cannot be
   */
  Planned of(
      PodContainer declared,
      int attempt,
      Image image,
      PodSandbox inside,
      String ip,
      Map<String, Container> running)
      throws IOException {
    Tree tree = declared.tree();
    Map<String, String> variables =
        Environment.of(tree, pod, downward(ip), machinery.objects(), volumes::file);
    ProcessSpec process =
        ProcessPlan.of(pod, machinery.config().clusterDomain(), tree, image, variables);
    List<ContainerMount> mounts = new ArrayList<>(image.mounts());
    mounts.addAll(networkFiles.mounts());
    mounts.addAll(volumes.mounts(tree, variables));
    Path log = files.log(declared.name(), attempt);
    TerminationMessage message =
        TerminationMessage.make(files.termination(declared.name(), attempt), log, tree);
    mounts.add(message.mount());
    ContainerSpec spec =
        new ContainerSpec(
            new InstanceName(pod.uid(), declared.name(), attempt).text(),
            inside,
            image.layers(),
            mounts,
            process,
            ContainerSecurity.of(pod.spec(), tree, machinery.config().seccompProfiles()),
            resources(declared),
            new LogWriter(log, machinery.clock()));
    String target = tree.text("targetContainerName");
    return new Planned(
        target.isEmpty() ? spec : spec.withProcessesOf(id(target, running)), message);
  }

  /** What a container may use, given what it was allocated. */
  Resources resources(PodContainer declared) {
    return ContainerResources.of(
        pod.spec(), declared.tree(), Quantity.of(machinery.config().capacity().get("memory")));
  }

  private DownwardApi downward(String ip) {
    NodeConfig config = machinery.config();
    return new DownwardApi(pod, ip, config.hostIp(), config.allocatable());
  }

  private static String id(String target, Map<String, Container> running) {
    Container found = running.get(target);
    if (found == null) {
      throw new ContainerConfigException("unable to find target container " + target);
    }
    return found.id();
  }
}
