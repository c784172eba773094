package io.kuber.boot;

import io.kuber.client.Client;
import io.kuber.http.ClientTrust;
import io.kuber.http.LocalServer;
import io.kuber.http.Peer;
import io.kuber.server.chain.Credentials;
import io.kuber.server.trust.ClientCertificates;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where clients of this process come in that show a certificate: with the rights of whom it names,
 * and for as long as it is valid by the clock of the server; then they get 401, as over the
 * network. For any thread.
 */
public final class CertifiedDoor {
  private final ControlPlane plane;
  private final ClientCertificates certificates;
  private final InstantSource clock;
  private final Function<Supplier<Peer>, LocalServer> serving;

  /**
   * A door to one server.
   *
   * @param certificates whose authority vouches for clients
   * @param clock of the server
   * @param serving starts to take HTTP requests of the one who is told for each of them
   */
  CertifiedDoor(
      ControlPlane plane,
      ClientCertificates certificates,
      InstantSource clock,
      Function<Supplier<Peer>, LocalServer> serving) {
    this.plane = plane;
    this.certificates = certificates;
    this.clock = clock;
    this.serving = serving;
  }

  /** kuber's own client, which shows a certificate. */
  public Client client(X509Certificate shown) {
    return new CertifiedClient(plane.client(Credentials.user(shown)), peers(shown));
  }

  /** Takes HTTP requests of a client that shows a certificate. */
  public LocalServer server(X509Certificate shown) {
    return serving.apply(peers(shown));
  }

  private Supplier<Peer> peers(X509Certificate shown) {
    return new ClientTrust(List.of(certificates.authority()), clock)
        .peers(LocalServer.ADDRESS, List.of(shown));
  }
}
