package io.kuber.testkit.check;

import org.jspecify.annotations.Nullable;

/**
 * What a key may be at one point of an order of calls: the model that the store is held against.
 *
 * <p>After a write whose answer nobody heard, its revision is not known until somebody reads it;
 * then {@code revision} is the least that it can be.
 *
 * @param present whether the key exists
 * @param revision of its last change, of its deletion when it is gone; 0: there was none
 * @param exact whether that is the revision, or only the least it can be
 * @param value empty when the key does not exist
 */
record KeyState(boolean present, long revision, boolean exact, String value) {
  static final KeyState ABSENT = new KeyState(false, 0, true, "");

  /** The state that a write leaves behind which told its revision. */
  static KeyState madeBy(Call write) {
    return write.request() instanceof Request.Put put
        ? new KeyState(true, write.made(), true, put.value())
        : new KeyState(false, write.made(), true, "");
  }

  /** The state after a call, or null when the call cannot have had its answer here. */
  @Nullable KeyState after(Call call) {
    Answer answer = call.answer();
    if (answer instanceof Answer.Read read) {
      return read(read);
    }
    Request.Write write = (Request.Write) call.request();
    if (answer instanceof Answer.Refused refused) {
      return refused(write, refused.current());
    }
    return mayBeAt(write) ? written(write, call.made()) : null;
  }

  private @Nullable KeyState read(Answer.Read read) {
    if (read.revision() == Request.ABSENT) {
      return present ? null : this;
    }
    return value.equals(read.value()) ? at(read.revision()) : null;
  }

  private @Nullable KeyState refused(Request.Write write, long current) {
    if (mustBeAt(write) || (current != Answer.UNTOLD && current == write.expected())) {
      return null;
    }
    if (current == Answer.UNTOLD) {
      return this;
    }
    if (current == Request.ABSENT) {
      return present ? null : this;
    }
    return at(current);
  }

  private @Nullable KeyState written(Request.Write write, long made) {
    long before = Math.max(revision, write.expected());
    boolean told = made != Answer.UNTOLD;
    if (told && made <= before) {
      return null;
    }
    long after = told ? made : before + 1;
    return write instanceof Request.Put put
        ? new KeyState(true, after, told, put.value())
        : new KeyState(false, after, told, "");
  }

  /** This state, now that somebody has seen the key at a revision; null when it cannot be there. */
  private @Nullable KeyState at(long seen) {
    if (!mayBeAt(seen)) {
      return null;
    }
    return exact ? this : new KeyState(true, seen, true, value);
  }

  private boolean mayBeAt(long seen) {
    return present && (exact ? seen == revision : seen >= revision);
  }

  private boolean mayBeAt(Request.Write write) {
    if (write instanceof Request.Delete && !present) {
      return false;
    }
    long expected = write.expected();
    if (expected == Request.ANY) {
      return true;
    }
    return expected == Request.ABSENT ? !present : mayBeAt(expected);
  }

  /** Whether the write would have taken effect here for certain. */
  private boolean mustBeAt(Request.Write write) {
    boolean certain = exact || write.expected() <= Request.ABSENT;
    return certain && mayBeAt(write);
  }

  @Override
  public String toString() {
    String at = exact ? " at " + revision : " at " + revision + " or later";
    return present ? "\"" + value + "\"" + at : revision == 0 ? "absent" : "absent, deleted" + at;
  }
}
