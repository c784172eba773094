package io.kuber.load.store;

import io.kuber.loop.ThreadLoops;
import io.kuber.raft.Member;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A server of the cluster under load in a process of its own. Its first line of output is its id;
 * it ends when its input does, so that none outlives the load.
 */
public final class PeerProcess implements AutoCloseable {
  private static final long END_SECONDS = 10;

  private final Process process;
  private final Member member;

  private PeerProcess(Process process, Member member) {
    this.process = process;
    this.member = member;
  }

  /** Starts a process that waits to become a member of {@code group}. */
  static PeerProcess start(Path directory, Path trust, String name, String address, UUID group)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PeerProcess.class.getName(),
                directory.toString(),
                trust.toString(),
                name,
                address,
                group.toString())
            .redirectError(directory.resolveSibling(name + ".log").toFile())
            .start();
    String id = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (id == null) {
      throw new IOException(name + " did not start; see its log in " + directory.getParent());
    }
    return new PeerProcess(process, new Member(id, name, address, ""));
  }

  /** How the cluster is to know it. */
  Member member() {
    return member;
  }

  /** Ends the process. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }

  /** What runs in the process; the arguments are those of {@link #start}. */
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    RaftConfig config =
        KuberMembers.config(
            Path.of(given.get(0)),
            KuberMembers.peering(Path.of(given.get(1)), given.get(2), given.get(3))
                .joining(UUID.fromString(given.get(4))));
    RaftStore store = RaftStore.start(config, new ThreadLoops());
    System.out.println(store.members().self().id());
    System.in.transferTo(OutputStream.nullOutputStream());
    store.close();
    System.exit(0);
  }
}
