package io.kuber.raft.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which batches were applied, so that a second copy of one has no effect.
 *
 * <p>A server sends a batch again while it does not know what became of it, so the log may hold it
 * twice. Comparing revisions alone would not do: between the copies of a creation the object may
 * have been deleted, and the second copy would bring it back.
 *
 * <p>Part of the state: it depends on the log alone, and goes into snapshots. Owner thread: the one
 * that applies.
 */
public final class Sessions {
  /** Sessions remembered; one begins with every start of a server. */
  private static final int MAX_SESSIONS = 64;

  /** Batches that one session may have applied behind one that is still on its way. */
  public static final int MAX_AHEAD = 1024;

  private final Map<Long, Seen> sessions = new LinkedHashMap<>();

  /** What was applied: all below the floor, or given up; and these. */
  private static final class Seen {
    long floor;
    final TreeSet<Long> applied = new TreeSet<>();

    boolean add(long number, long newFloor) {
      if (number < floor || !applied.add(number)) {
        return false;
      }
      floor = Math.max(floor, newFloor);
      applied.headSet(floor).clear();
      return true;
    }
  }

  /** Notes a batch that is about to be applied; false when it is a copy and must not be. */
  public boolean admit(LogEntry.Commands entry) {
    long session = entry.id().session();
    Seen seen = sessions.remove(session);
    if (seen == null) {
      seen = new Seen();
      if (sessions.size() >= MAX_SESSIONS) {
        sessions.remove(sessions.keySet().iterator().next());
      }
    }
    sessions.put(session, seen);
    return seen.add(entry.id().number(), entry.floor());
  }

  /** All of it as bytes. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(sessions.size());
      for (Map.Entry<Long, Seen> session : sessions.entrySet()) {
        out.writeLong(session.getKey());
        out.writeLong(session.getValue().floor);
        out.writeInt(session.getValue().applied.size());
        for (long number : session.getValue().applied) {
          out.writeLong(number);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What {@link #toBytes} has written; no bytes are no sessions. */
  public static Sessions of(byte[] bytes) throws IOException {
    Sessions sessions = new Sessions();
    if (bytes.length == 0) {
      return sessions;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      long session = in.readLong();
      Seen seen = new Seen();
      seen.floor = in.readLong();
      int applied = in.readInt();
      for (int j = 0; j < applied; j++) {
        seen.applied.add(in.readLong());
      }
      sessions.sessions.put(session, seen);
    }
    return sessions;
  }
}
