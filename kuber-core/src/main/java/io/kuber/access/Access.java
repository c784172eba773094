package io.kuber.access;

/**
 * Who is who, and who may do what.
 *
 * @param authenticator knows whose tokens there are
 * @param authorizer knows what they may do
 */
public record Access(Authenticator authenticator, Authorizer authorizer) {
  /** No tokens, and rights for administrators only. */
  public static Access ofAdministrators() {
    return new Access(Authenticator.NONE, new AdministratorsOnly());
  }
}
