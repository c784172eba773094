package io.kuber.access;

import java.util.function.Supplier;

/**
 * Who is who, and who may do what.
 *
 * @param authenticator knows whose tokens there are
 * @param welcome where one may come without credentials now
 * @param issuer makes more tokens
 * @param certificates makes certificates, which say who somebody is without being asked for
 * @param authorizer knows what their bearers may do
 */
public record Access(
    Authenticator authenticator,
    Supplier<Strangers> welcome,
    TokenIssuer issuer,
    CertificateIssuer certificates,
    Authorizer authorizer) {
  /** One without certificates, where strangers may come. */
  public Access(Authenticator authenticator, TokenIssuer issuer, Authorizer authorizer) {
    this(authenticator, () -> Strangers.WELCOME, issuer, CertificateIssuer.NONE, authorizer);
  }

  /** Where one may come without credentials now. */
  public Strangers strangers() {
    return welcome.get();
  }

  /** No tokens, and rights for administrators only. */
  public static Access ofAdministrators() {
    return new Access(Authenticator.NONE, TokenIssuer.NONE, new AdministratorsOnly());
  }
}
