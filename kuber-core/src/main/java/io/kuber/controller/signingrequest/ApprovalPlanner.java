package io.kuber.controller.signingrequest;

import io.kuber.access.Authorizer;
import io.kuber.access.CertificateIssuer;
import io.kuber.access.CertificateWish;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.User;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Approves what somebody may have without asking a person: the certificate of a node as a client,
 * for the node itself or for whoever may make nodes
 * (pkg/controller/certificates/approver/sarapprove.go).
 */
final class ApprovalPlanner {
  private final CertificateIssuer issuer;
  private final Authorizer authorizer;

  ApprovalPlanner(CertificateIssuer issuer, Authorizer authorizer) {
    this.issuer = issuer;
    this.authorizer = authorizer;
  }

  /** Plans for one request; what was decided, or is for people to decide, stays. */
  Plan plan(KubeObject request) {
    SigningWish wish = new SigningWish(request);
    if (wish.isIssued() || wish.is("Approved") || wish.is("Denied")) {
      return Plan.NOTHING;
    }
    return reason(wish)
        .map(message -> Plan.of(approval(wish.with("Approved", "AutoApproved", message))))
        .orElse(Plan.NOTHING);
  }

  private static Action approval(KubeObject approved) {
    return new Action.UpdateSubresource(
        Resources.CERTIFICATE_SIGNING_REQUESTS, "approval", approved);
  }

  /** Why nobody needs to be asked; empty when somebody does. */
  private Optional<String> reason(SigningWish wish) {
    if (wish.signer().filter(Signer.NODE_CLIENT::equals).isEmpty()) {
      return Optional.empty();
    }
    Optional<CertificateWish> said = wish.said(issuer);
    if (said.isEmpty() || Signer.NODE_CLIENT.refusal(said.get(), wish.usages()).isPresent()) {
      return Optional.empty();
    }
    User user = user(wish.object().spec());
    if (user.name().equals(said.get().commonName()) && mayCreate(user, "selfnodeclient")) {
      return Optional.of(
          "Auto approving self kubelet client certificate after SubjectAccessReview.");
    }
    return mayCreate(user, "nodeclient")
        ? Optional.of("Auto approving kubelet client certificate after SubjectAccessReview.")
        : Optional.empty();
  }

  private boolean mayCreate(User user, String subresource) {
    return authorizer
        .rule(
            user,
            new OnResource(
                "create",
                "certificates.k8s.io",
                "",
                "certificatesigningrequests",
                subresource,
                "",
                ""))
        .allowed();
  }

  /** Who made the request, as the API noted it. */
  private static User user(Tree spec) {
    Tree noted = spec.tree("extra");
    Map<String, List<String>> extra = new LinkedHashMap<>();
    noted.forEach((name, values) -> extra.put(name, noted.items(name).texts()));
    return new User(spec.text("username"), spec.text("uid"), spec.items("groups").texts(), extra);
  }
}
