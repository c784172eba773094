package io.kuber.dns;

import java.util.Locale;

/**
 * A port that SRV records name.
 *
 * @param name empty if it has none; then only SRV records of the whole service show it
 * @param protocol such as {@code TCP}, in any case
 */
public record DnsPort(String name, String protocol, int port) {
  public DnsPort {
    name = name.toLowerCase(Locale.ROOT);
    protocol = protocol.toLowerCase(Locale.ROOT);
  }
}
