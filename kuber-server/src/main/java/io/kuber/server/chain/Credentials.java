package io.kuber.server.chain;

import io.kuber.access.Access;
import io.kuber.access.Authentication.Known;
import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Peer;
import io.kuber.http.Request;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who a request is from: the subject of a client certificate, whose common name is the user and
 * whose organizations are the groups (k8s.io/apiserver, pkg/authentication/request/x509), or,
 * behind it, whose token is shown.
 */
public final class Credentials {
  private Credentials() {}

  /**
   * The user whose credentials a request shows; empty where it shows none.
   *
   * @throws ApiException when they do not hold
   */
  public static Optional<User> of(Request request, Access access) {
    Peer peer = request.peer();
    if (!peer.certificates().isEmpty()) {
      return Optional.of(user(peer.certificates().get(0)));
    }
    if (peer.distrust().isPresent()) {
      throw unauthorized();
    }
    return BearerToken.isShown(request) ? Optional.of(bearer(request, access)) : Optional.empty();
  }

  private static User bearer(Request request, Access access) {
    String token = BearerToken.of(request).orElseThrow(Credentials::unauthorized);
    if (access.authenticator().authenticate(token, access.issuer().audiences())
        instanceof Known known) {
      return known.user();
    }
    throw unauthorized();
  }

  /** No reason is given, as upstream: it would help nobody but who guesses. */
  public static ApiException unauthorized() {
    return new ApiException(StatusReason.UNAUTHORIZED, "Unauthorized");
  }

  /**
   * The user whom a certificate names, whether or not it counts.
   *
   * @throws ApiException when it names none
   */
  public static User user(X509Certificate certificate) {
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
