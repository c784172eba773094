package io.kuber.raft.log;

import io.kuber.store.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through all files of a store before Ratis sees them. Ratis finds damage in some of them,
 * and where a file is missing it waits without end.
 */
public final class Inspection {
  private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

  private Inspection() {}

  /**
   * Repairs what may be repaired, and returns the snapshot to go on from. Where the newest snapshot
   * is damaged, but the log reaches back to an older one, that is it, and the damaged one is put
   * aside.
   *
   * @throws DamageException when the store cannot be used; the message names what is damaged
   */
  public static Optional<Snapshot> of(StoreDirectory directory, Sealing sealing)
      throws IOException {
    LogFiles log = LogFiles.in(directory.segments());
    log.repair();
    SnapshotFiles.Choice choice = SnapshotFiles.in(directory.snapshots()).choose(sealing);
    if (choice.damage().isEmpty()) {
      log.checkBehind(choice.index());
    } else {
      checkFallback(log, choice);
    }
    for (int i = 0; i < choice.damaged().size(); i++) {
      LOG.error("{}", choice.damage().get(i).getMessage());
      putAside(choice.damaged().get(i), directory);
    }
    return choice.snapshot();
  }

  private static void checkFallback(LogFiles log, SnapshotFiles.Choice choice)
      throws DamageException {
    IOException damage = choice.damage().get(0);
    if (log.isEmpty()) {
      throw new DamageException(damage.getMessage() + "; the log before it is gone", damage);
    }
    try {
      log.checkBehind(choice.index());
    } catch (DamageException gap) {
      throw new DamageException(
          damage.getMessage() + "; going on from before it is not possible: " + gap.getMessage(),
          damage);
    }
  }

  private static void putAside(Path snapshot, StoreDirectory directory) throws IOException {
    Path aside = directory.damaged(snapshot);
    Files.move(snapshot, aside, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(snapshot.resolveSibling(snapshot.getFileName() + ".md5"));
    StoreDirectory.syncName(snapshot);
    LOG.warn("put {} aside as {}; going on from an older state and the log", snapshot, aside);
  }
}
