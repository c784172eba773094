package io.kuber.admission;

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

  /** The chain of a cluster; time and randomness come from {@code loops}. */
  public static AdmissionChain standard(Loops loops) {
    return new AdmissionChain(
        List.of(
            new NamespaceLifecycle(),
            new LimitRanger(),
            new PodIdentity(),
            new DefaultTolerations(),
            new Priority(),
            new DefaultStorageClass(),
            new RuntimeClass(),
            new Preparation(),
            new SigningRequester(loops.clock()),
            new ServiceAddresses(loops),
            new Validation(),
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
