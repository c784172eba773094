package io.kuber.boot;

import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.object.Tree;
import io.kuber.raft.Member;
import io.kuber.raft.PeerTrust;
import io.kuber.raft.Peering;
import io.kuber.raft.RaftStore;
import io.kuber.server.chain.RequestHandler;
import io.kuber.server.join.JoinDesk;
import io.kuber.server.join.JoinGrant;
import io.kuber.server.member.Contact;
import io.kuber.server.member.ServersRoute;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.PeerIdentity;
import io.kuber.server.trust.RenewedKeys;
import io.kuber.server.trust.SharedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server with peers has and does beyond one that is alone: a way in, certificates for peers,
 * paths about servers, and an eye on whether there is a leader.
 */
final class Peers implements CertificateCare.Part {
  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ClusterOptions options;
  private final ServerPlace place;
  private final @Nullable Joining joining;
  private final @Nullable UUID group;

  /** What is shown to other servers, once there is a log to share with them. */
  private volatile @Nullable RenewedKeys keys;

  private Peers(
      ClusterOptions options, ServerPlace place, @Nullable Joining joining, @Nullable UUID group) {
    this.options = options;
    this.place = place;
    this.joining = joining;
    this.group = group;
  }

  /** Asks to be let in where that has to be; afterwards the keys of the cluster are in place. */
  static Peers find(ClusterOptions options, ServerPlace place, Progress progress) throws Exception {
    Joining joining = Joining.of(options, place);
    UUID group =
        joining == null
            ? null
            : progress.step("asking " + joining.server() + " to be let in", joining::letIn);
    return new Peers(options, place, joining, group);
  }

  /** How the store meets its peers. */
  Peering peering(Instant now) throws IOException {
    PeerIdentity identity = identity(now);
    RenewedKeys own = new RenewedKeys(identity.own());
    try {
      PeerTrust given =
          PeerTrust.of(
              identity.own().key(), List.of(identity.own().certificate()), identity.authority());
      PeerTrust trust = new PeerTrust(own, given.authority());
      keys = own;
      Peering peering =
          Peering.of(
              place.name(), place.peerAddress(), place.address() + ":" + options.port(), trust);
      return group == null ? peering : peering.joining(group);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates for peers cannot be used: " + e.getMessage(), e);
    }
  }

  private PeerIdentity identity(Instant now) throws IOException {
    return PeerIdentity.open(options.pki(), place.address(), now);
  }

  /** Shows other servers a new certificate when it is time for it. */
  @Override
  public void look(Instant now) throws IOException {
    RenewedKeys own = keys;
    if (own == null) {
      return;
    }
    Identity next = identity(now).own();
    if (!next.certificate().equals(own.shown().certificate())) {
      own.show(next);
      LOG.info(
          "other servers are shown a new certificate, good until {}",
          next.certificate().getNotAfter().toInstant());
    }
  }

  /** What is answered besides the API. */
  Map<String, RequestHandler> routes(RaftStore store, Loops loops) {
    JoinDesk desk =
        new JoinDesk(
            store::latest,
            () -> store.members().list().stream().map(Member::name).toList(),
            () -> grant(store),
            loops.clock());
    return Map.of(JoinDesk.PATH, desk, ServersRoute.PATH, new ServersRoute(store.members()));
  }

  private JoinGrant grant(RaftStore store) {
    try {
      return new JoinGrant(store.members().group(), Tree.ofTexts(SharedKeys.read(options.pki())));
    } catch (IOException e) {
      throw new UncheckedIOException("the keys of the cluster cannot be read", e);
    }
  }

  /** Watches, on a loop of its own, whether there is a leader. */
  static Contact contact(RaftStore store, Loops loops) {
    Contact contact = new Contact(store.members()::quorum);
    Loop loop = loops.loop("contact");
    loop.execute(() -> look(contact, loops, loop));
    return contact;
  }

  private static void look(Contact contact, Loops loops, Loop loop) {
    contact.look(loops.clock().instant());
    loop.schedule(LOOK, () -> look(contact, loops, loop));
  }

  /** Asks to be added to the cluster that this server joins; nothing for others. */
  void enter(Member self, ClusterTrust trust, Progress progress) throws Exception {
    if (joining != null) {
      progress.step("being added to the cluster", () -> joining.enter(self, trust));
    }
  }
}
