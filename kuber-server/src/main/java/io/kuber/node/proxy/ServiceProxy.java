package io.kuber.node.proxy;

import io.kuber.node.policy.PolicySet;

/** Makes service addresses work on this node, and policies hold. Called by one thread. */
public interface ServiceProxy extends AutoCloseable {
  /** How it works and why this way, in one line for the log. */
  String description();

  /**
   * Makes the node serve and enforce exactly these, in one step; what was before and is not named
   * ends.
   *
   * @throws io.kuber.linux.SyscallException if the kernel refuses; all is as before then, and the
   *     next update tries everything again
   */
  void update(Services services, PolicySet policies);

  /** The same where everything is allowed. */
  default void update(Services services) {
    update(services, PolicySet.EMPTY);
  }

  /** Ends all services and takes everything away. */
  @Override
  void close();
}
