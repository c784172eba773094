package io.kuber.node.network;

import java.util.BitSet;

/**
 * The addresses of a block that pods or containers may have. It hands them out in turn, so that an
 * address just given back rests for as long as possible: peers still have connections to it.
 */
public final class AddressPool {
  /** A block's first address names the block, the second is the gateway. */
  private static final int FIRST = 2;

  /** A larger block is used only up to here; a node never runs so many pods. */
  private static final int MOST = 1 << 16;

  private final Ipv4Block block;
  private final BitSet used = new BitSet();
  private final int end;
  private int next = FIRST;

  /** All of a block but the first two and the last. */
  public AddressPool(Ipv4Block block) {
    this.block = block;
    this.end = (int) Math.min(block.size() - 1, MOST); // The last address is the broadcast.
  }

  /** One that is free; an {@link IllegalStateException} when none is. */
  public Ipv4 take() {
    int offset = used.nextClearBit(next);
    if (offset >= end) {
      offset = used.nextClearBit(FIRST);
    }
    if (offset >= end) {
      throw new IllegalStateException(
          "no free pod address in "
              + block
              + ": all "
              + used.cardinality()
              + " are in use; delete pods or give the node a larger pod block");
    }
    used.set(offset);
    next = offset + 1;
    return block.base().plus(offset);
  }

  /** Marks an address as used; says whether it is the pool's and was free. */
  public boolean claim(Ipv4 address) {
    int offset = address.bits() - block.base().bits();
    boolean free = block.contains(address) && offset >= FIRST && offset < end && !used.get(offset);
    if (free) {
      used.set(offset);
      next = offset + 1;
    }
    return free;
  }

  /** Makes an address free again. */
  public void giveBack(Ipv4 address) {
    used.clear(address.bits() - block.base().bits());
  }
}
