package io.kuber.load.store;

import com.google.common.base.Splitter;
import io.kuber.loop.ThreadLoops;
import io.kuber.raft.Member;
import io.kuber.raft.Members;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A server of the cluster under load in a process of its own. Its first line of output is its id;
 * it ends when its input does, so that none outlives the load.
 */
public final class PeerProcess implements AutoCloseable {
  private static final long END_SECONDS = 10;

  /** As the launcher has it: see there. */
  private static final String COMMON_POOL =
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism="
          + Math.max(2, Runtime.getRuntime().availableProcessors() - 1);

  private final Process process;
  private final Member member;

  private PeerProcess(Process process, Member member) {
    this.process = process;
    this.member = member;
  }

  /** Starts a process that waits to become a member of the cluster of {@code members}. */
  static PeerProcess start(Path directory, Path trust, String name, String address, Members members)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", COMMON_POOL));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PeerProcess.class.getName());
    command.addAll(List.of(directory.toString(), trust.toString(), name, address));
    command.add(members.group().toString());
    members.list().forEach(known -> command.add(text(known)));
    Process process =
        new ProcessBuilder(command)
            .redirectError(directory.resolveSibling(name + ".log").toFile())
            .start();
    String id = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (id == null) {
      throw new IOException(name + " did not start; see its log in " + directory.getParent());
    }
    return new PeerProcess(process, new Member(id, name, address, ""));
  }

  private static String text(Member member) {
    return String.join(",", member.id(), member.name(), member.peerAddress());
  }

  private static Member member(String text) {
    List<String> parts = Splitter.on(',').splitToList(text);
    return new Member(parts.get(0), parts.get(1), parts.get(2), "");
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
                .joining(
                    UUID.fromString(given.get(4)),
                    given.stream().skip(5).map(PeerProcess::member).toList()));
    RaftStore store = RaftStore.start(config, new ThreadLoops());
    System.out.println(store.members().self().id());
    System.in.transferTo(OutputStream.nullOutputStream());
    store.close();
    System.exit(0);
  }
}
