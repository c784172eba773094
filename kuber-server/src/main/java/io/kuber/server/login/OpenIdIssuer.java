package io.kuber.server.login;

import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Who makes tokens, and for whom.
 *
 * @param url an https URL, exactly as the tokens have it
 * @param discovery where it tells of itself
 * @param audiences of which a token has to have one
 * @param authority certificates of who vouches for it, in PEM; empty for those whom the JDK
 *     believes, or a file names
 * @param tls believes who vouches for it
 */
record OpenIdIssuer(
    URI url, URI discovery, List<String> audiences, String authority, SSLContext tls) {
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /** Copies the list. */
  OpenIdIssuer {
    audiences = List.copyOf(audiences);
  }

  /** Whether the keys of the other are those of this one. */
  boolean hasTheKeysOf(OpenIdIssuer other) {
    return url.equals(other.url)
        && discovery.equals(other.discovery)
        && authority.equals(other.authority);
  }

  /** Where an issuer tells of itself unless something else is said. */
  static URI discovery(URI url) {
    String base = url.toString();
    return URI.create(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + DISCOVERY);
  }
}
