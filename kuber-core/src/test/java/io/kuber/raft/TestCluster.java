package io.kuber.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.ThreadLoops;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Servers in this process, each with its directory, that speak TLS over the loopback. */
final class TestCluster implements AutoCloseable {
  private static final long PAUSE_NANOS = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_TRIES = 1_000;
  private static final AtomicInteger PORTS =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(12_000, 30_000));

  private final Path directory;
  private final UnaryOperator<RaftConfig> settings;
  private final Map<String, Server> servers = new LinkedHashMap<>();
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final Map<String, Space.Disk> disks = new HashMap<>();
  final List<String> faults = new CopyOnWriteArrayList<>();

  private record Server(RaftStore store, ThreadLoops loops) {}

  TestCluster(Path directory) {
    this(directory, config -> config);
  }

  /** {@code settings} changes what every server is opened with. */
  TestCluster(Path directory, UnaryOperator<RaftConfig> settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /** A cluster of servers a, b, c... */
  TestCluster of(int size) {
    begin("a");
    for (int i = 1; i < size; i++) {
      join(String.valueOf((char) ('a' + i)), "a");
    }
    return this;
  }

  RaftConfig config(String name) {
    return settings.apply(
        RaftConfig.of(data(name), (text, cause) -> faults.add(name + ": " + text + ": " + cause))
            .withPeering(peering(name)));
  }

  private Peering peering(String name) {
    return Peering.of(name, address(name), "127.0.0.1:6443", TestTrust.members());
  }

  Path data(String name) {
    return directory.resolve(name);
  }

  private String address(String name) {
    return addresses.computeIfAbsent(name, any -> freeAddress());
  }

  /**
   * An address that is free, and outside the range from which connections take theirs: those of
   * other tests could have it before a server does.
   */
  static String freeAddress() {
    for (int tries = 0; ; tries++) {
      int port = PORTS.getAndIncrement();
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return "127.0.0.1:" + socket.getLocalPort();
      } catch (IOException taken) {
        if (tries >= MAX_TRIES) {
          throw new UncheckedIOException(taken);
        }
      }
    }
  }

  /** Gives a server another address, from its next start. */
  void move(String name) {
    addresses.put(name, freeAddress());
  }

  /** Opens a server that is a member already, or the first one. */
  RaftStore begin(String name) {
    RaftStore store = start(name, config(name));
    await(store.ready());
    return store;
  }

  /** Opens without waiting. */
  RaftStore start(String name, RaftConfig config) {
    ThreadLoops loops = new ThreadLoops();
    try {
      RaftStore store = RaftStore.start(config, loops, opening(name, config, loops));
      servers.put(name, new Server(store, loops));
      return store;
    } catch (RuntimeException e) {
      loops.close();
      throw e;
    }
  }

  /** Has a server, from its next start, believe what {@code disk} says about free space. */
  TestCluster withDisk(String name, Space.Disk disk) {
    disks.put(name, disk);
    return this;
  }

  private Opening opening(String name, RaftConfig config, ThreadLoops loops) {
    Opening opening = Opening.of(config, loops.entropy());
    Space.Disk disk = disks.get(name);
    return disk == null
        ? opening
        : new Opening(
            opening.directory(),
            opening.self(),
            opening.snapshot(),
            opening.others(),
            new Space(opening.directory(), disk));
  }

  /** Opens a server with nothing and makes it a member. */
  RaftStore join(String name, String through) {
    Members members = store(through).members();
    RaftStore store = start(name, joining(name, through));
    await(members.add(store.members().self()));
    await(store.ready());
    return store;
  }

  /** What a server with nothing is opened with that is to be a member. */
  RaftConfig joining(String name, String through) {
    Members members = store(through).members();
    return config(name).withPeering(peering(name).joining(members.group(), members.list()));
  }

  static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  RaftStore store(String name) {
    return Objects.requireNonNull(servers.get(name), name).store;
  }

  List<RaftStore> stores() {
    return servers.values().stream().map(Server::store).toList();
  }

  void stop(String name) {
    Server server = Objects.requireNonNull(servers.remove(name), name);
    server.store.close();
    server.loops.close();
  }

  /** Ends a server like a crash: it hands nothing over. */
  void crash(String name) {
    Server server = Objects.requireNonNull(servers.remove(name), name);
    server.store.log().close();
    server.loops.close();
    server.store.close();
  }

  /** The name of the server that leads, once there is one. */
  String leader() {
    List<String> found = new ArrayList<>();
    until(
        () -> {
          found.clear();
          servers.forEach(
              (name, server) -> {
                if (server.store.log().isLeading()) {
                  found.add(name);
                }
              });
          return found.size() == 1;
        });
    return found.get(0);
  }

  /** The name of a server that does not lead. */
  String follower() {
    String leader = leader();
    return servers.keySet().stream().filter(name -> !name.equals(leader)).findFirst().get();
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("what was waited for").isNegative();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  static Key pod(String name) {
    return new Key("pods", "default", name);
  }

  static Outcome put(Store store, String pod, long expected, String value) {
    return await(store.submit(new Command.Put(pod(pod), expected, value.getBytes(UTF_8))));
  }

  static void fill(Store store, String prefix, int objects, int size) {
    List<CompletionStage<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < objects; i++) {
      byte[] value = ("\"" + "x".repeat(size) + "\"").getBytes(UTF_8);
      all.add(store.submit(new Command.Put(pod(prefix + i), 0, value)));
    }
    all.forEach(one -> assertThat(await(one)).isInstanceOf(Outcome.Applied.class));
  }

  /** Waits until all have the same, and asserts that it is. */
  void assertSame() {
    RaftStore leader = store(leader());
    await(leader.latest());
    for (RaftStore store : stores()) {
      await(store.latest());
      until(() -> store.image().revision() >= leader.image().revision());
      assertThat(store.state().image().digest()).isEqualTo(leader.state().image().digest());
    }
  }

  @Override
  public void close() {
    List.copyOf(servers.keySet()).forEach(this::stop);
  }
}
