package io.kuber.store;

/**
 * How values are sealed on their way to the disk, and opened on their way back. Images in memory
 * hold what was opened; whoever writes a log entry, a snapshot or a backup asks this for the bytes.
 *
 * <p>What was sealed begins with {@link #MARK}, which no JSON does, so that a value that is read
 * says itself whether it has to be opened. May be called from any thread.
 */
public interface Sealing {
  /** The first byte of everything that is sealed. */
  byte MARK = 1;

  /** Seals nothing and opens nothing. */
  Sealing NONE =
      new Sealing() {
        @Override
        public byte[] seal(Key key, byte[] value) {
          return value;
        }

        @Override
        public byte[] open(Key key, byte[] sealed) {
          return sealed;
        }
      };

  /**
   * The bytes to write for an object: sealed, beginning with {@link #MARK}, or {@code value} itself
   * when objects of its resource are not sealed. Differs from call to call.
   */
  byte[] seal(Key key, byte[] value);

  /**
   * The value that was sealed for {@code key}; {@code sealed} itself when no key opens it, which is
   * to be logged: the object can then not be read (see {@link Stored#isSealed}), and all others
   * can.
   */
  byte[] open(Key key, byte[] sealed);

  /** Whether bytes are what {@link #seal} makes. */
  static boolean isSealed(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == MARK;
  }

  /** What to write: what is sealed already, because nobody could open it, stays as it is. */
  default byte[] toWrite(Key key, byte[] value) {
    return isSealed(value) ? value : seal(key, value);
  }

  /** What was read: opened where that is needed and possible. */
  default byte[] asRead(Key key, byte[] bytes) {
    return isSealed(bytes) ? open(key, bytes) : bytes;
  }
}
