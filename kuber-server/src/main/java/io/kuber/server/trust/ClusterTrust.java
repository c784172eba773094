package io.kuber.server.trust;

import io.kuber.access.CertificateIssuer;
import io.kuber.access.User;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The certificates of a cluster: of its authority, the API server and the administrator.
 *
 * <p>Kept as PEM files under {@code <data-dir>/pki}, which other tools can read.
 */
public final class ClusterTrust {
  private static final Duration YEAR = Duration.ofDays(365);

  private final Identity authority;
  private final Identity server;
  private final Identity admin;

  private ClusterTrust(Identity authority, Identity server, Identity admin) {
    this.authority = authority;
    this.server = server;
    this.admin = admin;
  }

  /** The same below the usual domain, for IP addresses under which the API server is reached. */
  public static ClusterTrust open(Path directory, List<String> addresses, Instant now)
      throws IOException {
    return open(directory, ServerNames.standard(addresses), now);
  }

  /**
   * Reads the certificates of a directory, or makes them where they are missing or a new one is
   * due.
   *
   * @param reached by what the API server is reached; a certificate that lacks some is made anew
   * @throws IOException when a file cannot be read, written or understood; the message names it
   */
  public static ClusterTrust open(Path directory, ServerNames reached, Instant now)
      throws IOException {
    PkiDirectory files = PkiDirectory.at(directory);
    try {
      CertificateAuthority authority = files.authority("ca", "kuber", now);
      Identity server = authority.recognised(files.young("apiserver", now));
      if (server == null || !server.covers(reached.all())) {
        server = authority.issueServer("kube-apiserver", reached.names(), reached.addresses());
        files.write("apiserver", server);
      }
      Identity admin = authority.recognised(files.young("admin", now));
      if (admin == null) {
        admin = authority.issueClient("kubernetes-admin", List.of("system:masters"));
        files.write("admin", admin);
      }
      return new ClusterTrust(authority.identity(), server, admin);
    } catch (GeneralSecurityException e) {
      throw files.unusable(e);
    }
  }

  /** Whether all is as there. */
  public boolean shows(ClusterTrust other) {
    return server.certificate().equals(other.server.certificate())
        && admin.certificate().equals(other.admin.certificate())
        && authority.certificate().equals(other.authority.certificate());
  }

  /** The cluster's certificate authority. */
  public Identity authority() {
    return authority;
  }

  /** Signs what others have requested, in the name of the cluster's authority. */
  public CertificateIssuer issuing(InstantSource clock) {
    return new SigningAuthority(() -> authority, clock);
  }

  /** What the API server shows to its clients. */
  public Identity server() {
    return server;
  }

  /** A client certificate of group {@code system:masters}. */
  public Identity admin() {
    return admin;
  }

  /** What a node shows to those who ask it directly: a certificate for its name and addresses. */
  public Identity node(String name, List<String> addresses, Instant now) throws IOException {
    try {
      return new CertificateAuthority(authority, now)
          .issueServer("system:node:" + name, List.of(name, "localhost"), addresses);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a certificate for node " + name, e);
    }
  }

  /** What the API server shows to nodes, as kubeadm's apiserver-kubelet-client; not kept. */
  public Identity clientOfNodes(Instant now) throws IOException {
    try {
      return new CertificateAuthority(authority, now)
          .issueClient("kube-apiserver-kubelet-client", List.of(User.MASTERS), YEAR);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a certificate for the way to nodes", e);
    }
  }

  /** TLS of a client that is the administrator and believes this cluster alone. */
  public SSLContext adminTls() throws IOException {
    try {
      return ClientTls.showing(admin, authority.certificate());
    } catch (GeneralSecurityException e) {
      throw new IOException("the administrator's certificate cannot be used: " + e.getMessage(), e);
    }
  }
}
