package io.kuber.boot;

import com.google.common.collect.ImmutableSortedMap;
import io.kuber.boot.ServerPlace.Join;
import io.kuber.raft.Member;
import io.kuber.server.join.JoinClient;
import io.kuber.server.join.JoinException;
import io.kuber.server.join.JoinGrant;
import io.kuber.server.member.ServersRoute;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.SharedKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a new server gets into a cluster: it is let in and given keys, starts its log, and asks to be
 * added. A file remembers the cluster in between, so that the command can be repeated.
 */
final class Joining {
  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

  private final ClusterOptions options;
  private final ServerPlace place;
  private final Join join;
  private final Path marker;

  private Joining(ClusterOptions options, ServerPlace place, Join join) {
    this.options = options;
    this.place = place;
    this.join = join;
    this.marker = marker(options);
  }

  /**
   * What is to be done to join; null when nothing is: the server begins a cluster, or is a member
   * since an earlier start.
   *
   * @throws StartException when an earlier attempt has not come to its end
   */
  static @Nullable Joining of(ClusterOptions options, ServerPlace place) throws StartException {
    boolean underWay = Files.exists(marker(options));
    boolean isMember = Files.exists(options.store().resolve("identity")) && !underWay;
    if (isMember) {
      place
          .join()
          .ifPresent(join -> LOG.info("this server is a member already; --join is not looked at"));
      return null;
    }
    if (place.join().isEmpty() && underWay) {
      throw new StartException(
          options.dataDir()
              + " belongs to a server that was not added to its cluster yet; say --join and --token"
              + " again, or choose another directory with --data-dir");
    }
    return place.join().map(join -> new Joining(options, place, join)).orElse(null);
  }

  /** Whom it asks. */
  URI server() {
    return join.server();
  }

  /** Is let in, or was before; returns the id of the log. */
  UUID letIn() throws StartException, InterruptedException, IOException {
    if (Files.exists(marker)) {
      return UUID.fromString(Files.readString(marker).strip());
    }
    try {
      JoinGrant grant = JoinClient.ask(join.server(), join.token(), place.name());
      SharedKeys.write(options.pki(), ImmutableSortedMap.copyOf(grant.keys().texts()));
      Files.writeString(marker, grant.group() + "\n");
      return grant.group();
    } catch (JoinException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /** Asks to be added, which ends once this server has caught up. */
  boolean enter(Member self, ClusterTrust trust)
      throws StartException, InterruptedException, IOException {
    try {
      JoinClient.enter(
          join.server(), ServersRoute.PATH, trust.adminTls(), ServersRoute.joining(self));
      Files.deleteIfExists(marker);
      return true;
    } catch (JoinException e) {
      throw new StartException(e.getMessage() + "; the same command can be run again");
    }
  }

  private static Path marker(ClusterOptions options) {
    return options.dataDir().resolve("joining");
  }
}
