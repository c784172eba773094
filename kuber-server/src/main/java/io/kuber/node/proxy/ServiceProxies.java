package io.kuber.node.proxy;

import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how this machine serves service addresses. */
public final class ServiceProxies {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProxies.class);

  private ServiceProxies() {}

  /**
   * Opens a proxy in the kernel if the kernel can do it, else one in user space. It lives in the
   * network namespace of the calling thread; the bridge has to be there. What an earlier run left
   * in the kernel serves on until the first update replaces it, or ends if the kernel cannot.
   */
  public static ServiceProxy open(Syscalls kernel, ProxyConfig config) {
    ServiceProxy proxy;
    try {
      proxy = NftProxy.open(kernel, config);
    } catch (SyscallException e) {
      NftProxy.reclaim(kernel, config);
      proxy = inUserSpace(kernel, e.call() + " fails with " + Errno.name(e.errno()));
    }
    LOG.info("service addresses: {}", proxy.description());
    return proxy;
  }

  /**
   * Opens a proxy that needs nothing of the kernel but sockets.
   *
   * @param reason why, for the log
   */
  public static ServiceProxy inUserSpace(Syscalls kernel, String reason) {
    return new UserSpaceProxy(kernel, reason);
  }

  /** Takes away what a killed run with this table left; does nothing if there is nothing. */
  public static void reclaim(Syscalls kernel, ProxyConfig config) {
    NftProxy.reclaim(kernel, config);
  }
}
