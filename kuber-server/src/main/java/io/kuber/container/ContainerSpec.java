package io.kuber.container;

import java.nio.file.Path;
import java.util.List;

/**
 * A container to be started.
 *
 * @param id names the container among all of the machine
 * @param sandbox the pod it is part of, made by the same runtime
 * @param layers directories of the root file system, topmost first; they are never written to
 * @param mounts further mounts, in order
 * @param process what runs
 * @param security what it may do
 * @param resources what it may use
 * @param output gets what it writes to its standard output and error
 */
public record ContainerSpec(
    String id,
    PodSandbox sandbox,
    List<Path> layers,
    List<ContainerMount> mounts,
    ProcessSpec process,
    Security security,
    Resources resources,
    OutputSink output) {
  public ContainerSpec {
    Identifiers.check(id);
    layers = List.copyOf(layers);
    mounts = List.copyOf(mounts);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("container " + id + " has no root file system");
    }
  }

  /** A container with default rights, without limits, whose output nobody reads. */
  public static ContainerSpec of(
      String id, PodSandbox sandbox, List<Path> layers, ProcessSpec process) {
    return new ContainerSpec(
        id,
        sandbox,
        layers,
        List.of(),
        process,
        Security.DEFAULT,
        Resources.UNLIMITED,
        OutputSink.DISCARD);
  }

  public ContainerSpec withMounts(List<ContainerMount> list) {
    return new ContainerSpec(id, sandbox, layers, list, process, security, resources, output);
  }

  public ContainerSpec withSecurity(Security rights) {
    return new ContainerSpec(id, sandbox, layers, mounts, process, rights, resources, output);
  }

  public ContainerSpec withResources(Resources limits) {
    return new ContainerSpec(id, sandbox, layers, mounts, process, security, limits, output);
  }

  public ContainerSpec withOutput(OutputSink sink) {
    return new ContainerSpec(id, sandbox, layers, mounts, process, security, resources, sink);
  }
}
