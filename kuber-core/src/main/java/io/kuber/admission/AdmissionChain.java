package io.kuber.admission;

import io.kuber.access.Authorizer;
import io.kuber.access.Superusers;
import io.kuber.access.TokenIssuer;
import io.kuber.admission.podsecurity.PodSecurity;
import io.kuber.admission.podsecurity.Settings;
import io.kuber.admission.policy.AdmissionPolicies;
import io.kuber.admission.webhook.AdmissionReviews;
import io.kuber.admission.webhook.AdmissionWebhooks;
import io.kuber.api.Admission;
import io.kuber.loop.Loops;
import io.kuber.object.KubeObject;
import io.kuber.resource.AddressRange;
import io.kuber.resource.Kind;
import io.kuber.store.TreeImage;
import java.util.List;

/**
 * The links of admission, in order. Quotas come behind them all: they are kept where the object is
 * written, since only there it is certain what others have written ({@link io.kuber.quota.Ledger}).
 */
public final class AdmissionChain implements Admission {
  private final List<Admission> links;
  private final AdmissionWebhooks webhooks;

  /** A chain of the given links; what one returns, the next one gets. */
  public AdmissionChain(List<Admission> links) {
    this(links, new AdmissionWebhooks(() -> TreeImage.EMPTY, AdmissionReviews.NONE));
  }

  private AdmissionChain(List<Admission> links, AdmissionWebhooks webhooks) {
    this.links = List.copyOf(links);
    this.webhooks = webhooks;
  }

  /** The chain of a cluster in which only superusers have rights. */
  public static AdmissionChain standard(Loops loops) {
    return standard(loops, new Superusers());
  }

  /** The chain of a cluster without webhooks. */
  public static AdmissionChain standard(Loops loops, Authorizer authorizer) {
    return standard(
        loops, authorizer, new AdmissionWebhooks(() -> TreeImage.EMPTY, AdmissionReviews.NONE));
  }

  /** The chain of a cluster whose namespaces take any pod unless they say otherwise. */
  public static AdmissionChain standard(
      Loops loops, Authorizer authorizer, AdmissionWebhooks webhooks) {
    return standard(
        loops,
        authorizer,
        webhooks,
        Settings.STANDARD,
        AddressRange.SERVICES,
        TokenIssuer.API_AUDIENCES);
  }

  /**
   * The chain of a cluster.
   *
   * @param loops where time and randomness come from
   * @param authorizer knows what users have, who want to give rights away
   * @param webhooks are asked about what is complete, and once more about what is valid
   * @param podSecurity holds in namespaces that do not say which pods they take
   * @param services the addresses that Services get
   * @param api what the API server calls itself as an audience of tokens
   */
  public static AdmissionChain standard(
      Loops loops,
      Authorizer authorizer,
      AdmissionWebhooks webhooks,
      Settings podSecurity,
      AddressRange services,
      List<String> api) {
    AdmissionPolicies policies = new AdmissionPolicies(authorizer);
    AdmissionChain completing =
        new AdmissionChain(
            List.of(
                new LimitRanger(),
                new PodIdentity(loops),
                new DefaultTolerations(),
                new ExtendedResources(),
                new Priority(),
                DefaultClass.ofClaims(),
                DefaultClass.ofIngresses(),
                new StorageProtection(),
                new RuntimeClass()),
            webhooks);
    return new AdmissionChain(
        List.of(
            new NamespaceLifecycle(),
            new NodeRestriction(authorizer, api),
            new NewNodeTaint(),
            completing,
            policies.mutating(completing),
            webhooks.mutating(new AdmissionChain(List.of(completing, policies.reconsidering()))),
            new Preparation(),
            new SigningRights(authorizer),
            new SigningRequester(loops.clock()),
            new ServiceAddresses(loops, services),
            new Validation(),
            new ClaimResize(),
            new RoleEscalation(authorizer),
            policies.compiling(),
            new PodSecurity(podSecurity),
            policies.validating(),
            webhooks.validating()),
        webhooks);
  }

  @Override
  public boolean mayWait(Kind kind, String subresource) {
    return webhooks.concern(kind, subresource);
  }

  @Override
  public KubeObject admit(Request request) {
    Request next = request;
    for (Admission link : links) {
      next = next.with(link.admit(next));
    }
    return next.object();
  }
}
