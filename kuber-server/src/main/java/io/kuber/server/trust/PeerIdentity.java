package io.kuber.server.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * How servers know each other: an authority that issues certificates to servers and to nobody else,
 * so that no client or node can speak to the log, and the certificate of this one.
 *
 * @param authority shared by all servers
 * @param own is good for both sides of a connection, at one address
 */
public record PeerIdentity(X509Certificate authority, Identity own) {
  private static final String AUTHORITY = "peer-ca";
  private static final String OWN = "peer";

  /**
   * Reads what a directory holds, and makes what is missing, due for a new one, or was for another
   * address.
   *
   * @param address the IP address under which the other servers reach this one
   * @throws IOException when a file cannot be read, written or understood; the message names it
   */
  public static PeerIdentity open(Path directory, String address, Instant now) throws IOException {
    PkiDirectory files = PkiDirectory.at(directory);
    try {
      CertificateAuthority authority = files.authority(AUTHORITY, "kuber-peers", now);
      Identity own = authority.recognised(files.young(OWN, now));
      if (own == null || !own.covers(List.of(address))) {
        own = authority.issuePeer("kuber-server", address);
        files.write(OWN, own);
      }
      return new PeerIdentity(authority.identity().certificate(), own);
    } catch (GeneralSecurityException e) {
      throw files.unusable(e);
    }
  }
}
