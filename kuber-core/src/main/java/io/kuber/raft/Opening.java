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
 * @param others the other members, as they were when it was open last, or as whoever joins was told
 */
record Opening(
    StoreDirectory directory,
    Member self,
    Optional<Snapshot> snapshot,
    List<Member> others,
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
        return of(directory, config);
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

  private static Opening of(StoreDirectory directory, RaftConfig config) throws IOException {
    Peering peering = config.peering();
    Space space = new Space(directory);
    space.makeRoom();
    Member self = self(directory, peering);
    List<Member> before = Configuration.of(directory).stream().map(Peers::member).toList();
    List<Member> others = before.stream().filter(one -> !one.id().equals(self.id())).toList();
    if (!others.isEmpty()) {
      checkAddress(self, before);
    } else if (peering != null) {
      others = peering.known();
    }
    return new Opening(directory, self, Inspection.of(directory, config.sealing()), others, space);
  }

  /** Servers that run keep the address that they have heard first. */
  private static void checkAddress(Member self, List<Member> before) throws IOException {
    if (self.peerAddress().isEmpty()) {
      throw new IOException(
          "it belongs to a cluster of "
              + before
              + "; start the server with its address for peers, or, if the others are gone for"
              + " good, run: kuber server recover");
    }
    for (Member known : before) {
      if (known.id().equals(self.id()) && !known.peerAddress().equals(self.peerAddress())) {
        throw new IOException(
            "the other servers know this one as "
                + known
                + ", not at "
                + self.peerAddress()
                + "; to move it, run kuber server remove "
                + known.name()
                + " on another one and join again with an empty directory");
      }
    }
  }

  private static Member self(StoreDirectory directory, @Nullable Peering peering) {
    String id = directory.peer();
    return peering == null
        ? new Member(id, id, "", "")
        : new Member(id, peering.name(), peering.peerAddress(), peering.clientAddress());
  }

  /** Whether there were other members. */
  boolean hasOthers() {
    return !others.isEmpty();
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
