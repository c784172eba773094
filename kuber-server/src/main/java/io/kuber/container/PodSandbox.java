package io.kuber.container;

import java.nio.file.Path;

/** The namespaces that the containers of one pod share; they outlive every container in them. */
public interface PodSandbox {
  String id();

  /** A file that refers to the network namespace, for whoever sets up its links and routes. */
  Path networkNamespace();

  /**
   * Gives the pod weight among other pods when processors are short; its containers divide by their
   * own what it gets. May be repeated.
   *
   * @param cpuShares 1024 is one processor's
   * @throws ContainerException when the machine refuses it
   */
  void share(long cpuShares);

  /** Removes the namespaces; the pod's containers have to be gone. Does nothing the second time. */
  void remove();
}
