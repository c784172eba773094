package io.kuber.cli;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a process listens at, as the kernel tells it (proc(5), {@code /proc/PID/net}).
 *
 * @param tcp addresses and ports of TCP
 * @param unix names of sockets of the machine, those without a file with an {@code @}
 */
record Listening(List<Listening.Port> tcp, List<String> unix) {
  private static final Splitter COLUMNS = Splitter.onPattern("\\s+").trimResults();
  private static final String LISTENS = "0A";
  private static final int HEX = 16;
  private static final int INODE = 9;

  /** An address of this machine and a port. */
  record Port(InetAddress address, int number) {
    /** What a client connects to: one that listens everywhere is also here. */
    InetAddress reached() {
      return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    }
  }

  /** What that process listens at now. */
  static Listening of(long pid) throws IOException {
    Path proc = Path.of("/proc", String.valueOf(pid));
    Set<String> own = sockets(proc.resolve("fd"));
    List<Port> tcp = new ArrayList<>();
    for (String family : List.of("tcp", "tcp6")) {
      for (List<String> row : rows(proc.resolve("net").resolve(family))) {
        if (row.get(3).equals(LISTENS) && own.contains(row.get(INODE))) {
          tcp.add(port(row.get(1)));
        }
      }
    }
    List<String> unix = new ArrayList<>();
    for (List<String> row : rows(proc.resolve("net/unix"))) {
      if (row.size() > 7 && own.contains(row.get(6))) {
        unix.add(row.get(7));
      }
    }
    return new Listening(tcp, unix);
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(descriptors)) {
      for (Path file : files.toList()) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring(8, target.length() - 1));
          }
        } catch (NoSuchFileException closed) {
          // It has no socket any more.
        }
      }
    }
    return inodes;
  }

  private static List<List<String>> rows(Path table) throws IOException {
    return Files.readAllLines(table).stream()
        .skip(1)
        .map(line -> COLUMNS.splitToList(line.strip()))
        .toList();
  }

  /** Words of four bytes in the order of the machine, which is the little end here. */
  private static Port port(String text) throws IOException {
    int colon = text.indexOf(':');
    byte[] address = new byte[colon / 2];
    for (int i = 0; i < address.length; i++) {
      int from = i / 4 * 4 + 3 - i % 4;
      address[i] = (byte) Integer.parseInt(text, from * 2, from * 2 + 2, HEX);
    }
    return new Port(
        InetAddress.getByAddress(address), Integer.parseInt(text, colon + 1, text.length(), HEX));
  }
}
