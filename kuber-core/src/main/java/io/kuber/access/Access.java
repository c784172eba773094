package io.kuber.access;

/**
 * Who is who, and who may do what.
 *
 * @param authenticator knows whose tokens there are
 * @param issuer makes more of them
 * @param authorizer knows what their bearers may do
 */
public record Access(Authenticator authenticator, TokenIssuer issuer, Authorizer authorizer) {
  /** No tokens, and rights for administrators only. */
  public static Access ofAdministrators() {
    return new Access(Authenticator.NONE, TokenIssuer.NONE, new AdministratorsOnly());
  }
}
