package io.kuber.node.volume;

import io.kuber.object.KubeObject;
import java.io.IOException;

/**
 * {@code ephemeral}: a claim that the control plane makes for the pod and that goes with it; the
 * names of both say which (component-helpers storage/ephemeral).
 */
final class EphemeralClaim implements VolumeKind {
  @Override
  public String field() {
    return "ephemeral";
  }

  @Override
  public Made make(Request request) throws IOException {
    VolumePod pod = request.pod();
    KubeObject claim = Claim.claim(request, pod.name() + "-" + request.name());
    boolean own = claim.controller().filter(owner -> owner.uid().equals(pod.uid())).isPresent();
    if (!own) {
      throw new VolumeException(
          "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
              .formatted(claim.namespace(), claim.name(), pod.namespace(), pod.name()));
    }
    return Claim.make(request, claim, false);
  }
}
