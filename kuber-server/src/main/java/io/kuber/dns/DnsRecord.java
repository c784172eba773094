package io.kuber.dns;

/** A record of an answer. Names are lower case and have no dot at their end. */
sealed interface DnsRecord {
  String owner();

  int type();

  /** How long a client may remember: as installers of Kubernetes set CoreDNS up. */
  default int ttlSeconds() {
    return 30;
  }

  /** Writes what follows the record's length. */
  void writeData(DnsWriter out);

  /** A host's address, of 4 bytes or of 16. */
  @SuppressWarnings("ArrayRecordComponent") // Compared in tests only, field by field.
  record Address(String owner, byte[] ip) implements DnsRecord {
    @Override
    public int type() {
      return ip.length == 4 ? DnsType.A : DnsType.AAAA;
    }

    @Override
    public void writeData(DnsWriter out) {
      out.bytes(ip);
    }
  }

  /** A name that another name stands for. */
  record Alias(String owner, String target) implements DnsRecord {
    @Override
    public int type() {
      return DnsType.CNAME;
    }

    @Override
    public void writeData(DnsWriter out) {
      out.name(target);
    }
  }

  /** The name of an address. */
  record Pointer(String owner, String target) implements DnsRecord {
    @Override
    public int type() {
      return DnsType.PTR;
    }

    @Override
    public void writeData(DnsWriter out) {
      out.name(target);
    }
  }

  /** Where a service listens. */
  record Location(String owner, int weight, int port, String target) implements DnsRecord {
    @Override
    public int type() {
      return DnsType.SRV;
    }

    /** SRV targets are never compressed (RFC 2782). */
    @Override
    public void writeData(DnsWriter out) {
      int priority = 0;
      out.u16(priority).u16(weight).u16(port).plainName(target);
    }
  }

  /** The server that speaks for the zone. */
  record NameServer(String owner, String target) implements DnsRecord {
    @Override
    public int type() {
      return DnsType.NS;
    }

    @Override
    public void writeData(DnsWriter out) {
      out.name(target);
    }
  }

  /** The zone's own record; with a negative answer it says how long "no" holds. */
  record Authority(String owner) implements DnsRecord {
    /** The zone is not transferred to anybody, so nobody looks at the serial number. */
    private static final int SERIAL = 1;

    private static final int REFRESH_SECONDS = 7200;
    private static final int RETRY_SECONDS = 1800;
    private static final int EXPIRE_SECONDS = 86_400;

    /** Short, since a name that is asked for too early shall be found soon. */
    private static final int NEGATIVE_SECONDS = 5;

    @Override
    public int type() {
      return DnsType.SOA;
    }

    @Override
    public int ttlSeconds() {
      return NEGATIVE_SECONDS;
    }

    @Override
    public void writeData(DnsWriter out) {
      out.name("ns.dns." + owner).name("hostmaster." + owner);
      out.u32(SERIAL).u32(REFRESH_SECONDS).u32(RETRY_SECONDS).u32(EXPIRE_SECONDS);
      out.u32(NEGATIVE_SECONDS);
    }
  }

  /** A short text. */
  record Text(String owner, String text) implements DnsRecord {
    @Override
    public int type() {
      return DnsType.TXT;
    }

    @Override
    public void writeData(DnsWriter out) {
      out.label(text);
    }
  }
}
