package io.kuber.node.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.kuber.dns.DnsRoutes;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whom a ConfigMap wants cluster DNS to ask about the names of others: pure. */
final class NameSettings {
  private static final String STUBS = "stubDomains";
  private static final String UPSTREAM = "upstreamNameservers";
  private static final int PORT = 53;

  private NameSettings() {}

  /**
   * @throws IllegalArgumentException if a value is not as it has to be; the message names its key
   */
  static DnsRoutes routes(KubeObject settings) {
    Tree data = settings.tree().tree("data");
    Map<String, List<InetSocketAddress>> stubs = new LinkedHashMap<>();
    if (value(data, STUBS, "{}") instanceof Tree domains) {
      domains.forEach((domain, servers) -> stubs.put(domain, servers(STUBS, servers)));
    } else {
      throw new IllegalArgumentException(STUBS + " has to be a JSON object");
    }
    return new DnsRoutes(servers(UPSTREAM, value(data, UPSTREAM, "[]")), stubs);
  }

  private static Object value(Tree data, String key, String otherwise) {
    String text = data.text(key);
    try {
      return Json.parseValue((text.isEmpty() ? otherwise : text).getBytes(UTF_8));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(key + " has to be JSON: " + e.getMessage(), e);
    }
  }

  private static List<InetSocketAddress> servers(String key, Object value) {
    if (value instanceof Items servers) {
      return servers.stream().map(server -> server(key, String.valueOf(server))).toList();
    }
    throw new IllegalArgumentException(key + " has to list addresses of name servers");
  }

  private static InetSocketAddress server(String key, String text) {
    HostAndPort place = HostAndPort.fromString(text).withDefaultPort(PORT);
    if (!InetAddresses.isInetAddress(place.getHost())) {
      throw new IllegalArgumentException(key + ": \"" + text + "\" is no address of a name server");
    }
    return new InetSocketAddress(InetAddresses.forString(place.getHost()), place.getPort());
  }
}
