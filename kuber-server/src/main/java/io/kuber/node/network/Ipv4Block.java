package io.kuber.node.network;

/**
 * A block of addresses, such as {@code 10.244.0.0/24}.
 *
 * @param base the first address
 * @param prefix how many leading bits all addresses share, 1 to 32
 */
public record Ipv4Block(Ipv4 base, int prefix) {
  public Ipv4Block {
    if (prefix < 1 || prefix > 32) {
      throw new IllegalArgumentException("prefix /" + prefix + " is not between /1 and /32");
    }
    if ((base.bits() & ~(-1 << (32 - prefix))) != 0) {
      throw new IllegalArgumentException(
          base + "/" + prefix + " has bits behind the prefix; write the block's first address");
    }
  }

  /** Reads {@code 10.244.0.0/24}. */
  public static Ipv4Block parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a block of addresses like 10.244.0.0/24");
    }
    Ipv4 base = Ipv4.parse(text.substring(0, slash));
    return new Ipv4Block(base, Integer.parseInt(text.substring(slash + 1)));
  }

  /** How many addresses there are; exact for every prefix that is allowed. */
  public long size() {
    return 1L << (32 - prefix);
  }

  /** One of the blocks of a longer prefix that this consists of, counted from 0. */
  public Ipv4Block part(int longer, int number) {
    if (longer < prefix || number < 0 || number >= 1L << (longer - prefix)) {
      throw new IllegalArgumentException(this + " has no part /" + longer + " number " + number);
    }
    return new Ipv4Block(base.plus(number << (32 - longer)), longer);
  }

  public boolean contains(Ipv4 address) {
    return ((address.bits() ^ base.bits()) & mask()) == 0;
  }

  /** The bits that all addresses share. */
  public int mask() {
    return -1 << (32 - prefix);
  }

  @Override
  public String toString() {
    return base + "/" + prefix;
  }
}
