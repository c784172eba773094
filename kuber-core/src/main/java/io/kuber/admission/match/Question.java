package io.kuber.admission.match;

import io.kuber.api.Admission.Request;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write as one webhook or policy sees it, in the version that it wants.
 *
 * @param served the kind in that version
 * @param object as it is to be; null for a delete
 * @param old the object there is; null for a create
 */
public record Question(
    Request request, Served served, @Nullable KubeObject object, @Nullable KubeObject old) {

  /** The write in a version of its kind. */
  public static Question of(Request request, Served served) {
    boolean isPart = request.verb() == Verb.CREATE && !request.subresource().isEmpty();
    KubeObject object =
        request.verb() == Verb.DELETE
            ? null
            : isPart
                ? request.context().sent(request.object())
                : shown(request.object(), request, served);
    KubeObject before = request.old();
    return new Question(
        request, served, object, before == null ? null : shown(before, request, served));
  }

  private static KubeObject shown(KubeObject stored, Request request, Served served) {
    if (request.context().form().isPresent()) {
      return request.context().shown(stored);
    }
    return served.kind().type().apiVersion().equals(stored.apiVersion())
        ? served.fromStored(stored)
        : stored;
  }

  /** The word of the review for what is done. */
  static String operation(Request request) {
    return switch (request.verb()) {
      case CREATE -> request.isConnect() ? "CONNECT" : "CREATE";
      case DELETE, DELETE_COLLECTION -> "DELETE";
      default -> "UPDATE";
    };
  }

  /** The whole {@code AdmissionReview}. */
  public Tree review(String version) {
    return Tree.of(
        "kind",
        "AdmissionReview",
        "apiVersion",
        "admission.k8s.io/" + version,
        "request",
        tree().with("uid", uid()));
  }

  /** Derived from what is asked, so that a simulation replays the same review. */
  public String uid() {
    return UUID.nameUUIDFromBytes(tree().toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** What expressions may mention. */
  public Map<String, Object> variables() {
    return Map.of(
        "object", object == null ? Nil.NIL : object.tree(),
        "oldObject", old == null ? Nil.NIL : old.tree(),
        "request", tree().without("object").without("oldObject"));
  }

  private Tree tree() {
    KubeObject seen = object == null ? request.object() : object;
    Kind kind = request.kind();
    ResourceType asked = request.context().asked();
    Tree options = request.context().options();
    Tree.Builder tree =
        Tree.builder()
            .put("kind", kind(object == null ? served.type() : null, seen))
            .put("resource", resource(served.type()));
    part(tree, "subResource");
    tree.put("requestKind", kind(isPartOfOtherKind() ? null : asked, seen))
        .put("requestResource", resource(asked));
    part(tree, "requestSubResource");
    if (!request.object().name().isEmpty()) {
      tree.put("name", request.object().name());
    }
    if (kind.type().namespaced() || kind.type().plural().equals("namespaces")) {
      tree.put("namespace", namespace());
    }
    return tree.put("operation", operation(request))
        .put("userInfo", UserInfo.of(request.user()))
        .put("object", object == null ? Nil.NIL : object.tree())
        .put("oldObject", old == null ? Nil.NIL : old.tree())
        .put("dryRun", request.context().dryRun())
        .put("options", options.isEmpty() ? Nil.NIL : options)
        .build();
  }

  private void part(Tree.Builder tree, String name) {
    if (!request.subresource().isEmpty()) {
      tree.put(name, request.subresource());
    }
  }

  /** Such as an Eviction, which is sent to a path of pods. */
  private boolean isPartOfOtherKind() {
    return object != null && !object.kind().equals(request.kind().type().kind());
  }

  private String namespace() {
    return request.kind().type().namespaced()
        ? request.object().namespace()
        : request.object().name();
  }

  private static Tree kind(@Nullable ResourceType type, KubeObject seen) {
    String apiVersion = type == null ? seen.apiVersion() : type.apiVersion();
    int slash = apiVersion.indexOf('/');
    return Tree.of(
        "group", slash < 0 ? "" : apiVersion.substring(0, slash),
        "version", apiVersion.substring(slash + 1),
        "kind", type == null ? seen.kind() : type.kind());
  }

  private static Tree resource(ResourceType type) {
    return Tree.of(
        "group", type.group(),
        "version", type.version(),
        "resource", type.plural());
  }
}
