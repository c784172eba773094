package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;

/**
 * A pod stays for five minutes on a node that fails, unless it says otherwise
 * (plugin/pkg/admission/defaulttolerationseconds).
 */
final class DefaultTolerations implements Admission {
  private static final long SECONDS = 300;

  @Override
  public KubeObject admit(Request request) {
    KubeObject pod = request.object();
    if (!request.kind().type().equals(Resources.PODS)
        || request.verb() == Verb.DELETE
        || !request.subresource().isEmpty()) {
      return pod;
    }
    Items tolerations = pod.spec().items("tolerations");
    tolerations = tolerating(tolerations, "node.kubernetes.io/not-ready");
    tolerations = tolerating(tolerations, "node.kubernetes.io/unreachable");
    return pod.with(tolerations, "spec", "tolerations");
  }

  private static Items tolerating(Items tolerations, String key) {
    for (Tree toleration : tolerations.trees()) {
      String effect = toleration.text("effect");
      String tolerated = toleration.text("key");
      if ((tolerated.equals(key) || tolerated.isEmpty())
          && (effect.equals("NoExecute") || effect.isEmpty())) {
        return tolerations;
      }
    }
    return tolerations.plus(
        Tree.of(
            "key", key, "operator", "Exists", "effect", "NoExecute", "tolerationSeconds", SECONDS));
  }
}
