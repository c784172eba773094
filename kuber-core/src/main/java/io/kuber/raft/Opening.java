package io.kuber.raft;

import io.kuber.loop.Entropy;
import io.kuber.raft.log.Configuration;
import io.kuber.raft.log.DamageException;
import io.kuber.raft.log.Inspection;
import io.kuber.raft.log.Snapshot;
import io.kuber.raft.log.StoreDirectory;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that was looked through and found good, before Ratis sees it.
 *
 * @param self what this server is from now on
 * @param snapshot what to go on from
 * @param before who the members were when it was open last
 */
record Opening(
    StoreDirectory directory,
    Member self,
    Optional<Snapshot> snapshot,
    List<Member> before,
    Space space) {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  /** Takes the directory; throws {@link StoreException} with what to do when it cannot be used. */
  static Opening of(RaftConfig config, Entropy entropy) {
    Peering peering = config.peering();
    try {
      StoreDirectory directory =
          StoreDirectory.open(
              config.directory(), peering == null ? null : peering.joins(), entropy);
      try {
        return of(directory, peering);
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
    } catch (DamageException e) {
      throw failure(config, e.getMessage() + wayOut(config), e);
    } catch (IOException e) {
      throw failure(config, String.valueOf(e.getMessage()), e);
    }
  }

  private static Opening of(StoreDirectory directory, @Nullable Peering peering)
      throws IOException {
    Space space = new Space(directory);
    space.makeRoom();
    List<Member> before = Configuration.of(directory).stream().map(Peers::member).toList();
    Opening opening =
        new Opening(directory, self(directory, peering), Inspection.of(directory), before, space);
    if (peering == null && opening.hasOthers()) {
      throw new IOException(
          "it belongs to a cluster of "
              + before
              + "; start the server with its address for peers, or, if the others are gone for"
              + " good, run: kuber server recover");
    }
    return opening;
  }

  private static Member self(StoreDirectory directory, @Nullable Peering peering) {
    String id = directory.peer();
    return peering == null
        ? new Member(id, id, "", "")
        : new Member(id, peering.name(), peering.peerAddress(), peering.clientAddress());
  }

  /** Whether there were other members. */
  boolean hasOthers() {
    return before.stream().anyMatch(member -> !member.id().equals(self.id()));
  }

  private static String wayOut(RaftConfig config) {
    return config.peering() == null
        ? "; restore the directory from a backup"
        : "; the other servers have all that was acknowledged: on one of them run kuber server"
            + " remove "
            + config.peering().name()
            + ", here remove "
            + config.directory()
            + " and join again";
  }

  static StoreException failure(RaftConfig config, String why, Throwable cause) {
    return cause instanceof StoreException known
        ? known
        : new StoreException(
            "cannot open the store in " + config.directory() + ": " + why, false, cause);
  }

  /** Gives the directory back when opening went wrong. */
  void abandon() {
    try {
      directory.close();
    } catch (IOException e) {
      LOG.warn("could not release {}", directory, e);
    }
  }
}
