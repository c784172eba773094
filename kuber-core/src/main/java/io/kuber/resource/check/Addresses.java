package io.kuber.resource.check;

import com.google.common.net.InetAddresses;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses and blocks of addresses (apimachinery, pkg/util/validation/ip.go). */
public final class Addresses {
  /** The form of names that are addresses. */
  public static final NameForm NAME = Addresses::checkCanonical;

  private static final String NO_ADDRESS =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  private static final String NO_BLOCK =
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

  private Addresses() {}

  /** Whether the text is an address. */
  public static boolean is(String text) {
    return InetAddresses.isInetAddress(text);
  }

  /** Reports a text that is no address. */
  public static void check(FieldPath field, String text, Problems problems) {
    if (!InetAddresses.isInetAddress(text)) {
      problems.invalid(field, text, NO_ADDRESS);
    }
  }

  /** Reports an address that cannot belong to an endpoint (ValidateNonSpecialIP). */
  public static void checkOrdinary(FieldPath field, String text, Problems problems) {
    if (!is(text)) {
      problems.invalid(field, text, "must be a valid IP address");
      return;
    }
    InetAddress address = InetAddresses.forString(text);
    if (address.isAnyLocalAddress()) {
      problems.invalid(field, text, "may not be unspecified (" + text + ")");
    }
    if (address.isLoopbackAddress()) {
      problems.invalid(field, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if (address.isLinkLocalAddress()) {
      problems.invalid(
          field, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    if (address.isMCLinkLocal()) {
      problems.invalid(
          field, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
  }

  private static void checkCanonical(FieldPath field, String text, Problems problems) {
    if (!InetAddresses.isInetAddress(text)) {
      problems.invalid(field, text, NO_ADDRESS);
      return;
    }
    String canonical = InetAddresses.toAddrString(InetAddresses.forString(text));
    if (!canonical.equals(text)) {
      problems.invalid(field, text, "must be in canonical form (\"" + canonical + "\")");
    }
  }

  /** Reports a text that is no block of addresses. */
  public static void checkBlock(FieldPath field, String text, Problems problems) {
    if (Block.of(text).isEmpty()) {
      problems.invalid(field, text, NO_BLOCK);
    }
  }

  /** Reports a text that is no block of addresses in its one canonical form. */
  public static void checkCanonicalBlock(FieldPath field, String text, Problems problems) {
    Optional<Block> block = Block.of(text);
    if (block.isEmpty()) {
      problems.invalid(field, text, NO_BLOCK);
    } else if (!block.get().toString().equals(text)) {
      problems.invalid(field, text, "must be in canonical form (\"" + block.get() + "\")");
    }
  }

  /**
   * The addresses that begin with the same bits.
   *
   * @param first the lowest of them
   * @param bits how many leading bits are the same
   */
  public record Block(InetAddress first, int bits) {
    /** The block that a text such as {@code 10.0.0.0/8} means; empty when it means none. */
    public static Optional<Block> of(String text) {
      int slash = text.indexOf('/');
      String bits = text.substring(slash + 1);
      if (slash < 0
          || !bits.matches("[0-9]{1,3}")
          || !InetAddresses.isInetAddress(text.substring(0, slash))) {
        return Optional.empty();
      }
      InetAddress address = InetAddresses.forString(text.substring(0, slash));
      int length = Integer.parseInt(bits);
      return length > address.getAddress().length * Byte.SIZE
          ? Optional.empty()
          : Optional.of(new Block(masked(address, length), length));
    }

    /** Whether the addresses have four bytes. */
    public boolean isIpv4() {
      return first instanceof Inet4Address;
    }

    /** Whether the other block lies in this one and is smaller. */
    public boolean strictlyContains(Block other) {
      return isIpv4() == other.isIpv4()
          && bits < other.bits
          && masked(other.first, bits).equals(first);
    }

    private static InetAddress masked(InetAddress address, int bits) {
      byte[] bytes = address.getAddress();
      for (int i = 0; i < bytes.length; i++) {
        int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
        bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
      }
      try {
        return InetAddress.getByAddress(bytes);
      } catch (UnknownHostException e) {
        throw new IllegalStateException("an address keeps its length", e);
      }
    }

    @Override
    public String toString() {
      return InetAddresses.toAddrString(first) + "/" + bits;
    }
  }
}
