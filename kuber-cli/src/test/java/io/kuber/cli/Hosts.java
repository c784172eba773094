package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Machines, each a network namespace with an address of its own on one bridge, and with its own
 * {@code /var/lib} and {@code /var/backups}; all else they share with this machine, which sees
 * nothing of their network.
 *
 * <p>The names carry the id of this process, so that those of one that was killed can be told apart
 * and removed.
 */
final class Hosts implements AutoCloseable {
  static final List<String> OWN = List.of("lib", "backups");

  private static final String PREFIX = "kuberguide-";
  private static final String SUBNET = "10.0.0.";
  private static final long LIMIT_SECONDS = 60;

  /** Enters the directories of a machine, then does what the first argument says. */
  private static final String ENTER =
      "mount --bind \"$ROOT/lib\" /var/lib && mount --bind \"$ROOT/backups\" /var/backups && ";

  private final Path directory;
  private final List<String> names;

  private Hosts(Path directory, List<String> names) {
    this.directory = directory;
    this.names = names;
  }

  /** Makes machines of those names; their addresses are 10.0.0.1, 10.0.0.2 and so on. */
  static Hosts make(Path directory, List<String> names) throws IOException, InterruptedException {
    removeLeftovers();
    Hosts hosts = new Hosts(directory, names);
    try {
      hosts.connect();
      return hosts;
    } catch (IOException | InterruptedException | AssertionError e) {
      hosts.close();
      throw e;
    }
  }

  private void connect() throws IOException, InterruptedException {
    namespace(bridge());
    inside(bridge(), "ip", "link", "add", "br0", "type", "bridge");
    inside(bridge(), "ip", "link", "set", "br0", "up");
    for (int i = 0; i < names.size(); i++) {
      connect(names.get(i), SUBNET + (i + 1));
      for (String own : OWN) {
        Files.createDirectories(root(names.get(i)).resolve(own));
      }
    }
  }

  private void connect(String name, String address) throws IOException, InterruptedException {
    namespace(of(name));
    String port = "port-" + name;
    inside(
        bridge(), "ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns",
        of(name));
    inside(bridge(), "ip", "link", "set", port, "master", "br0", "up");
    inside(of(name), "ip", "addr", "add", address + "/24", "dev", "eth0");
    inside(of(name), "ip", "link", "set", "eth0", "up");
  }

  /** What a machine has in its {@link #OWN} directories. */
  Path root(String name) {
    return directory.resolve(name);
  }

  /**
   * A command of the shell on a machine, not started yet. Of {@code /sys} it sees what this machine
   * has, control groups among it, which ip(8) would take away.
   */
  ProcessBuilder on(String name, String command) {
    ProcessBuilder builder =
        new ProcessBuilder(
            "nsenter",
            "--net=/var/run/netns/" + of(name),
            "unshare",
            "--mount",
            "sh",
            "-c",
            ENTER + command);
    builder.environment().put("ROOT", root(name).toString());
    builder.environment().put("HOME", root(name).toString());
    return builder;
  }

  @Override
  public void close() throws IOException {
    try {
      for (String line : run("ip", "netns", "list").split("\n")) {
        String name = line.split(" ")[0];
        if (name.startsWith(of(""))) {
          run("ip", "netns", "del", name);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while removing network namespaces", e);
    }
  }

  private static String bridge() {
    return of("bridge");
  }

  private static String of(String name) {
    return PREFIX + ProcessHandle.current().pid() + "-" + name;
  }

  private static void namespace(String name) throws IOException, InterruptedException {
    run("ip", "netns", "add", name);
    inside(name, "ip", "link", "set", "lo", "up");
  }

  private static void inside(String namespace, String... command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    all.addAll(List.of(command));
    run(all.toArray(String[]::new));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
        .as(List.of(command).toString())
        .isTrue();
    assertThat(process.exitValue()).as("%s: %s", List.of(command), said).isZero();
    return said;
  }

  /** Removes what a test that was killed has left. */
  private static void removeLeftovers() throws IOException, InterruptedException {
    for (String line : run("ip", "netns", "list").split("\n")) {
      String name = line.split(" ")[0];
      if (name.startsWith(PREFIX) && isOrphan(name)) {
        run("ip", "netns", "del", name);
      }
    }
  }

  private static boolean isOrphan(String namespace) {
    String maker = namespace.substring(PREFIX.length()).replaceFirst("-.*", "");
    return ProcessHandle.of(Long.parseLong(maker)).isEmpty();
  }

  /** Why there can be none here; empty when there can. */
  static String missing() throws IOException, InterruptedException {
    if (!System.getProperty("user.name").equals("root")) {
      return "network namespaces need root";
    }
    for (String own : OWN) {
      if (!new File("/var/" + own).isDirectory()) {
        return "there is no /var/" + own + " to put another in place of";
      }
    }
    Process probe =
        new ProcessBuilder("sh", "-c", "command -v ip && unshare --mount --net true")
            .redirectErrorStream(true)
            .start();
    String said = new String(probe.getInputStream().readAllBytes(), UTF_8);
    return probe.waitFor() == 0 ? "" : "no network namespaces here (ip, unshare): " + said;
  }
}
