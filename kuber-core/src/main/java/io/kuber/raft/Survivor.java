package io.kuber.raft;

import io.kuber.raft.log.Salvage;
import io.kuber.raft.log.StoreDirectory;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a directory still holds when no quorum will come back: the newest good snapshot and every
 * entry of the log behind it, whether it was acknowledged or not. What other servers had
 * acknowledged without this one is lost.
 *
 * @param image all of it at the revision that it adds up to
 * @param lastEntry the place of the last entry of the log
 * @param members who belonged to the cluster
 */
public record Survivor(TreeImage image, long lastEntry, List<Member> members) {
  /** Copies the list. */
  public Survivor {
    members = List.copyOf(members);
  }

  /**
   * Reads a directory that no process has open, and changes nothing in it.
   *
   * @throws io.kuber.store.StoreException when a process has it open
   */
  public static Survivor read(Path directory) throws IOException {
    try (StoreDirectory files = StoreDirectory.existing(directory)) {
      Salvage.Found found = Salvage.read(files);
      return new Survivor(
          found.image(), found.lastEntry(), found.members().stream().map(Peers::member).toList());
    }
  }
}
