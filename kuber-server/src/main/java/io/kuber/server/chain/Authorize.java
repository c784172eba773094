package io.kuber.server.chain;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import java.util.List;
import java.util.Set;

/**
 * Lets members of {@code system:masters} do everything, and everybody else only see whether the
 * server is well, which version it has, and that they have no rights. Roles are not looked at yet:
 * they come with RBAC.
 */
final class Authorize implements Link {
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Set<String> FOR_EVERYBODY = Set.of("healthz", "livez", "readyz", "version");
  private static final List<String> OWN_RIGHTS =
      List.of("apis", "authorization.k8s.io", "v1", "selfsubjectaccessreviews");

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    if (request.user().groups().contains(User.MASTERS) || isForEverybody(request)) {
      next.handle(request);
    } else {
      throw forbidden(request);
    }
  }

  private static boolean isForEverybody(ServerRequest request) {
    List<String> segments = request.request().segments();
    if (segments.equals(OWN_RIGHTS)) {
      return request.user().groups().contains("system:authenticated");
    }
    return READS.contains(request.request().method())
        && !segments.isEmpty()
        && FOR_EVERYBODY.contains(segments.get(0));
  }

  /** The texts are those of k8s.io/apiserver, pkg/endpoints/handlers/responsewriters. */
  private static ApiException forbidden(ServerRequest request) {
    String user = "User \"" + request.user().name() + "\" cannot ";
    if (request.path().isEmpty() || request.path().get().resource().isEmpty()) {
      String what = request.verb();
      String path = request.request().path();
      return new ApiException(
          StatusReason.FORBIDDEN,
          "forbidden: " + user + what + " path \"" + path + "\"",
          Details.NONE);
    }
    RequestPath path = request.path().get();
    String group = path.group().isEmpty() ? "" : "." + path.group();
    String name = path.name().isEmpty() ? "" : " \"" + path.name() + "\"";
    String where =
        path.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + path.namespace() + "\"";
    String what =
        "%s resource \"%s\" in API group \"%s\" %s"
            .formatted(request.verb(), path.resource(), path.group(), where);
    return new ApiException(
        StatusReason.FORBIDDEN,
        path.resource() + group + name + " is forbidden: " + user + what,
        new Details(path.name(), path.group(), path.resource(), "", List.of(), 0));
  }
}
