package io.kuber.controller.serviceaccounttoken;

import io.kuber.access.TokenIssuer;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches a Secret with its service account and lets {@link AccountTokenPlanner} decide. */
public final class AccountTokenController implements Controller {
  private final AccountTokenPlanner planner;

  /**
   * Fills Secrets.
   *
   * @param tokens makes the tokens
   * @param certificate of the cluster's authority, in PEM; empty where there is none
   */
  public AccountTokenController(TokenIssuer tokens, String certificate) {
    this.planner = new AccountTokenPlanner(tokens, certificate);
  }

  @Override
  public String name() {
    return "tokens-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.on(Resources.SECRETS, AccountTokenController::secret),
        Trigger.on(Resources.SERVICE_ACCOUNTS, AccountTokenController::secretsOfAccount));
  }

  private static void secret(Change change, View view, Consumer<Key> sink) {
    if (change.states().stream().anyMatch(AccountTokenPlanner::isToken)) {
      sink.accept(change.key());
    }
  }

  private static void secretsOfAccount(Change change, View view, Consumer<Key> sink) {
    Key account = change.key();
    for (KubeObject secret : view.list(Resources.SECRETS, account.namespace())) {
      if (AccountTokenPlanner.isToken(secret)
          && AccountTokenPlanner.accountOf(secret).equals(account.name())) {
        sink.accept(Resources.SECRETS.keyOf(secret));
      }
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<KubeObject> secret = view.get(key);
    if (secret.isEmpty()) {
      return AccountTokenPlanner.forget(
          key, view.list(Resources.SERVICE_ACCOUNTS, key.namespace()));
    }
    if (!AccountTokenPlanner.isToken(secret.get()) || secret.get().isBeingDeleted()) {
      return Plan.NOTHING;
    }
    String name = AccountTokenPlanner.accountOf(secret.get());
    return planner.plan(secret.get(), view.get(Resources.SERVICE_ACCOUNTS, key.namespace(), name));
  }
}
