package io.kuber.container;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

  /** The identifiers of all sandboxes that there are, those that earlier runs left included. */
  Set<String> sandboxes();

  /**
   * Takes over a sandbox that an earlier run of this instance left, with its containers: those that
   * run, whose output since then is handed over, and those that have ended meanwhile.
   *
   * @param output gets what a container of this identifier writes
   * @return empty, with nothing left of the sandbox, when there is none or it cannot be taken over
   *     because the machine has been started anew
   */
  Optional<Adopted> adopt(String sandbox, Function<String, OutputSink> output);

  /** A sandbox of an earlier run and its containers, in the order of their identifiers. */
  record Adopted(PodSandbox sandbox, List<Container> containers) {
    public Adopted {
      containers = List.copyOf(containers);
    }
  }

  /**
   * Ends all processes of these sandboxes that an earlier run left, and removes the sandboxes,
   * their containers and control groups. Not for what this run has made or taken over, unless
   * everything else has failed.
   */
  Leftovers reclaim(Collection<String> sandboxes);

  /** The same for all sandboxes. */
  default Leftovers reclaim() {
    return reclaim(sandboxes());
  }

  /** Lets go of the machine; containers keep running, for the next run to adopt or reclaim. */
  @Override
  void close();
}
