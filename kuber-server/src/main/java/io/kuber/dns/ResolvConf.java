package io.kuber.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine's resolvers, as {@code /etc/resolv.conf} names them. */
public final class ResolvConf {
  private static final String KEYWORD = "nameserver";
  private static final int DNS_PORT = 53;

  /** As many as the C library asks. */
  private static final int MOST_SERVERS = 3;

  private ResolvConf() {}

  /** The resolvers of a file; none if it does not exist. */
  public static List<InetSocketAddress> resolvers(Path file) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException("reading the resolvers in " + file, e);
    }
  }

  static List<InetSocketAddress> parse(List<String> lines) {
    return lines.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length >= 2 && words[0].equals(KEYWORD))
        .map(words -> words[1])
        .filter(IpText::isAddress)
        .map(address -> new InetSocketAddress(address, DNS_PORT))
        .limit(MOST_SERVERS)
        .toList();
  }
}
