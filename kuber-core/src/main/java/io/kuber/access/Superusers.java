package io.kuber.access;

/**
 * Members of {@code system:masters} may do everything, whatever roles say; nobody else may do
 * anything (apiserver, pkg/authorization/authorizerfactory, NewPrivilegedGroups).
 */
public final class Superusers implements Authorizer {
  /** One that decides by the groups of the user alone. */
  public Superusers() {}

  @Override
  public Ruling rule(User user, Deed deed) {
    return isOne(user) ? Ruling.ALLOWED : Ruling.REFUSED;
  }

  @Override
  public Rights rights(User user, String namespace) {
    return isOne(user) ? Rights.ALL : Rights.NONE;
  }

  /** Whether the user may do everything. */
  public static boolean isOne(User user) {
    return user.groups().contains(User.MASTERS);
  }
}
