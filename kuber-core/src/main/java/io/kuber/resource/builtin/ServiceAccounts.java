package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;

/** {@code v1 ServiceAccount}. */
final class ServiceAccounts implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.SERVICE_ACCOUNTS,
              new ServiceAccounts(),
              Columns.none()
                  .name()
                  .text("Secrets", (account, now) -> Integer.toString(secrets(account)))
                  .age())
          .with(Trait.ANSWERS_WITH_DELETED)
          .with(Subresource.ofCreate("token", "authentication.k8s.io/v1", "TokenRequest"));

  private ServiceAccounts() {}

  private static int secrets(KubeObject account) {
    return account.tree().items("secrets").size();
  }

  /** Of secrets only the names say anything: they are in the namespace of the account. */
  @Override
  public KubeObject prepared(KubeObject created) {
    return KubeObject.of(
        created.tree().withEach("secrets", secret -> Tree.of("name", secret.text("name"))));
  }

  @Override
  public KubeObject prepared(KubeObject updated, KubeObject old) {
    return prepared(updated);
  }

  @Override
  public void check(KubeObject account, Problems problems) {
    MetadataCheck.check(account, Names.SUBDOMAIN, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
