package io.kuber.admission;

import io.kuber.access.Authorizer;
import io.kuber.access.Superusers;
import io.kuber.api.Admission;
import io.kuber.loop.Loops;
import io.kuber.object.KubeObject;
import java.util.List;

/** The links of admission, in order. */
public final class AdmissionChain implements Admission {
  private final List<Admission> links;

  /** A chain of the given links; what one returns, the next one gets. */
  public AdmissionChain(List<Admission> links) {
    this.links = List.copyOf(links);
  }

  /** The chain of a cluster in which only superusers have rights. */
  public static AdmissionChain standard(Loops loops) {
    return standard(loops, new Superusers());
  }

  /**
   * The chain of a cluster.
   *
   * @param loops where time and randomness come from
   * @param authorizer knows what users have, who want to give rights away
   */
  public static AdmissionChain standard(Loops loops, Authorizer authorizer) {
    return new AdmissionChain(
        List.of(
            new NamespaceLifecycle(),
            new LimitRanger(),
            new NodeRestriction(authorizer),
            new PodIdentity(),
            new DefaultTolerations(),
            new Priority(),
            new DefaultStorageClass(),
            new RuntimeClass(),
            new Preparation(),
            new SigningRequester(loops.clock()),
            new ServiceAddresses(loops),
            new Validation(),
            new RoleEscalation(authorizer),
            new QuotaEnforcement(loops.clock())));
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
