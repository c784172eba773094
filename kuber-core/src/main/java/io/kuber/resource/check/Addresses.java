package io.kuber.resource.check;

import com.google.common.net.InetAddresses;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses and blocks of addresses (apimachinery, pkg/util/validation/ip.go). Texts that programs
 * read in different ways are refused, as upstream does since 1.36 (StrictIPCIDRValidation).
 */
public final class Addresses {
  /** The form of names that are addresses. */
  public static final NameForm NAME = Addresses::checkCanonical;

  private static final String NO_ADDRESS =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  private static final String NO_BLOCK =
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

  /** Zeros that some programs take for the sign of an octal number. */
  private static final Pattern LEADING_ZEROS = Pattern.compile("\\b0+(?=[0-9])");

  private Addresses() {}

  /** Whether the text is an address. */
  public static boolean is(String text) {
    return InetAddresses.isInetAddress(text);
  }

  /** Reports a text that is no address, in whatever form (IsValidIPForLegacyField). */
  public static void check(FieldPath field, String text, Problems problems) {
    flaw(text).ifPresent(flaw -> problems.invalid(field, text, flaw));
  }

  private static Optional<String> flaw(String text) {
    if (!is(text)) {
      return Optional.of(is(withoutLeadingZeros(text)) ? "must not have leading 0s" : NO_ADDRESS);
    }
    return isMapped(text)
        ? Optional.of("must not be an IPv4-mapped IPv6 address")
        : Optional.empty();
  }

  private static boolean isMapped(String address) {
    return address.indexOf(':') >= 0 && InetAddresses.forString(address) instanceof Inet4Address;
  }

  /** The address with its four numbers, if it has them, as they are usually written. */
  private static String withoutLeadingZeros(String address) {
    int last = address.lastIndexOf(':') + 1;
    return address.indexOf('.') < 0
        ? address
        : address.substring(0, last)
            + LEADING_ZEROS.matcher(address.substring(last)).replaceAll("");
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
    Optional<String> flaw = flaw(text);
    if (flaw.isPresent()) {
      problems.invalid(field, text, flaw.get());
      return;
    }
    String canonical = InetAddresses.toAddrString(InetAddresses.forString(text));
    if (!canonical.equals(text)) {
      problems.invalid(field, text, "must be in canonical form (\"" + canonical + "\")");
    }
  }

  /** Reports a text that is no block, in whatever form (IsValidCIDRForLegacyField). */
  public static void checkBlock(FieldPath field, String text, Problems problems) {
    flawOfBlock(text).ifPresent(flaw -> problems.invalid(field, text, flaw));
  }

  private static Optional<String> flawOfBlock(String text) {
    Optional<Block> block = Block.of(text);
    if (block.isEmpty()) {
      return Optional.of(NO_BLOCK);
    }
    int slash = text.indexOf('/');
    String address = text.substring(0, slash);
    if (!is(address) || LEADING_ZEROS.matcher(text.substring(slash)).find()) {
      return Optional.of("must not have leading 0s in IP or prefix length");
    }
    if (isMapped(address)) {
      return Optional.of("must not have an IPv4-mapped IPv6 address");
    }
    return InetAddresses.forString(address).equals(block.get().first)
        ? Optional.empty()
        : Optional.of("must not have bits set beyond the prefix length");
  }

  /** Reports a text that is no block of addresses in its one canonical form (IsValidCIDR). */
  public static void checkCanonicalBlock(FieldPath field, String text, Problems problems) {
    Optional<String> flaw = flawOfBlock(text);
    if (flaw.isPresent()) {
      problems.invalid(field, text, flaw.get());
      return;
    }
    String canonical = Block.of(text).map(Block::toString).orElse(text);
    if (!canonical.equals(text)) {
      problems.invalid(field, text, "must be in canonical form (\"" + canonical + "\")");
    }
  }

  /**
   * The addresses that begin with the same bits.
   *
   * @param first the lowest of them
   * @param bits how many leading bits are the same
   */
  public record Block(InetAddress first, int bits) {
    /** The bits before the four bytes of an IPv4 address inside an IPv6 address. */
    private static final int MAPPED_BITS = 96;

    /**
     * The block that a text such as {@code 10.0.0.0/8} means, in whatever form (ParseCIDRSloppy);
     * empty when it means none.
     */
    public static Optional<Block> of(String text) {
      int slash = text.indexOf('/');
      String bits = text.substring(slash + 1);
      String written = withoutLeadingZeros(text.substring(0, Math.max(0, slash)));
      if (!bits.matches("[0-9]{1,3}") || !is(written)) {
        return Optional.empty();
      }
      InetAddress address = InetAddresses.forString(written);
      int length = Integer.parseInt(bits) - (isMapped(written) ? MAPPED_BITS : 0);
      return length < 0 || length > address.getAddress().length * Byte.SIZE
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
