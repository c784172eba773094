package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.object.Tree;
import java.util.Set;

/** Which parameters of the kernel a container may set for itself ({@code --sysctl}). Pure. */
final class Sysctls {
  /** Those of a namespace for queues; others are the machine's (runc, config validation). */
  private static final Set<String> OF_QUEUES =
      Set.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  private Sysctls() {}

  /**
   * Refuses those that would change the machine, or another container.
   *
   * @throws EngineException 400, which names the parameter
   */
  static void check(Tree host) {
    boolean ownNetwork =
        !host.text("NetworkMode").equals("host")
            && !host.text("NetworkMode").startsWith(Sharing.CONTAINER);
    boolean ownQueues = Set.of("", "private", "shareable").contains(host.text("IpcMode"));
    for (String name : host.tree("Sysctls").texts().keySet()) {
      boolean ofQueues = OF_QUEUES.contains(name) || name.startsWith("fs.mqueue.");
      boolean isOwn = ofQueues ? ownQueues : name.startsWith("net.") && ownNetwork;
      if (!isOwn || !name.matches("[a-zA-Z0-9_.-]+") || name.contains("..")) {
        throw EngineException.malformed(
            "--sysctl: " + name + " is not one of the container's own namespaces");
      }
    }
  }
}
