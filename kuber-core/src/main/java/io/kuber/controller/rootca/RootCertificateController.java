package io.kuber.controller.rootca;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the ConfigMap {@code kube-root-ca.crt} in every namespace as it should be. */
public final class RootCertificateController implements Controller {
  private static final String NAME = "kube-root-ca.crt";
  private static final String DESCRIPTION =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
          + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage"
          + " is guaranteed across distributions of Kubernetes clusters.";

  private final Tree data;

  /** Publishes this certificate, in PEM. */
  public RootCertificateController(String certificate) {
    this.data = Tree.of("ca.crt", certificate);
  }

  @Override
  public String name() {
    return "root-ca-certificate-publisher-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.NAMESPACES),
        Trigger.on(
            Resources.CONFIG_MAPS,
            (change, view, sink) -> {
              if (change.key().name().equals(NAME)) {
                sink.accept(Resources.NAMESPACES.key("", change.key().namespace()));
              }
            }));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    if (view.get(key).filter(namespace -> !namespace.isBeingDeleted()).isEmpty()) {
      return Plan.NOTHING;
    }
    Optional<KubeObject> present = view.get(Resources.CONFIG_MAPS, key.name(), NAME);
    if (present.isEmpty()) {
      return Plan.of(
          new Action.Create(
              Resources.CONFIG_MAPS, dressed(Resources.CONFIG_MAPS.object(key.name(), NAME))));
    }
    KubeObject wanted = dressed(present.get());
    return wanted.equals(present.get())
        ? Plan.NOTHING
        : Plan.of(new Action.Update(Resources.CONFIG_MAPS, wanted));
  }

  private KubeObject dressed(KubeObject map) {
    return map.with(DESCRIPTION, "metadata", "annotations", "kubernetes.io/description")
        .with(data, "data");
  }
}
