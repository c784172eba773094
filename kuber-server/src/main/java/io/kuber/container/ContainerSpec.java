package io.kuber.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
 * @param processesOf the container, by its id, whose processes it sees and is one of; empty for
 *     what the sandbox says
 * @param writable a directory of the caller's that has what earlier containers of the same layers
 *     have written to their root file system, gets what this one writes, and is not removed with
 *     it; empty for a directory of the container's own
 */
public record ContainerSpec(
    String id,
    PodSandbox sandbox,
    List<Path> layers,
    List<ContainerMount> mounts,
    ProcessSpec process,
    Security security,
    Resources resources,
    OutputSink output,
    Optional<String> processesOf,
    Optional<Path> writable) {
  public ContainerSpec {
    Identifiers.check(id);
    layers = List.copyOf(layers);
    mounts = List.copyOf(mounts);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("container " + id + " has no root file system");
    }
  }

  /** A container that sees the processes that its sandbox says. */
  public ContainerSpec(
      String id,
      PodSandbox sandbox,
      List<Path> layers,
      List<ContainerMount> mounts,
      ProcessSpec process,
      Security security,
      Resources resources,
      OutputSink output) {
    this(
        id,
        sandbox,
        layers,
        mounts,
        process,
        security,
        resources,
        output,
        Optional.empty(),
        Optional.empty());
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
    return new ContainerSpec(
        id, sandbox, layers, list, process, security, resources, output, processesOf, writable);
  }

  public ContainerSpec withSecurity(Security rights) {
    return new ContainerSpec(
        id, sandbox, layers, mounts, process, rights, resources, output, processesOf, writable);
  }

  public ContainerSpec withResources(Resources limits) {
    return new ContainerSpec(
        id, sandbox, layers, mounts, process, security, limits, output, processesOf, writable);
  }

  public ContainerSpec withOutput(OutputSink sink) {
    return new ContainerSpec(
        id, sandbox, layers, mounts, process, security, resources, sink, processesOf, writable);
  }

  public ContainerSpec withProcessesOf(String container) {
    return new ContainerSpec(
        id,
        sandbox,
        layers,
        mounts,
        process,
        security,
        resources,
        output,
        Optional.of(container),
        writable);
  }

  /** One whose root file system outlives it in a directory, which may be new. */
  public ContainerSpec withWritable(Path directory) {
    return new ContainerSpec(
        id,
        sandbox,
        layers,
        mounts,
        process,
        security,
        resources,
        output,
        processesOf,
        Optional.of(directory));
  }
}
