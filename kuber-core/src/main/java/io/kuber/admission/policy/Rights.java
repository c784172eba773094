package io.kuber.admission.policy;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.api.Admission.Request;
import io.kuber.cel.library.Authorization.Account;
import io.kuber.cel.library.Authorization.Asker;
import io.kuber.cel.library.Authorization.Authority;
import io.kuber.cel.library.Authorization.Decision;
import io.kuber.cel.library.Authorization.PathCheck;
import io.kuber.cel.library.Authorization.ResourceCheck;
import io.kuber.resource.ResourceType;
import java.util.Map;
import java.util.Optional;

/** Answers what expressions ask about the rights of whoever sends a request. */
record Rights(Authorizer authorizer, User user) implements Authority {
  /** The version of a check about any version (apiserver, pkg/cel/library/authz.go). */
  private static final String ANY_VERSION = "*";

  @Override
  public Decision check(Optional<Account> account, PathCheck path, String verb) {
    return decided(account, new Deed.OnPath(verb, path.path()));
  }

  @Override
  public Decision check(Optional<Account> account, ResourceCheck what, String verb) {
    return decided(
        account,
        new Deed.OnResource(
            verb,
            what.group(),
            ANY_VERSION,
            what.resource(),
            what.subresource(),
            what.namespace(),
            what.name(),
            what.fields()));
  }

  private Decision decided(Optional<Account> account, Deed deed) {
    Ruling ruling = authorizer.rule(account.map(Rights::user).orElse(user), deed);
    return new Decision(ruling.allowed(), ruling.reason());
  }

  private static User user(Account account) {
    return User.serviceAccount(account.namespace(), account.name(), "", Map.of());
  }

  /** What {@code authorizer} stands for. */
  Asker asker() {
    return new Asker(this, Optional.empty());
  }

  /** What {@code authorizer.requestResource} stands for. */
  ResourceCheck requested(Request request) {
    ResourceType asked = request.context().asked();
    return new ResourceCheck(
        asker(),
        asked.group(),
        asked.plural(),
        request.subresource(),
        request.object().namespace(),
        request.object().name(),
        Map.of());
  }
}
