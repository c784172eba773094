package io.kuber.server.join;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnPath;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.User;

/**
 * Anybody may ask to join: a machine that does is nobody yet, and its token is for {@link JoinDesk}
 * to look at. All else is for others to allow.
 */
public final class OpenDoor implements Authorizer {
  private static final Deed ASKING = new OnPath("post", "/" + JoinDesk.PATH);

  /** One that looks at the path alone. */
  public OpenDoor() {}

  @Override
  public Ruling rule(User user, Deed deed) {
    return deed.equals(ASKING) ? Ruling.ALLOWED : Ruling.REFUSED;
  }

  @Override
  public Rights rights(User user, String namespace) {
    return Rights.NONE;
  }
}
