package io.kuber.node;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code /etc/resolv.conf} says (pkg/kubelet/network/dns). Immutable.
 *
 * @param servers addresses of name servers
 * @param searches domains that short names are looked up in, in order
 * @param options by name; those without a value have an empty one
 */
record Resolver(List<String> servers, List<String> searches, Map<String, String> options) {
  /** Limits of the C library and of Kubernetes' validation. */
  private static final int MOST_SERVERS = 3;

  private static final int MOST_SEARCHES = 32;

  static final Resolver EMPTY = new Resolver(List.of(), List.of(), Map.of());

  Resolver {
    servers = servers.stream().distinct().limit(MOST_SERVERS).toList();
    searches = searches.stream().distinct().limit(MOST_SEARCHES).toList();
    options = new LinkedHashMap<>(options);
  }

  /** Reads a file: servers add up, of searches and options the last line counts. */
  static Resolver parse(String text) {
    List<String> servers = new ArrayList<>();
    List<String> searches = List.of();
    Map<String, String> options = Map.of();
    for (String line : text.split("\n", -1)) {
      List<String> words = List.of(line.strip().split("\\s+"));
      List<String> values = words.subList(1, words.size());
      switch (words.get(0)) {
        case "nameserver" -> servers.addAll(values);
        case "search" -> searches = values.stream().map(Resolver::withoutDot).toList();
        case "options" -> options = options(values);
        default -> {
          // Comments, and what the C library alone understands.
        }
      }
    }
    return new Resolver(servers, searches, options);
  }

  private static String withoutDot(String domain) {
    return domain.length() > 1 && domain.endsWith(".")
        ? domain.substring(0, domain.length() - 1)
        : domain;
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String word : words) {
      String[] parts = word.split(":", 2);
      options.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return options;
  }

  /** The resolver of pods that ask the cluster's name server; this is the machine's own. */
  Resolver ofCluster(String server, String domain, String namespace) {
    Stream<String> own = Stream.of(namespace + ".svc." + domain, "svc." + domain, domain);
    return new Resolver(
        List.of(server), Stream.concat(own, searches.stream()).toList(), Map.of("ndots", "5"));
  }

  /** With what {@code dnsConfig} of a pod adds. */
  Resolver with(Tree dnsConfig) {
    Map<String, String> all = new LinkedHashMap<>(options);
    for (Tree option : dnsConfig.items("options").trees()) {
      all.put(option.text("name"), option.text("value"));
    }
    return new Resolver(
        joined(servers, dnsConfig.items("nameservers").texts()),
        joined(searches, dnsConfig.items("searches").texts()),
        all);
  }

  private static List<String> joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** The text of the file. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (!searches.isEmpty()) {
      text.append("search ").append(String.join(" ", searches)).append('\n');
    }
    servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    if (!options.isEmpty()) {
      String words =
          options.entrySet().stream()
              .map(each -> each.getKey() + (each.getValue().isEmpty() ? "" : ":" + each.getValue()))
              .collect(Collectors.joining(" "));
      text.append("options ").append(words).append('\n');
    }
    return text.toString();
  }
}
