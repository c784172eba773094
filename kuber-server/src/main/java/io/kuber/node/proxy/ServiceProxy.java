package io.kuber.node.proxy;

import java.util.List;
import java.util.Map;

/** Makes service addresses work on this node. Called by one thread. */
public interface ServiceProxy extends AutoCloseable {
  /** How it works and why this way, in one line for the log. */
  String description();

  /**
   * Makes the node serve exactly these ports; what was served before and is not named ends.
   *
   * @param backends ready ones, by {@link ServicePort#key()}; a port without any is refused to
   *     clients at once
   * @throws io.kuber.linux.SyscallException if the kernel refuses; all is as before then, and the
   *     next update tries everything again
   */
  void update(List<ServicePort> ports, Map<ServicePort.Key, List<Backend>> backends);

  /** Ends all services and takes everything away. */
  @Override
  void close();
}
