package io.kuber.boot;

import io.kuber.http.HttpServer;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Kubeconfig;
import io.kuber.server.trust.ServerNames;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the API server shows and the kubeconfig says, kept young. Owned by the loop of {@link
 * CertificateCare}.
 */
final class ShownTrust implements CertificateCare.Part {
  private static final Logger LOG = LoggerFactory.getLogger(ShownTrust.class);

  private final Path pki;
  private final ServerNames reached;
  private final List<X509Certificate> proxies;
  private final HttpServer server;
  private final InstantSource clock;
  private final Path kubeconfig;
  private final String address;
  private ClusterTrust shown;

  /**
   * Looks after what is shown already.
   *
   * @param pki where the certificates are
   * @param reached by what the API server is reached
   * @param proxies who may vouch for proxies in front
   * @param address what the kubeconfig says of it
   */
  ShownTrust(
      Path pki,
      ServerNames reached,
      List<X509Certificate> proxies,
      HttpServer server,
      InstantSource clock,
      Path kubeconfig,
      String address,
      ClusterTrust shown) {
    this.pki = pki;
    this.reached = reached;
    this.proxies = proxies;
    this.server = server;
    this.clock = clock;
    this.kubeconfig = kubeconfig;
    this.address = address;
    this.shown = shown;
  }

  @Override
  public void look(Instant now) throws IOException {
    ClusterTrust next = ClusterTrust.open(pki, reached, now);
    if (next.shows(shown)) {
      return;
    }
    server.show(ApiListener.tls(next, List.of(next.authority().certificate()), proxies, clock));
    Kubeconfig.write(kubeconfig, address, next);
    shown = next;
    LOG.info(
        "the API server shows a new certificate, good until {}; {} is new as well",
        next.server().certificate().getNotAfter().toInstant(),
        kubeconfig);
  }
}
