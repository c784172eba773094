package io.kuber.engine.network;

import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Ipv4Block;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which addresses a network gets when nobody says any; pure. */
final class Subnets {
  private static final int FIRST_LARGE = 17;
  private static final int LAST_LARGE = 31;
  private static final int SMALL_BLOCKS = 16;

  private Subnets() {}

  /**
   * The first of Docker's usual blocks, {@code 172.17.0.0/16} to {@code 172.31.0.0/16} and then
   * those of {@code /20} in {@code 192.168.0.0/16}, that nobody has a part of.
   *
   * @param taken by links of the machine and by other networks
   */
  static Optional<Ipv4Block> free(Collection<Ipv4Block> taken) {
    Stream<Ipv4Block> large =
        IntStream.rangeClosed(FIRST_LARGE, LAST_LARGE)
            .mapToObj(number -> Ipv4Block.parse("172." + number + ".0.0/16"));
    Ipv4Block rest = Ipv4Block.parse("192.168.0.0/16");
    Stream<Ipv4Block> small = IntStream.range(0, SMALL_BLOCKS).mapToObj(n -> rest.part(20, n));
    return Stream.concat(large, small)
        .filter(block -> taken.stream().noneMatch(other -> overlap(block, other)))
        .findFirst();
  }

  /** Whether two blocks share addresses. */
  static boolean overlap(Ipv4Block one, Ipv4Block other) {
    return one.prefix() <= other.prefix() ? one.contains(other.base()) : other.contains(one.base());
  }

  /** The block of so many bits around an address. */
  static Ipv4Block around(Ipv4 address, int prefix) {
    return new Ipv4Block(new Ipv4(address.bits() & -1 << 32 - prefix), prefix);
  }
}
