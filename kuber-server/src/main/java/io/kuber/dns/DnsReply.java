package io.kuber.dns;

import java.util.List;

/** What the brain decides about a question. */
sealed interface DnsReply {
  /** The zone knows the answer. */
  record Known(DnsAnswer answer) implements DnsReply {}

  /** Not a name of the zone: another resolver has to be asked the same. */
  record Elsewhere() implements DnsReply {}

  /**
   * Names of the zone lead out of it: another resolver has to be asked about {@code target}, and
   * what it says goes behind {@code aliases}.
   */
  record Onward(List<DnsRecord> aliases, String target) implements DnsReply {
    public Onward {
      aliases = List.copyOf(aliases);
    }
  }
}
