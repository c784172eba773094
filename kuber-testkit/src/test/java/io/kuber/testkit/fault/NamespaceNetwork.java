package io.kuber.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace for each server, and one with a bridge between them. Cuts are rules of
 * nftables inside the namespace that is to hear nothing.
 *
 * <p>The names carry the id of the process that made them, so that another can remove what was left
 * when it was killed.
 */
final class NamespaceNetwork implements Network {
  private static final String PREFIX = "kuberfault-";
  private static final String SUBNET = "10.213.7.";
  private static final int PORT = 7000;
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private final String name =
      PREFIX + ProcessHandle.current().pid() + "-" + NETWORKS.incrementAndGet();
  private final int servers;

  NamespaceNetwork(int servers) {
    this.servers = servers;
    removeLeftovers();
    make(bridge());
    inside(bridge(), "ip", "link", "add", "br0", "type", "bridge");
    inside(bridge(), "ip", "link", "set", "br0", "up");
    for (int i = 0; i < servers; i++) {
      connect(i);
    }
  }

  private static void make(String namespace) {
    Shell.run("ip", "netns", "add", namespace);
    inside(namespace, "ip", "link", "set", "lo", "up");
  }

  private void connect(int server) {
    String namespace = namespace(server);
    make(namespace);
    String port = "port" + server;
    inside(
        bridge(), "ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns",
        namespace);
    inside(bridge(), "ip", "link", "set", port, "master", "br0", "up");
    inside(namespace, "ip", "addr", "add", host(server) + "/24", "dev", "eth0");
    inside(namespace, "ip", "link", "set", "eth0", "up");
    inside(namespace, "nft", "add", "table", "ip", "cut");
    inside(
        namespace,
        "nft",
        "add",
        "chain",
        "ip",
        "cut",
        "in",
        "{ type filter hook input priority 0; }");
  }

  @Override
  public List<String> addresses() {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      addresses.add(host(i) + ":" + PORT);
    }
    return addresses;
  }

  @Override
  public List<String> entrance(int server) {
    return List.of("ip", "netns", "exec", namespace(server));
  }

  @Override
  public void cut(int from, int to) {
    inside(
        namespace(to), "nft", "add", "rule", "ip", "cut", "in", "ip", "saddr", host(from), "drop");
  }

  @Override
  public void heal() {
    for (int i = 0; i < servers; i++) {
      inside(namespace(i), "nft", "flush", "chain", "ip", "cut", "in");
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < servers; i++) {
      Shell.attempt("ip", "netns", "del", namespace(i));
    }
    Shell.attempt("ip", "netns", "del", bridge());
  }

  private String bridge() {
    return name + "-b";
  }

  private String namespace(int server) {
    return name + "-" + server;
  }

  private static String host(int server) {
    return SUBNET + (server + 1);
  }

  private static void inside(String namespace, String... command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    all.addAll(List.of(command));
    Shell.run(all.toArray(String[]::new));
  }

  /** Removes namespaces whose maker is gone. */
  private static void removeLeftovers() {
    for (String line : Shell.run("ip", "netns", "list").split("\n")) {
      String namespace = line.split(" ")[0];
      if (namespace.startsWith(PREFIX)) {
        long maker = Long.parseLong(namespace.substring(PREFIX.length()).split("-")[0]);
        if (ProcessHandle.of(maker).isEmpty()) {
          Shell.attempt("ip", "netns", "del", namespace);
        }
      }
    }
  }
}
