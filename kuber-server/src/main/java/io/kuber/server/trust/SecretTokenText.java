package io.kuber.server.trust;

import io.kuber.access.SecretClaims;
import io.kuber.access.TokenClaims.Ref;
import io.kuber.access.User;
import io.kuber.object.Tree;
import java.util.Optional;

/**
 * What tokens that Secrets keep say, in the names that Kubernetes has for it
 * (pkg/serviceaccount/legacy.go).
 */
final class SecretTokenText {
  private static final String ISSUER = "kubernetes/serviceaccount";
  private static final String NAMESPACE = "kubernetes.io/serviceaccount/namespace";
  private static final String SECRET = "kubernetes.io/serviceaccount/secret.name";
  private static final String ACCOUNT = "kubernetes.io/serviceaccount/service-account.name";
  private static final String UID = "kubernetes.io/serviceaccount/service-account.uid";

  private SecretTokenText() {}

  static Tree of(SecretClaims claims) {
    return Tree.of(
        "iss",
        ISSUER,
        NAMESPACE,
        claims.namespace(),
        SECRET,
        claims.secret(),
        ACCOUNT,
        claims.account().name(),
        UID,
        claims.account().uid(),
        "sub",
        User.serviceAccountName(claims.namespace(), claims.account().name()));
  }

  /** The claims of a token under a good signature; empty where one is missing. */
  static Optional<SecretClaims> parse(Tree said) {
    SecretClaims claims =
        new SecretClaims(
            said.text(NAMESPACE), said.text(SECRET), new Ref(said.text(ACCOUNT), said.text(UID)));
    Ref account = claims.account();
    boolean whole =
        said.text("iss").equals(ISSUER)
            && said.text("sub").equals(User.serviceAccountName(claims.namespace(), account.name()))
            && !claims.namespace().isEmpty()
            && !claims.secret().isEmpty()
            && !account.name().isEmpty()
            && !account.uid().isEmpty();
    return whole ? Optional.of(claims) : Optional.empty();
  }
}
