package io.kuber.testkit.check;

/**
 * What a client asks of one key. Every value that is written in one history should be written once,
 * so that a read says which write it has seen.
 */
public sealed interface Request {
  /** The expected revision of a key that must not exist. */
  long ABSENT = 0;

  /** The expected revision of a write that takes the key as it is. */
  long ANY = -1;

  /** The key. */
  String key();

  /** A request that changes the key when it is at the expected revision. */
  sealed interface Write extends Request {
    /** The revision that the key must have, {@link #ABSENT} or {@link #ANY}. */
    long expected();
  }

  /** Writes a value. */
  record Put(String key, long expected, String value) implements Write {
    @Override
    public String toString() {
      return "put " + key + condition(expected) + " \"" + value + "\"";
    }
  }

  /** Removes the key, which has to exist. */
  record Delete(String key, long expected) implements Write {
    @Override
    public String toString() {
      return "delete " + key + condition(expected);
    }
  }

  /** Reads the key. */
  record Get(String key) implements Request {
    @Override
    public String toString() {
      return "get " + key;
    }
  }

  private static String condition(long expected) {
    if (expected == ANY) {
      return "";
    }
    return expected == ABSENT ? " if absent" : " if at " + expected;
  }
}
