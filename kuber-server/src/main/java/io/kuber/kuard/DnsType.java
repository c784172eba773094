package io.kuber.kuard;

import java.util.Locale;

/** The record types that can be asked for (RFC 1035 and the ones that came later). */
enum DnsType {
  A(1),
  AAAA(28),
  ANY(255),
  CNAME(5),
  MX(15),
  NS(2),
  PTR(12),
  SOA(6),
  SRV(33),
  TXT(16);

  private final int code;

  DnsType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static DnsType of(String name) {
    try {
      return valueOf(name.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("unknown DNS type: " + name);
    }
  }

  static String nameOf(int code) {
    for (DnsType type : values()) {
      if (type.code == code) {
        return type.name();
      }
    }
    return "TYPE" + code;
  }
}
