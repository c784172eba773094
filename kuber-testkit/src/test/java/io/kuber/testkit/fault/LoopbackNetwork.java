package io.kuber.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** All servers on the loopback device of this machine; nothing can be cut. */
final class LoopbackNetwork implements Network {
  private static final int MAX_TRIES = 1_000;

  /** Below the range from which connections take theirs: servers come back to their addresses. */
  private static final AtomicInteger PORTS =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(12_000, 30_000));

  private final List<String> addresses = new ArrayList<>();

  LoopbackNetwork(int servers) {
    for (int tries = 0; addresses.size() < servers; tries++) {
      int port = PORTS.getAndIncrement();
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        addresses.add("127.0.0.1:" + free.getLocalPort());
      } catch (IOException e) {
        if (tries >= MAX_TRIES) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public List<String> addresses() {
    return List.copyOf(addresses);
  }

  @Override
  public List<String> entrance(int server) {
    return List.of();
  }

  @Override
  public void cut(int from, int to) {
    throw new UnsupportedOperationException("cutting the network needs root");
  }

  @Override
  public void heal() {}

  @Override
  public void close() {}
}
