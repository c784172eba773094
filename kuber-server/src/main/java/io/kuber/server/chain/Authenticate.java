package io.kuber.server.chain;

import io.kuber.access.Authentication.Known;
import io.kuber.access.Authenticator;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Peer;
import io.kuber.http.Request;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Finds out who sends the request: the subject of a client certificate, whose common name is the
 * user and whose organizations are the groups (k8s.io/apiserver, pkg/authentication/request/x509),
 * or, behind it, whose token is shown. With neither the request is anonymous; credentials that do
 * not hold are refused.
 */
final class Authenticate implements Link {
  private final Authenticator tokens;

  Authenticate(Authenticator tokens) {
    this.tokens = tokens;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    Peer peer = request.request().peer();
    if (!peer.certificates().isEmpty()) {
      next.handle(request.withUser(user(peer.certificates().get(0))));
    } else if (peer.distrust().isPresent()) {
      throw unauthorized();
    } else if (BearerToken.isShown(request.request())) {
      next.handle(request.withUser(bearer(request.request())));
    } else {
      next.handle(request);
    }
  }

  private User bearer(Request request) {
    String token = BearerToken.of(request).orElseThrow(Authenticate::unauthorized);
    if (tokens.authenticate(token, TokenIssuer.API_AUDIENCES) instanceof Known known) {
      return known.user();
    }
    throw unauthorized();
  }

  /** No reason is given, as upstream: it would help nobody but who guesses. */
  private static ApiException unauthorized() {
    return new ApiException(StatusReason.UNAUTHORIZED, "Unauthorized");
  }

  private static User user(X509Certificate certificate) {
    String name = "";
    List<String> groups = new ArrayList<>();
    for (Rdn part : parts(certificate)) {
      if (part.getType().equalsIgnoreCase("CN")) {
        name = part.getValue().toString();
      } else if (part.getType().equalsIgnoreCase("O")) {
        groups.add(part.getValue().toString());
      }
    }
    if (name.isEmpty()) {
      throw unauthorized();
    }
    groups.add(User.AUTHENTICATED);
    return new User(name, groups);
  }

  private static List<Rdn> parts(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
    } catch (InvalidNameException e) {
      throw unauthorized();
    }
  }
}
