package io.kuber.linux;

/** Sockets with addresses and messages in the kernel's layout. Part of {@link Syscalls}. */
public interface SocketCalls {
  /** The two ends of a pair of connected sockets. */
  record SocketPair(int left, int right) {}

  int socket(int domain, int type, int protocol);

  SocketPair socketPair(int domain, int type);

  /** Binds to an address in the kernel's layout, {@code struct sockaddr}. */
  void bind(int socket, byte[] address);

  /** Sends one message to the connected peer, for netlink the kernel; returns the bytes taken. */
  int sendto(int socket, byte[] message, int flags);

  /** Receives one message, waits for it; returns its length in bytes. */
  int recvfrom(int socket, byte[] into, int flags);

  /** Sets an option that is an integer. */
  void setsockopt(int socket, int level, int option, int value);

  /**
   * A descriptor that the peer sent with {@code SCM_RIGHTS}; -1 when it is gone and sent none. The
   * message stays in the socket, so whoever else holds that gets a descriptor of its own.
   */
  int peekDescriptor(int socket);
}
