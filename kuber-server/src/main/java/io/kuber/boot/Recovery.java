package io.kuber.boot;

import io.kuber.raft.Member;
import io.kuber.raft.Survivor;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Makes a cluster of its own of what one server holds, when so many of the others are lost that no
 * majority will come back.
 */
public final class Recovery {
  private final Path dataDir;
  private final Survivor survivor;

  private Recovery(Path dataDir, Survivor survivor) {
    this.dataDir = dataDir;
    this.survivor = survivor;
  }

  /**
   * Reads what the server in a directory holds, and changes nothing.
   *
   * @throws StartException when there is no server, it is running, or its files cannot be read
   */
  public static Recovery examine(Path dataDir) throws StartException {
    Path store = dataDir.resolve("store");
    if (!Files.isDirectory(store)) {
      throw new StartException("there is no server in " + dataDir + "; say which with --data-dir");
    }
    try {
      return new Recovery(dataDir, Survivor.read(store));
    } catch (IOException | StoreException e) {
      throw new StartException("what " + store + " holds cannot be recovered: " + e.getMessage());
    }
  }

  /** How many objects it holds. */
  public int objects() {
    return survivor.image().size();
  }

  /** The revision that it has come to. */
  public long revision() {
    return survivor.image().revision();
  }

  /** The last entry of its log. */
  public long lastEntry() {
    return survivor.lastEntry();
  }

  /** The servers that its cluster had, in words. */
  public List<String> servers() {
    return survivor.members().stream().map(Member::toString).toList();
  }

  /**
   * Begins a new cluster with it. What was there is kept beside.
   *
   * @return where the old files are
   */
  public Path carryOut() throws StartException {
    Path store = dataDir.resolve("store");
    Path old = dataDir.resolve("store.before-recovery-" + revision());
    move(store, old);
    try {
      Restoration.into(dataDir, survivor.image());
      return old;
    } catch (StartException e) {
      throw new StartException(e.getMessage() + "; the old files are in " + old);
    }
  }

  private static void move(Path from, Path to) throws StartException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartException("cannot rename " + from + " to " + to + ": " + e);
    }
  }
}
