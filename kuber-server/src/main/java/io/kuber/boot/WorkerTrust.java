package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.client.Client;
import io.kuber.client.remote.ApiLine;
import io.kuber.client.remote.ApiServers;
import io.kuber.client.remote.RemoteClient;
import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.loop.Loops;
import io.kuber.node.endpoint.NodeGate;
import io.kuber.node.endpoint.ReviewedAccess;
import io.kuber.node.join.Certifying;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.NodeKeys;
import io.kuber.server.trust.RenewedKeys;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * As whom a node on a machine of its own asks and answers: as the node, as the proxy of the node,
 * and as the server of its endpoint. Each has a certificate of its own, kept young by the care.
 */
final class WorkerTrust {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final NodeKeys files;
  private final X509Certificate authority;
  private final ApiServers servers;
  private final String name;
  private final Loops loops;
  private final CertificateCare care;
  private final ApiLine node;
  private final ApiLine proxy;
  private final Certifying certifying;

  private WorkerTrust(
      NodeKeys files,
      X509Certificate authority,
      ApiServers servers,
      String name,
      Loops loops,
      CertificateCare care,
      Identity own)
      throws IOException, StartException, InterruptedException {
    this.files = files;
    this.authority = authority;
    this.servers = servers;
    this.name = name;
    this.loops = loops;
    this.care = care;
    this.node = line("node", own, () -> certifying().node());
    this.certifying =
        new Certifying(
            new RemoteClient(node, "kubelet", loops.loop("certificates-of-node")), name, PATIENCE);
    this.proxy =
        line(
            "proxy",
            WorkerIdentity.open("proxy", files, loops.clock().instant(), certifying::proxy),
            certifying::proxy);
  }

  /**
   * The trust of a node that has joined; what else it needs to be certified it asks for.
   *
   * @throws StartException when it has to join again, or is not given what it asks for
   */
  static WorkerTrust of(
      NodeKeys files, ApiServers servers, String name, Loops loops, CertificateCare care)
      throws IOException, StartException, InterruptedException {
    Identity own = files.identity("node", loops.clock().instant()).orElse(null);
    X509Certificate authority = files.authority().orElse(null);
    if (own == null || authority == null) {
      throw new StartException(
          "the certificate of node "
              + name
              + " is gone, or its time is over; give it another with --join and --token, as kuber"
              + " token create --node prints them");
    }
    return new WorkerTrust(files, authority, servers, name, loops, care, own);
  }

  private ApiLine line(String file, Identity first, WorkerIdentity.Source source) {
    RenewedKeys keys = new RenewedKeys(first);
    ApiLine line = new ApiLine(servers, () -> NodeKeys.showing(keys, authority));
    care.add(WorkerIdentity.caredFor(file, files, keys, source, line::renew));
    return line;
  }

  private Certifying certifying() {
    return certifying;
  }

  /** A client that acts as the node, or else as its proxy. */
  Client client(User user, String manager) {
    return new RemoteClient(user.isNode() ? node : proxy, manager, loops.loop(user.name()));
  }

  /** The client of the node itself. */
  Client client() {
    return client(User.node(name), "kubelet");
  }

  /**
   * Opens the endpoint of the node, to those whom the API knows and allows it.
   *
   * @param address by which the node is reached
   */
  HttpServer open(String address, Handler endpoint)
      throws IOException, StartException, InterruptedException {
    WorkerIdentity.Source source = () -> certifying.server(certified(address));
    RenewedKeys keys =
        new RenewedKeys(WorkerIdentity.open("serving", files, loops.clock().instant(), source));
    Handler gate = new NodeGate(name, ReviewedAccess.of(client()), endpoint);
    HttpServer server =
        NodeListener.start(NodeHalf.Entrance.PORT, NodeListener.tls(keys.shown(), authority), gate);
    care.add(
        WorkerIdentity.caredFor(
            "serving",
            files,
            keys,
            source,
            () -> server.show(NodeListener.tls(keys.shown(), authority))));
    return server;
  }

  /** The address of a machine that is a server, too, is the server's. */
  private List<String> certified(String address) {
    boolean isServer = servers.all().stream().map(URI::getHost).anyMatch(address::equals);
    return isServer ? List.of() : List.of(address);
  }
}
