package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;

/** Gives a new pod the service account under which it acts. */
final class PodIdentity implements Admission {
  private static final String DEFAULT = "default";

  @Override
  public KubeObject admit(Request request) {
    KubeObject pod = request.object();
    if (!request.isCreate() || !request.kind().type().equals(Resources.PODS)) {
      return pod;
    }
    String name = pod.spec().text("serviceAccountName");
    if (name.isEmpty()) {
      return pod.with(DEFAULT, "spec", "serviceAccountName")
          .with(DEFAULT, "spec", "serviceAccount");
    }
    boolean known =
        name.equals(DEFAULT)
            || request.image().get(Resources.SERVICE_ACCOUNTS.key(pod.namespace(), name)) != null;
    if (!known) {
      throw Failures.forbidden(
          Resources.PODS,
          pod.name(),
          "error looking up service account "
              + pod.namespace()
              + "/"
              + name
              + ": serviceaccount \""
              + name
              + "\" not found");
    }
    return pod;
  }
}
