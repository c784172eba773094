package io.kuber.ingress.route;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that decides where a request goes.
 *
 * @param sites by host, in small letters: {@code a.example.com}, {@code *.example.com}, or empty
 *     for every host
 * @param fallback where requests go that no rule is for
 * @param secrets which Secret, as {@code namespace/name}, has the certificate of a host
 * @param served which Ingresses are in here, as {@code namespace/name}
 * @param problems what keeps a part of an Ingress from being served, for its owner
 */
public record RouteTable(
    Map<String, Site> sites,
    Optional<Destination> fallback,
    Map<String, String> secrets,
    Set<String> served,
    List<String> problems) {
  /** Leads nowhere. */
  public static final RouteTable EMPTY =
      new RouteTable(Map.of(), Optional.empty(), Map.of(), Set.of(), List.of());

  /** The name under which rules for every host stand. */
  static final String EVERY_HOST = "";

  /** Copies the collections. */
  public RouteTable {
    sites = ImmutableMap.copyOf(sites);
    secrets = ImmutableMap.copyOf(secrets);
    served = ImmutableSet.copyOf(served);
    problems = List.copyOf(problems);
  }

  /**
   * The rules of one host.
   *
   * @param rules the best first
   * @param fallback the default backend of the Ingress that named the host first
   */
  public record Site(List<PathRule> rules, Optional<Destination> fallback) {
    /** Sorts the rules; among equals the one that was there first stays first. */
    public Site {
      rules = rules.stream().sorted(PathRule.BEST_FIRST).toList();
    }

    private Optional<Destination> find(String path) {
      return rules.stream()
          .filter(rule -> rule.matches(path))
          .findFirst()
          .map(PathRule::destination);
    }
  }

  /**
   * Where a request goes: by the rules of its very host, else of the wildcard over it, else of
   * every host, else to a default backend.
   *
   * @param host in small letters and without a port
   * @param path decoded, and without a query
   */
  public Optional<Destination> find(String host, String path) {
    List<Site> candidates =
        Stream.of(host, wildcardOver(host), EVERY_HOST)
            .map(sites::get)
            .flatMap(Stream::ofNullable)
            .toList();
    return candidates.stream()
        .flatMap(site -> site.find(path).stream())
        .findFirst()
        .or(() -> candidates.stream().flatMap(site -> site.fallback().stream()).findFirst())
        .or(() -> fallback);
  }

  /** The Secret whose certificate is shown to clients that ask for the host. */
  public Optional<String> secretOf(String host) {
    return Stream.of(host, wildcardOver(host), EVERY_HOST)
        .map(secrets::get)
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  /** A wildcard stands for one label (types.go, IngressRule.host). */
  private static String wildcardOver(String host) {
    int dot = host.indexOf('.');
    return dot <= 0 ? host : "*" + host.substring(dot);
  }
}
