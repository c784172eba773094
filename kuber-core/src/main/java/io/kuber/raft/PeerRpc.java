package io.kuber.raft;

import com.google.common.net.HostAndPort;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/**
 * The way to other servers: gRPC, with certificates on both sides. A store that is alone never
 * loads this class, nor what is behind it.
 */
final class PeerRpc implements AutoCloseable {
  private final ClientId client;
  private final RaftProperties settings;
  private final Parameters parameters;
  private final Map<RaftPeerId, String> addresses = new ConcurrentHashMap<>();
  private RaftClientRpc rpc;

  PeerRpc(Peering peering, ClientId client, RaftProperties settings, DiskGate gate) {
    HostAndPort address = peering.listens();
    RaftConfigKeys.Rpc.setType(settings, new PeerTransport());
    GrpcConfigKeys.Server.setHost(settings, address.getHost());
    GrpcConfigKeys.Server.setPort(settings, address.getPort());
    this.client = client;
    this.settings = settings;
    this.parameters = new Parameters();
    GrpcConfigKeys.TLS.setConf(
        parameters, new GrpcTlsConfig(peering.trust().keys(), peering.trust().authority(), true));
    GrpcConfigKeys.Server.setServicesCustomizer(
        parameters,
        (builder, services) -> builder.intercept(gate).callExecutor(new AppendingInPlace()));
    this.rpc = connect();
  }

  private RaftClientRpc connect() {
    return new GrpcFactory(parameters).newRaftClientRpc(client, settings);
  }

  /** What the server of Ratis needs to speak the same. */
  Parameters parameters() {
    return parameters;
  }

  /** Learns where peers are; connections to former addresses end. */
  private synchronized RaftClientRpc rpc(Collection<RaftPeer> peers) throws IOException {
    boolean moved = false;
    for (RaftPeer peer : peers) {
      String before = addresses.put(peer.getId(), peer.getAddress());
      moved |= before != null && !before.equals(peer.getAddress());
    }
    if (moved) {
      rpc.close();
      rpc = connect();
    }
    rpc.addRaftPeers(peers);
    return rpc;
  }

  /** Sends a write; its place among others is not kept. */
  CompletableFuture<RaftClientReply> send(RaftClientRequest request, Collection<RaftPeer> peers) {
    try {
      RaftClientRpc known = rpc(peers);
      return known
          .sendRequestAsyncUnordered(request)
          .whenComplete((reply, failure) -> noteFailure(known, request, failure));
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Asks and waits for the answer, at most {@link RatisSettings#CALL_LIMIT}. */
  RaftClientReply ask(RaftClientRequest request, Collection<RaftPeer> peers) throws IOException {
    RaftClientRpc known = rpc(peers);
    try {
      return known.sendRequest(request);
    } catch (IOException e) {
      noteFailure(known, request, e);
      throw e;
    } catch (RuntimeException e) {
      // gRPC says so when a call does not come through at all.
      noteFailure(known, request, e);
      throw new IOException("no answer from " + request.getServerId() + ": " + e.getMessage(), e);
    }
  }

  /** Connects anew at the next call instead of after gRPC's growing pauses. */
  private static void noteFailure(RaftClientRpc rpc, RaftClientRequest request, Throwable failure) {
    if (failure != null) {
      rpc.handleException(request.getServerId(), failure, true);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    rpc.close();
  }
}
