package io.kuber.load.store;

import io.kuber.load.store.LoadOptions.Through;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Members of an etcd cluster, each a process of its own on this machine. */
final class EtcdMembers implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long CALL_SECONDS = 1;
  private static final long PAUSE_MILLIS = 50;
  private static final String LOOPBACK = "127.0.0.1";

  private final List<Process> processes = new ArrayList<>();
  private final List<Integer> clientPorts;

  private EtcdMembers(List<Integer> clientPorts) {
    this.clientPorts = clientPorts;
  }

  /** Starts {@code count} members of the program {@code etcd} under a directory of their own. */
  static EtcdMembers start(Path etcd, Path directory, int count) throws IOException {
    List<Integer> ports = FreePorts.find(2 * count);
    EtcdMembers members = new EtcdMembers(ports.subList(0, count));
    List<Integer> peerPorts = ports.subList(count, 2 * count);
    String cluster =
        IntStream.range(0, count)
            .mapToObj(i -> "m" + i + "=" + url(peerPorts.get(i)))
            .collect(Collectors.joining(","));
    try {
      for (int i = 0; i < count; i++) {
        members.start(etcd, directory.resolve("m" + i), i, peerPorts.get(i), cluster);
      }
      return members;
    } catch (IOException e) {
      members.close();
      throw e;
    }
  }

  private void start(Path etcd, Path directory, int number, int peerPort, String cluster)
      throws IOException {
    Files.createDirectories(directory);
    String clients = url(clientPorts.get(number));
    processes.add(
        new ProcessBuilder(
                etcd.toString(),
                "--name=m" + number,
                "--data-dir=" + directory,
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + url(peerPort),
                "--initial-advertise-peer-urls=" + url(peerPort),
                "--initial-cluster=" + cluster,
                "--initial-cluster-token=load",
                "--log-level=error",
                "--quota-backend-bytes=8000000000")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolveSibling("m" + number + ".log").toFile())
            .start());
  }

  private static String url(int port) {
    return "http://" + LOOPBACK + ":" + port;
  }

  /** A client of a member that leads or follows, once one leads. */
  EtcdStore client(Through through) throws IOException, InterruptedException {
    for (long start = System.nanoTime(); System.nanoTime() - start < PATIENCE_NANOS; ) {
      for (int port : clientPorts) {
        try (EtcdStore client = new EtcdStore(port)) {
          if (leads(client)) {
            return new EtcdStore(
                through == Through.LEADER
                    ? port
                    : clientPorts.stream()
                        .filter(other -> other != port)
                        .findFirst()
                        .orElseThrow());
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new IOException("no member of etcd leads; see the logs beside its data");
  }

  private static boolean leads(EtcdStore client) throws InterruptedException {
    try {
      return client.leads().toCompletableFuture().get(CALL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | CompletionException e) {
      return false; // not listening yet; whoever waits asks again until its patience ends
    }
  }

  /** Ends the processes. */
  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      process
          .onExit()
          .orTimeout(10, TimeUnit.SECONDS)
          .exceptionally(e -> process.destroyForcibly());
    }
  }
}
