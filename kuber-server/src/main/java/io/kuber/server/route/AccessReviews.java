package io.kuber.server.route;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;

/**
 * Answers {@code kubectl auth can-i}: may whoever asks do this? Nothing is stored. The answer is
 * that of the link which authorises requests: members of {@code system:masters} may do everything,
 * everybody else nothing that can be asked about.
 */
final class AccessReviews {
  private AccessReviews() {}

  static boolean isAsked(ServerRequest request, RequestPath path) {
    return request.request().method().equals("POST")
        && path.group().equals("authorization.k8s.io")
        && path.version().equals("v1")
        && path.resource().equals("selfsubjectaccessreviews");
  }

  static void handle(ServerRequest request) {
    boolean allowed = request.user().groups().contains(User.MASTERS);
    Tree.Builder status = Tree.builder().put("allowed", allowed);
    if (!allowed) {
      status.put(
          "reason", "only members of " + User.MASTERS + " have rights; roles are not served");
    }
    Tree review =
        Tree.builder()
            .put("kind", "SelfSubjectAccessReview")
            .put("apiVersion", "authorization.k8s.io/v1")
            .put("metadata", Tree.EMPTY)
            .put("spec", question(request).tree("spec"))
            .put("status", status.build())
            .build();
    request.respond(Response.of(201, "application/json", Json.print(review)));
  }

  private static Tree question(ServerRequest request) {
    byte[] body = request.request().body();
    String contentType = request.request().headers().first("Content-Type").orElse("");
    try {
      return MediaType.ofContent(contentType).type().equals("application/vnd.kubernetes.protobuf")
          ? Protobufs.decode(body)
          : Json.parse(body, field -> {});
    } catch (MalformedException e) {
      throw new ApiException(
          StatusReason.BAD_REQUEST,
          "the object provided is unrecognized (must be of type SelfSubjectAccessReview): "
              + e.getMessage());
    }
  }
}
