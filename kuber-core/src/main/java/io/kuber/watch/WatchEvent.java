package io.kuber.watch;

import io.kuber.store.Delta;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A change in the history, with its encodings: made on first use, shared by all watchers. */
public final class WatchEvent {
  private final long sequence;
  private final Delta delta;
  private volatile @Nullable Encoding encodings;

  WatchEvent(long sequence, Delta delta) {
    this.sequence = sequence;
    this.delta = delta;
  }

  /** What changed. */
  public Delta delta() {
    return delta;
  }

  /**
   * The bytes of this event in the encoding called {@code name}, made by {@code encoder} for the
   * first caller of that name. The name says all that the bytes depend on (type of the event,
   * content type, version of the API). Nobody may write into the array.
   */
  public byte[] encoded(String name, Function<Delta, byte[]> encoder) {
    byte[] known = find(name);
    return known == null ? encode(name, encoder) : known;
  }

  private synchronized byte[] encode(String name, Function<Delta, byte[]> encoder) {
    byte[] known = find(name);
    if (known == null) {
      known = encoder.apply(delta);
      encodings = new Encoding(name, known, encodings);
    }
    return known;
  }

  private byte @Nullable [] find(String name) {
    for (Encoding known = encodings; known != null; known = known.next) {
      if (known.name.equals(name)) {
        return known.bytes;
      }
    }
    return null;
  }

  /** The position in the history, counted without gaps. */
  long sequence() {
    return sequence;
  }

  private static final class Encoding {
    final String name;
    final byte[] bytes;
    final @Nullable Encoding next;

    Encoding(String name, byte[] bytes, @Nullable Encoding next) {
      this.name = name;
      this.bytes = bytes;
      this.next = next;
    }
  }
}
