package io.kuber.testkit.fault;

import io.kuber.testkit.check.CallRecorder;
import io.kuber.testkit.check.ChangeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers of one cluster, by number. A number keeps its directory and address; the process
 * behind it comes and goes.
 */
final class Servers implements AutoCloseable {
  /** Places in the network: three servers, and one that may come. */
  static final int PLACES = 4;

  private static final long SNAPSHOT_AFTER_BYTES = 64L << 20;
  private static final int READY_SECONDS = 60;
  private static final int ALL_ENTRIES = 1 << 30;
  private static final int FEW_ENTRIES = 50;

  private final Path directory;
  private final Network network = Network.of(PLACES);
  private final Map<Integer, Server> running = new ConcurrentHashMap<>();
  private final Map<Integer, Path> data = new ConcurrentHashMap<>();
  private final ChangeLog truth = new ChangeLog();
  private final CallRecorder recorder = new CallRecorder();
  private final long snapshotAfterBytes;
  private final int entriesKept;
  private final int padding;
  private String group = "-";

  private Servers(Path directory, long snapshotAfterBytes, int entriesKept, int padding) {
    this.directory = directory;
    this.snapshotAfterBytes = snapshotAfterBytes;
    this.entriesKept = entriesKept;
    this.padding = padding;
    List<String> hosts =
        network.addresses().stream()
            .map(address -> address.substring(0, address.indexOf(':')))
            .distinct()
            .toList();
    PeerKeys.make(keys(), hosts);
  }

  /** Three servers that agree. */
  static Servers ofThree(Path directory) {
    return ofThree(directory, SNAPSHOT_AFTER_BYTES, 0);
  }

  /** The same with small snapshots, or large values. */
  static Servers ofThree(Path directory, long snapshotAfterBytes, int padding) {
    return three(of(directory, snapshotAfterBytes, padding));
  }

  /** The same that forget the log below a snapshot: whoever was away gets a snapshot. */
  static Servers ofThreeForgetful(Path directory, long snapshotAfterBytes, int padding) {
    return three(new Servers(directory, snapshotAfterBytes, FEW_ENTRIES, padding));
  }

  private static Servers three(Servers servers) {
    try {
      servers.begin();
      servers.join(1);
      servers.join(2);
      return servers;
    } catch (RuntimeException | Error e) {
      servers.close();
      throw e;
    }
  }

  /** No server yet. */
  static Servers of(Path directory, long snapshotAfterBytes, int padding) {
    return new Servers(directory, snapshotAfterBytes, ALL_ENTRIES, padding);
  }

  /** Starts the first server of a new cluster. */
  Server begin() {
    Server first = start(0).awaitReady();
    group = first.hello().get(2);
    return first;
  }

  /** Starts a server with an empty directory and makes it a member. */
  Server join(int number) {
    Server joiner = start(number);
    add(joiner);
    return joiner.awaitReady();
  }

  /** Makes a server that is running a member. */
  void add(Server joiner) {
    String done = leader().answer(addition(joiner));
    if (!done.equals("done")) {
      throw new AssertionError("could not add " + joiner + ": " + done);
    }
  }

  /** The words that ask for a server to be made a member. */
  String addition(Server joiner) {
    List<String> hello = joiner.hello();
    return String.join(" ", "add", hello.get(0), joiner.name(), hello.get(1));
  }

  /** Puts the data of a server elsewhere, before it is started. */
  void place(int number, Path elsewhere) {
    data.put(number, elsewhere);
  }

  Path data(int number) {
    return data.getOrDefault(number, directory.resolve(name(number)));
  }

  /** Starts the process of a number. */
  Server start(int number) {
    List<String> command = new ArrayList<>(network.entrance(number));
    command.addAll(
        Server.java(
            StoreProcess.class,
            List.of(
                data(number).toString(),
                name(number),
                network.addresses().get(number),
                keys().toString(),
                Long.toString(snapshotAfterBytes),
                Integer.toString(padding),
                Integer.toString(READY_SECONDS),
                number == 0 ? "-" : group,
                Integer.toString(entriesKept))));
    Server server = Server.start(name(number), command, log(number), truth);
    running.put(number, server);
    return server;
  }

  private Path log(int number) {
    return directory.resolve(name(number) + ".log");
  }

  /** What the processes of a number have logged. */
  String errors(int number) throws IOException {
    return Files.readString(log(number));
  }

  /** The process that has a number now. */
  Server server(int number) {
    Server server = running.get(number);
    if (server == null) {
      throw new IllegalStateException("no server " + number);
    }
    return server;
  }

  int number(Server server) {
    return running.entrySet().stream()
        .filter(entry -> entry.getValue() == server)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  List<Server> alive() {
    return running.values().stream().filter(Server::isAlive).toList();
  }

  /** Servers that have ended, and were not started again. */
  List<Server> ended() {
    return running.values().stream().filter(server -> !server.isAlive()).toList();
  }

  /** A server that no longer belongs here. */
  void forget(int number) {
    server(number).kill();
    running.remove(number);
  }

  /** The server that leads; waits until there is one. */
  Server leader() {
    Await.until("one leads", Server.PATIENCE, running::values, () -> leading().size() == 1);
    return leading().get(0);
  }

  /** A server that does not lead. */
  Server follower() {
    Server leader = leader();
    return alive().stream().filter(server -> server != leader).findFirst().orElseThrow();
  }

  /** The server that leads instead of another; waits until there is one. */
  Server leaderBesides(Server old) {
    Await.until(
        "another one leads",
        Server.PATIENCE,
        running::values,
        () -> leading().stream().anyMatch(server -> server != old));
    return leading().stream().filter(server -> server != old).findFirst().orElseThrow();
  }

  private List<Server> leading() {
    return alive().stream().filter(Server::leads).toList();
  }

  Server restart(Server gone) {
    return start(number(gone));
  }

  /** Cuts a server off from all others, in both directions. */
  void isolate(Server server) {
    mute(server);
    deafen(server);
  }

  /** Nobody hears the server any more. */
  void mute(Server server) {
    int one = number(server);
    others(one).forEach(other -> network.cut(one, other));
  }

  /** The server hears nobody any more. */
  void deafen(Server server) {
    int one = number(server);
    others(one).forEach(other -> network.cut(other, one));
  }

  private List<Integer> others(int one) {
    return running.keySet().stream().filter(other -> other != one).toList();
  }

  Network network() {
    return network;
  }

  ChangeLog truth() {
    return truth;
  }

  CallRecorder recorder() {
    return recorder;
  }

  /** Waits until all have the same state. */
  void awaitAgreement() {
    Duration atMost = Server.PATIENCE;
    Await.until(
        "all servers have the same state",
        atMost,
        this::sums,
        () -> sums().stream().distinct().count() == 1);
  }

  private List<String> sums() {
    return alive().stream().map(server -> server.answer("sum")).toList();
  }

  private Path keys() {
    return directory.resolve("keys.p12");
  }

  private static String name(int number) {
    return "server-" + number;
  }

  @Override
  public void close() {
    Await.uninterrupted(
        () -> {
          try {
            running.values().forEach(Server::signalKill);
            running.values().forEach(Server::kill);
          } finally {
            network.close();
          }
        });
  }
}
