package io.kuber.controller.serviceaccounttoken;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.access.SecretClaims;
import io.kuber.access.TokenClaims.Ref;
import io.kuber.access.TokenIssuer;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Decides what becomes of a Secret that is to hold the token of a service account. */
final class AccountTokenPlanner {
  private static final String TYPE = "kubernetes.io/service-account-token";
  private static final String ACCOUNT = "kubernetes.io/service-account.name";
  private static final String UID = "kubernetes.io/service-account.uid";

  private final TokenIssuer tokens;
  private final String certificate;

  AccountTokenPlanner(TokenIssuer tokens, String certificate) {
    this.tokens = tokens;
    this.certificate = encoded(certificate);
  }

  static boolean isToken(KubeObject secret) {
    return secret.tree().text("type").equals(TYPE);
  }

  /** The name of the account that the Secret is for. */
  static String accountOf(KubeObject secret) {
    return secret.annotations().getOrDefault(ACCOUNT, "");
  }

  /** Plans for a Secret that is there, whose account may not be. */
  Plan plan(KubeObject secret, Optional<KubeObject> account) {
    Action deletion = Action.delete(Resources.SECRETS, secret);
    if (account.isEmpty()) {
      return Plan.builder()
          .then(
              new Action.ConfirmAbsence(
                  Resources.SERVICE_ACCOUNTS, secret.namespace(), accountOf(secret)))
          .then(deletion)
          .build();
    }
    String uid = secret.annotations().getOrDefault(UID, "");
    if (!uid.isEmpty() && !uid.equals(account.get().uid())) {
      return Plan.builder()
          .then(new Action.Confirm(Resources.SERVICE_ACCOUNTS, account.get()))
          .then(deletion)
          .build();
    }
    KubeObject filled = filled(secret, account.get());
    return filled.equals(secret)
        ? Plan.NOTHING
        : Plan.of(new Action.Update(Resources.SECRETS, filled));
  }

  /** A Secret that lacks nothing stays as it is, whatever its annotations say. */
  private KubeObject filled(KubeObject secret, KubeObject account) {
    Tree before = secret.tree().tree("data");
    Tree data = before;
    if (!certificate.isEmpty()) {
      data = data.with("ca.crt", certificate);
    }
    if (before.text("namespace").isEmpty()) {
      data = data.with("namespace", encoded(secret.namespace()));
    }
    if (before.text("token").isEmpty()) {
      Ref owner = new Ref(account.name(), account.uid());
      Optional<String> token =
          tokens.issue(new SecretClaims(secret.namespace(), secret.name(), owner));
      data = token.isPresent() ? data.with("token", encoded(token.get())) : data;
    }
    return data.equals(before)
        ? secret
        : secret.with(data, "data").with(account.uid(), "metadata", "annotations", UID);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** Plans for a Secret that is gone: accounts do not name it any more. */
  static Plan forget(Key secret, Collection<KubeObject> accounts) {
    List<Action> changes =
        accounts.stream()
            .filter(account -> names(account, secret))
            .map(account -> without(account, secret))
            .toList();
    return changes.isEmpty()
        ? Plan.NOTHING
        : Plan.builder()
            .then(new Action.ConfirmAbsence(Resources.SECRETS, secret.namespace(), secret.name()))
            .together(changes)
            .build();
  }

  private static boolean names(KubeObject account, Key secret) {
    return account.tree().items("secrets").trees().stream()
        .anyMatch(named -> named.text("name").equals(secret.name()));
  }

  private static Action without(KubeObject account, Key secret) {
    List<Tree> kept =
        account.tree().items("secrets").trees().stream()
            .filter(named -> !named.text("name").equals(secret.name()))
            .toList();
    KubeObject changed =
        kept.isEmpty() ? account.without("secrets") : account.with(Items.copyOf(kept), "secrets");
    return new Action.Update(Resources.SERVICE_ACCOUNTS, changed);
  }
}
