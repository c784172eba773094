package io.kuber.server.chain;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import io.kuber.http.Request;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a request comes from, by what proxies say and, last, by what the connection shows, which
 * alone cannot be made up (apimachinery, pkg/util/net, SourceIPs).
 */
final class Origin {
  /** Addresses of one request that are told; whoever sends more makes them up. */
  private static final int MOST = 32;

  private static final Splitter COMMAS = Splitter.on(',').trimResults().omitEmptyStrings();

  private Origin() {}

  /** The addresses, the farthest first. */
  static List<String> of(Request request) {
    List<InetAddress> all = new ArrayList<>();
    for (String part : COMMAS.split(request.headers().first("X-Forwarded-For").orElse(""))) {
      address(part).filter(address -> all.size() < MOST).ifPresent(all::add);
    }
    address(request.headers().first("X-Real-Ip").orElse(""))
        .filter(address -> !all.contains(address))
        .ifPresent(all::add);
    InetAddress peer = request.peer().address().getAddress();
    if (peer != null && (all.isEmpty() || !all.get(all.size() - 1).equals(peer))) {
      all.add(peer);
    }
    return all.stream().map(InetAddresses::toAddrString).toList();
  }

  private static Optional<InetAddress> address(String text) {
    return InetAddresses.isInetAddress(text)
        ? Optional.of(InetAddresses.forString(text))
        : Optional.empty();
  }
}
