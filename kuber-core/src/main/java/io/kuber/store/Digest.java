package io.kuber.store;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A sum over all objects of an image, by which replicas find out that they differ. Two lanes,
 * modulo 2^64 each; adding and taking away objects in any order gives the same sum.
 *
 * <p>It finds damage and bugs, not somebody who wants two images to look alike.
 */
public record Digest(long high, long low) {
  /** The digest of nothing. */
  public static final Digest NONE = new Digest(0, 0);

  /** Its result is in snapshots and in the log: it must stay what it is. */
  private static final HashFunction HASH = Hashing.murmur3_128(0);

  private static final char END = '\0';

  /** The digest of one object: its key, its revision and its value. */
  static Digest of(Key key, long revision, byte[] value) {
    HashCode hash =
        HASH.newHasher()
            .putUnencodedChars(key.resource())
            .putChar(END)
            .putUnencodedChars(key.namespace())
            .putChar(END)
            .putUnencodedChars(key.name())
            .putChar(END)
            .putLong(revision)
            .putBytes(value)
            .hash();
    ByteBuffer bytes = ByteBuffer.wrap(hash.asBytes()).order(ByteOrder.LITTLE_ENDIAN);
    return new Digest(bytes.getLong(), bytes.getLong());
  }

  /** Both together. */
  public Digest plus(Digest other) {
    return new Digest(high + other.high, low + other.low);
  }

  /** This without the other. */
  public Digest minus(Digest other) {
    return new Digest(high - other.high, low - other.low);
  }

  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
