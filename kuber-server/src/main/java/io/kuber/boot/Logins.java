package io.kuber.boot;

import com.google.common.collect.ImmutableList;
import io.kuber.access.Authenticator;
import io.kuber.access.Authenticators;
import io.kuber.access.PlainTokens;
import io.kuber.access.Strangers;
import io.kuber.boot.FrontOptions.Front;
import io.kuber.server.join.BootstrapUsers;
import io.kuber.server.join.JoinDesk;
import io.kuber.store.Store;
import java.time.InstantSource;
import java.util.List;

/**
 * Who may come in, ready to be asked.
 *
 * @param anonymous whether one may come without credentials
 * @param first whose tokens are tried before those of service accounts
 * @param last whose tokens are tried after all that the cluster has made itself
 * @param front proxies that tell of users
 */
record Logins(boolean anonymous, List<Authenticator> first, List<Authenticator> last, Front front) {
  /** Nobody but those whom every cluster lets in. */
  static final Logins STANDARD = new Logins(true, List.of(), List.of(), Front.NONE);

  /** Copies the lists. */
  Logins {
    first = List.copyOf(first);
    last = List.copyOf(last);
  }

  /** New servers have a token of another kind, and no credentials yet. */
  Strangers strangers() {
    return anonymous ? Strangers.WELCOME : Strangers.onlyAt("/" + JoinDesk.PATH);
  }

  /**
   * All tokens in the order in which they are tried, which is that of the API server upstream.
   *
   * @param accounts knows those of service accounts
   * @param store has those for bootstrapping
   */
  Authenticator tokens(Authenticator accounts, Store store, InstantSource clock) {
    Authenticator bootstrap = new PlainTokens(new BootstrapUsers(store::image, clock));
    return new Authenticators(
        ImmutableList.<Authenticator>builder()
            .addAll(first)
            .add(accounts, bootstrap)
            .addAll(last)
            .build());
  }
}
