package io.kuber.dns;

/** The numbers of DNS' record types that kuber knows, and of a few other things on the wire. */
final class DnsType {
  static final int A = 1;
  static final int NS = 2;
  static final int CNAME = 5;
  static final int SOA = 6;
  static final int PTR = 12;
  static final int TXT = 16;
  static final int AAAA = 28;
  static final int SRV = 33;
  static final int OPT = 41;
  static final int ANY = 255;

  static final int CLASS_INTERNET = 1;

  private DnsType() {}
}
