package io.kuber.server.trust;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;

/**
 * What a server beside the cluster shows, such as a webhook, and who vouches for it; in memory
 * alone.
 *
 * @param authority made for this server
 * @param server its certificate and key
 */
public record ServerTrust(Identity authority, Identity server) {
  /** A new authority, and a certificate for a server that is reached at these IP addresses. */
  public static ServerTrust create(String commonName, List<String> addresses, Instant now)
      throws GeneralSecurityException {
    CertificateAuthority authority = CertificateAuthority.create(commonName + "-ca", now);
    return new ServerTrust(
        authority.identity(), authority.issueServer(commonName, List.of(), addresses));
  }
}
