package io.kuber.container;

/**
 * Makes sandboxes and containers: the seam between the node agent and the machine.
 *
 * <p>Calls take milliseconds and run on the caller's thread; any number may run at once. Refusals
 * are a {@link ContainerException} that says what to do.
 */
public interface ContainerRuntime extends AutoCloseable {
  /** What the machine offers, for messages to people and for what the node reports. */
  HostCapabilities capabilities();

  /** Makes the namespaces that the containers of one pod share. */
  PodSandbox createSandbox(SandboxSpec spec);

  /**
   * Starts a container and returns when its program has been executed.
   *
   * @throws ContainerStartException when the program cannot be executed, with the exit code that a
   *     shell would give for it; nothing of the container is left then
   */
  Container start(ContainerSpec spec);

  /**
   * Ends all processes that earlier runs of this instance left, and removes their sandboxes,
   * containers and control groups. To be called before anything is made.
   */
  Leftovers reclaim();

  /** Lets go of the machine; containers keep running until the next run reclaims them. */
  @Override
  void close();
}
