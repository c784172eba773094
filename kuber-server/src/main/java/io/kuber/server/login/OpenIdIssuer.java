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
 * @param tls believes who vouches for it
 */
record OpenIdIssuer(URI url, URI discovery, List<String> audiences, SSLContext tls) {
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /** Copies the list. */
  OpenIdIssuer {
    audiences = List.copyOf(audiences);
  }

  /** Where an issuer tells of itself unless something else is said. */
  static URI discovery(URI url) {
    String base = url.toString();
    return URI.create(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + DISCOVERY);
  }
}
