package io.kuber.admission;

import static io.kuber.admission.NodeRestriction.forbidden;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed.OnResource;
import io.kuber.api.Admission.Request;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens a node may ask for: those of accounts of its pods, bound to the pod, for whom a
 * volume of the pod names.
 */
final class NodeTokens {
  private static final String VERB = "request-serviceaccounts-token-audience";

  private final Authorizer authorizer;
  private final List<String> api;

  NodeTokens(Authorizer authorizer, List<String> api) {
    this.api = List.copyOf(api);
    this.authorizer = authorizer;
  }

  void check(String node, Request request) {
    if (request.verb() != Verb.CREATE || !request.subresource().equals("token")) {
      return;
    }
    Tree bound = request.object().spec().tree("boundObjectRef");
    boolean toPod =
        bound.text("apiVersion").equals("v1")
            && bound.text("kind").equals("Pod")
            && !bound.text("name").isEmpty();
    if (!toPod) {
      throw forbidden(request, "node requested token not bound to a pod");
    }
    if (bound.text("uid").isEmpty()) {
      throw forbidden(request, "node requested token with a pod binding without a uid");
    }
    KubeObject pod = pod(request, bound);
    if (!pod.spec().text("nodeName").equals(node)) {
      throw forbidden(request, "node requested token bound to a pod scheduled on a different node");
    }
    checkAudience(request, pod);
  }

  private static KubeObject pod(Request request, Tree bound) {
    Stored stored =
        there(request, Resources.PODS.key(request.object().namespace(), bound.text("name")));
    if (stored == null) {
      throw Failures.notFound(Resources.PODS, bound.text("name"));
    }
    if (!stored.object().uid().equals(bound.text("uid"))) {
      throw forbidden(
          request,
          "the UID in the bound object reference (%s) does not match the UID in record. The object"
                  .formatted(bound.text("uid"))
              + " might have been deleted and then recreated");
    }
    return stored.object();
  }

  private static @Nullable Stored there(Request request, Key key) {
    return request.image().get(key);
  }

  private void checkAudience(Request request, KubeObject pod) {
    List<String> asked = request.object().spec().items("audiences").texts();
    boolean isUsual = asked.isEmpty() || asked.equals(api);
    if (!isUsual && asked.size() > 1) {
      throw forbidden(request, "node may only request 0 or 1 audiences");
    }
    String audience = isUsual ? "" : asked.get(0);
    for (Tree volume : pod.spec().items("volumes").trees()) {
      if (isFor(audience, volume, request, pod)) {
        return;
      }
    }
    KubeObject account = request.object();
    OnResource deed =
        new OnResource(VERB, "", "v1", audience, "", account.namespace(), account.name());
    if (!authorizer.rule(request.user(), deed).allowed()) {
      throw forbidden(
          request,
          "audience \"%s\" not found in pod spec volume, %s is not authorized to request tokens for"
                  .formatted(audience, request.user().name())
              + " this audience");
    }
  }

  /** Whether the volume shows a token for the audience, or its driver needs one. */
  private static boolean isFor(String audience, Tree volume, Request request, KubeObject pod) {
    for (Tree source : volume.items("projected", "sources").trees()) {
      if (source.has("serviceAccountToken")
          && source.text("serviceAccountToken", "audience").equals(audience)) {
        return true;
      }
    }
    String driver = volume.text("csi", "driver");
    String claim = volume.text("persistentVolumeClaim", "claimName");
    if (volume.has("ephemeral")) {
      claim = pod.name() + "-" + volume.text("name");
    }
    return wants(request, claim.isEmpty() ? driver : driver(request, pod, claim), audience);
  }

  private static String driver(Request request, KubeObject pod, String claim) {
    Stored bound = there(request, Resources.PERSISTENT_VOLUME_CLAIMS.key(pod.namespace(), claim));
    String name = bound == null ? "" : bound.object().spec().text("volumeName");
    Stored volume =
        name.isEmpty() ? null : there(request, Resources.PERSISTENT_VOLUMES.key("", name));
    return volume == null ? "" : volume.object().spec().text("csi", "driver");
  }

  private static boolean wants(Request request, String name, String audience) {
    Stored driver = name.isEmpty() ? null : there(request, Resources.CSI_DRIVERS.key("", name));
    return driver != null
        && driver.object().spec().items("tokenRequests").trees().stream()
            .anyMatch(token -> token.text("audience").equals(audience));
  }
}
