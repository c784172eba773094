package io.kuber.boot;

import io.kuber.dns.DnsZone;
import io.kuber.resource.check.Names;
import java.util.stream.Stream;

/**
 * The domain below which a cluster's names are, as in {@code web.default.svc.DOMAIN}.
 *
 * @param name lower case, without a dot at its end
 */
public record ClusterDomain(String name) {
  /** What names may have in front of the domain: pod, Service, namespace and {@code svc}. */
  private static final int LONGEST_FRONT = 3 * 64 + 4;

  private static final int LONGEST_NAME = 253;

  /** The domain of clusters whose owner chooses none. */
  public static final ClusterDomain STANDARD = new ClusterDomain(DnsZone.DEFAULT_DOMAIN);

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is no domain, or leaves too little room for names
   */
  public ClusterDomain {
    if (!Stream.of(name.split("\\.", -1)).allMatch(Names.LABEL::isMatchedBy)) {
      throw new IllegalArgumentException(
          "--cluster-domain: \""
              + name
              + "\" is no domain: lower case letters, digits and '-', as in kuber.example");
    }
    if (name.length() > LONGEST_NAME - LONGEST_FRONT) {
      throw new IllegalArgumentException(
          "--cluster-domain: \"%s\" is longer than %d characters; names of pods would not fit"
              .formatted(name, LONGEST_NAME - LONGEST_FRONT));
    }
  }
}
