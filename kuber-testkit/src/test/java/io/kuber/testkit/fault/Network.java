package io.kuber.testkit.fault;

import java.util.List;

/** What connects the servers of a test. */
interface Network extends AutoCloseable {
  /** The addresses of all servers that there may be, each {@code host:port}. */
  List<String> addresses();

  /** What to put before a command so that it runs as the server with that number. */
  List<String> entrance(int server);

  /** From now on {@code to} hears nothing of {@code from}. */
  void cut(int from, int to);

  /** Mends all cuts. */
  void heal();

  @Override
  void close();

  /** Namespaces where that is possible. */
  static Network of(int servers) {
    return Shell.isRoot() ? new NamespaceNetwork(servers) : new LoopbackNetwork(servers);
  }
}
