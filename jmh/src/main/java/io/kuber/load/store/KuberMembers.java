package io.kuber.load.store;

import io.kuber.load.store.LoadOptions.Through;
import io.kuber.loop.ThreadLoops;
import io.kuber.raft.PeerTrust;
import io.kuber.raft.Peering;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import io.kuber.server.trust.PeerIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * kuber's store in this process, which leads at first; its peers are processes of their own,
 * reached over TLS as in production. A store that is alone listens to nobody.
 */
final class KuberMembers implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long JOIN_SECONDS = 60;

  private final ThreadLoops loops = new ThreadLoops();
  private final List<PeerProcess> peers = new ArrayList<>();
  private final RaftStore store;

  private KuberMembers(RaftConfig config) {
    store = RaftStore.open(config, loops);
  }

  /** Starts {@code count} servers under a directory of their own. */
  static KuberMembers start(Path directory, int count) throws Exception {
    Path trust = directory.resolve("pki");
    Path own = directory.resolve("m0");
    if (count == 1) {
      return new KuberMembers(config(own));
    }
    List<Integer> ports = FreePorts.find(count);
    KuberMembers members =
        new KuberMembers(config(own, peering(trust, "m0", HOST + ":" + ports.get(0))));
    try {
      for (int i = 1; i < count; i++) {
        members.join(directory, trust, "m" + i, HOST + ":" + ports.get(i));
      }
      return members;
    } catch (Exception e) {
      members.close();
      throw e;
    }
  }

  private void join(Path directory, Path trust, String name, String address) throws Exception {
    PeerProcess peer =
        PeerProcess.start(directory.resolve(name), trust, name, address, store.members());
    peers.add(peer);
    store.members().add(peer.member()).toCompletableFuture().get(JOIN_SECONDS, TimeUnit.SECONDS);
  }

  private static RaftConfig config(Path directory) {
    return RaftConfig.of(directory, (text, cause) -> System.err.println(text + ": " + cause));
  }

  static RaftConfig config(Path directory, Peering peering) {
    return config(directory).withPeering(peering);
  }

  /** All servers show the same certificate, which is kept in {@code trust}. */
  static Peering peering(Path trust, String name, String address)
      throws IOException, GeneralSecurityException {
    PeerIdentity identity = PeerIdentity.open(trust, HOST, Instant.now());
    return Peering.of(
        name,
        address,
        "",
        PeerTrust.of(
            identity.own().key(), List.of(identity.own().certificate()), identity.authority()));
  }

  /** A client of the server in this process, which leads or follows. */
  StoreUnderLoad client(Through through) throws Exception {
    if (through == Through.FOLLOWER) {
      store.members().transfer("m1").toCompletableFuture().get(JOIN_SECONDS, TimeUnit.SECONDS);
    }
    return new KuberStore(store);
  }

  /** The same, to be asked for more than load is made of. */
  RaftStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
    peers.forEach(PeerProcess::close);
    loops.close();
  }
}
