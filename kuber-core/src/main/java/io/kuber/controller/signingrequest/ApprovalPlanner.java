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
import io.kuber.view.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Approves what somebody may have without asking a person: the certificate of a node as a client,
 * for the node itself or for whoever may make nodes
 * (pkg/controller/certificates/approver/sarapprove.go); that of a node as a server, which upstream
 * leaves to people, by {@link ServingRules}; and that of the proxy which is part of a node.
 */
final class ApprovalPlanner {
  private static final String BOOTSTRAPPERS = "system:bootstrappers";
  private static final String PROXY = "system:kube-proxy";

  private final CertificateIssuer issuer;
  private final Authorizer authorizer;

  ApprovalPlanner(CertificateIssuer issuer, Authorizer authorizer) {
    this.issuer = issuer;
    this.authorizer = authorizer;
  }

  /**
   * Plans for one request; what was decided, or is for people to decide, stays.
   *
   * @param node the Node of that name, as far as there is one
   * @param servers the addresses of the API's servers
   */
  Plan plan(KubeObject request, Function<String, Optional<KubeObject>> node, Set<String> servers) {
    SigningWish wish = new SigningWish(request);
    if (wish.isIssued() || wish.is("Approved") || wish.is("Denied") || wish.signer().isEmpty()) {
      return Plan.NOTHING;
    }
    Optional<CertificateWish> said = wish.said(issuer);
    Signer signer = wish.signer().get();
    if (said.isEmpty() || signer.refusal(said.get(), wish.usages()).isPresent()) {
      return Plan.NOTHING;
    }
    User user = user(request.spec());
    if (signer == Signer.NODE_CLIENT && isTaken(user, said.get(), node)) {
      return Plan.of(
          decided(
              wish.with(
                  "Denied",
                  "NodeIsThere",
                  "there is a node %s, and it is ready; choose another --name, or, where that machine is"
                          .formatted(name(said.get()))
                      + " gone, first run: kubectl delete node "
                      + name(said.get()))));
    }
    return reason(signer, user, said.get(), node, servers)
        .map(message -> Plan.of(decided(wish.with("Approved", "AutoApproved", message))))
        .orElse(Plan.NOTHING);
  }

  private static Action decided(KubeObject request) {
    return new Action.UpdateSubresource(
        Resources.CERTIFICATE_SIGNING_REQUESTS, "approval", request);
  }

  /** A token alone does not make somebody a node that is at work. */
  private static boolean isTaken(
      User user, CertificateWish said, Function<String, Optional<KubeObject>> node) {
    return user.groups().contains(BOOTSTRAPPERS)
        && node.apply(name(said))
            .filter(
                there ->
                    Condition.find(there.status(), "Ready").filter(Condition::isTrue).isPresent())
            .isPresent();
  }

  private static String name(CertificateWish said) {
    return said.commonName().substring(said.commonName().lastIndexOf(':') + 1);
  }

  /** Why nobody needs to be asked; empty when somebody does. */
  private Optional<String> reason(
      Signer signer,
      User user,
      CertificateWish said,
      Function<String, Optional<KubeObject>> node,
      Set<String> servers) {
    return switch (signer) {
      case NODE_CLIENT -> nodeClient(user, said);
      case NODE_SERVER ->
          user.name().equals(said.commonName())
                  && user.isNode()
                  && ServingRules.allow(user.nodeName(), said, node.apply(user.nodeName()), servers)
              ? Optional.of("Auto approving kubelet serving certificate of the node's own names.")
              : Optional.empty();
      case CLIENT ->
          isOfProxy(said) && user.isNode() && mayCreate(user, "proxyclient")
              ? Optional.of("Auto approving proxy client certificate after SubjectAccessReview.")
              : Optional.empty();
      case LEGACY -> Optional.empty();
    };
  }

  private static boolean isOfProxy(CertificateWish said) {
    return said.equals(
        new CertificateWish(PROXY, List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  private Optional<String> nodeClient(User user, CertificateWish said) {
    if (user.name().equals(said.commonName()) && mayCreate(user, "selfnodeclient")) {
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
