package io.kuber.dns;

import java.util.List;

/**
 * What is said to a question.
 *
 * @param authority the zone's own record with a negative answer, else empty
 */
record DnsAnswer(
    Code code, List<DnsRecord> answers, List<DnsRecord> authority, List<DnsRecord> additional) {
  /** How a question was answered, with the numbers on the wire. */
  enum Code {
    NO_ERROR(0),
    FORMAT_ERROR(1),
    SERVER_FAILURE(2),
    NO_SUCH_NAME(3),
    NOT_IMPLEMENTED(4),
    /** Of EDNS: the bits above the fourth go into the OPT record (RFC 6891, 6.1.3). */
    BAD_VERSION(16);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  DnsAnswer {
    answers = List.copyOf(answers);
    authority = List.copyOf(authority);
    additional = List.copyOf(additional);
  }

  /** Whether each asker gets the addresses in another order. */
  boolean spreads() {
    return answers.stream().filter(DnsRecord.Address.class::isInstance).count() > 1;
  }

  static DnsAnswer of(List<DnsRecord> answers) {
    return new DnsAnswer(Code.NO_ERROR, answers, List.of(), List.of());
  }

  /** An answer without records: no such name, or none of the type, or a failure. */
  static DnsAnswer empty(Code code) {
    return new DnsAnswer(code, List.of(), List.of(), List.of());
  }

  static DnsAnswer negative(Code code, String domain) {
    return new DnsAnswer(code, List.of(), List.of(new DnsRecord.Authority(domain)), List.of());
  }
}
