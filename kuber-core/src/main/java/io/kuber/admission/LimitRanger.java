package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.quota.PodAmounts;
import io.kuber.quota.ResourceAmounts;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Gives containers the defaults of their namespace's LimitRanges, and refuses pods and claims that
 * ask for too little or too much (upstream: plugin/pkg/admission/limitranger).
 */
final class LimitRanger implements Admission {
  private static final ResourceType CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;

  @Override
  public KubeObject admit(Request request) {
    ResourceType type = request.kind().type();
    boolean newPod = request.isCreate() && type.equals(Resources.PODS);
    boolean claim =
        type.equals(CLAIMS) && request.verb() != Verb.DELETE && request.subresource().isEmpty();
    if (!newPod && !claim) {
      return request.object();
    }
    List<Tree> limits = limits(request);
    KubeObject object = newPod ? LimitDefaults.of(request.object(), limits) : request.object();
    List<String> complaints = newPod ? ofPod(object.spec(), limits) : ofClaim(object, limits);
    if (!complaints.isEmpty()) {
      throw Failures.forbidden(type, object.name(), together(complaints));
    }
    return object;
  }

  /** All limits of all ranges of the namespace. */
  private static List<Tree> limits(Request request) {
    List<Tree> limits = new ArrayList<>();
    String namespace = request.object().namespace();
    Iterator<Stored> ranges =
        request.image().scan(Resources.LIMIT_RANGES.qualifiedName(), namespace, null);
    while (ranges.hasNext()) {
      limits.addAll(ranges.next().object().spec().items("limits").trees());
    }
    return limits;
  }

  private static String together(List<String> complaints) {
    return complaints.size() == 1 ? complaints.get(0) : "[" + String.join(", ", complaints) + "]";
  }

  private static List<String> ofPod(Tree spec, List<Tree> limits) {
    List<String> complaints = new ArrayList<>();
    for (Tree limit : limits) {
      if (limit.text("type").equals("Container")) {
        for (String list : new String[] {"containers", "initContainers"}) {
          for (Tree container : spec.items(list).trees()) {
            new LimitCheck(
                    limit, PodAmounts.of(container, "requests"), PodAmounts.of(container, "limits"))
                .check(complaints);
          }
        }
      } else if (limit.text("type").equals("Pod")) {
        new LimitCheck(limit, PodAmounts.requests(spec), PodAmounts.limits(spec)).check(complaints);
      }
    }
    return complaints;
  }

  private static List<String> ofClaim(KubeObject claim, List<Tree> limits) {
    List<String> complaints = new ArrayList<>();
    ResourceAmounts requests = ResourceAmounts.of(claim.spec().tree("resources", "requests"));
    for (Tree limit : limits) {
      if (limit.text("type").equals(CLAIMS.kind())) {
        new LimitCheck(limit, requests, ResourceAmounts.NONE).checkClaim(complaints);
      }
    }
    return complaints;
  }
}
