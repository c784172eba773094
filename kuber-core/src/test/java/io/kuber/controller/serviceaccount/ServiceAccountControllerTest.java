package io.kuber.controller.serviceaccount;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import org.junit.jupiter.api.Test;

/** The service account {@code default}. */
final class ServiceAccountControllerTest {
  private final ControlPlane cluster = new ControlPlane(new ServiceAccountController());

  private KubeObject account() {
    return cluster.get(Resources.SERVICE_ACCOUNTS, "default").orElseThrow();
  }

  @Test
  void givesEveryNamespaceOne() {
    cluster.create(Resources.NAMESPACES, "{metadata: {name: other}}");
    assertThat(cluster.list(Resources.SERVICE_ACCOUNTS))
        .extracting(account -> account.namespace() + "/" + account.name())
        .containsExactlyInAnyOrder("default/default", "other/default");
  }

  @Test
  void makesItAnewWhenItIsDeleted() {
    String uid = account().uid();
    cluster.delete(Resources.SERVICE_ACCOUNTS, account(), "Background");
    assertThat(account().uid()).isNotEqualTo(uid);
  }

  @Test
  void leavesTheAccountAsPeopleMadeIt() {
    KubeObject changed = account().with(false, "automountServiceAccountToken");
    KubeObject stored = cluster.update(Resources.SERVICE_ACCOUNTS, changed);
    assertThat(account()).isEqualTo(stored);
  }
}
