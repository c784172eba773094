package io.kuber.controller.signingrequest;

import io.kuber.access.Authorizer;
import io.kuber.access.CertificateIssuer;
import io.kuber.access.User;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
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
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Approves what needs nobody's word; {@link ApprovalPlanner} decides. */
public final class ApprovalController implements Controller {
  private final ApprovalPlanner planner;

  /**
   * Approves by the rights of whoever asks.
   *
   * @param issuer reads what is asked for
   * @param authorizer knows the rights
   */
  public ApprovalController(CertificateIssuer issuer, Authorizer authorizer) {
    this.planner = new ApprovalPlanner(issuer, authorizer);
  }

  @Override
  public String name() {
    return "certificatesigningrequest-approving-controller";
  }

  /** A node may ask for the certificate of addresses that its Node does not tell yet. */
  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.CERTIFICATE_SIGNING_REQUESTS),
        Trigger.on(Resources.NODES, ApprovalController::ofNode));
  }

  private static void ofNode(Change change, View view, Consumer<Key> sink) {
    Items before =
        change.before().map(node -> node.status().items("addresses")).orElse(Items.EMPTY);
    if (change.isDeletion() || change.after().status().items("addresses").equals(before)) {
      return;
    }
    String user = User.node(change.key().name()).name();
    view.list(Resources.CERTIFICATE_SIGNING_REQUESTS, "").stream()
        .filter(request -> request.spec().text("username").equals(user))
        .forEach(request -> sink.accept(Resources.CERTIFICATE_SIGNING_REQUESTS.keyOf(request)));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<KubeObject> request = view.get(key).filter(found -> !found.isBeingDeleted());
    return request
        .map(
            found ->
                planner.plan(found, node -> view.get(Resources.NODES, "", node), servers(view)))
        .orElse(Plan.NOTHING);
  }

  private static Set<String> servers(View view) {
    return view.get(Resources.ENDPOINTS, "default", "kubernetes").stream()
        .flatMap(endpoints -> endpoints.tree().items("subsets").trees().stream())
        .flatMap(subset -> subset.items("addresses").trees().stream())
        .map((Tree address) -> address.text("ip"))
        .collect(Collectors.toUnmodifiableSet());
  }
}
