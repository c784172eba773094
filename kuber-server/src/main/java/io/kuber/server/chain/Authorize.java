package io.kuber.server.chain;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import java.util.List;

/** Lets through what the {@link Authorizer} allows, and refuses all else. */
final class Authorize implements Link {
  private final Authorizer authorizer;

  Authorize(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    if (!authorizer.rule(request.user(), deed(request)).allowed()) {
      throw forbidden(request);
    }
    next.handle(request);
  }

  private static Deed deed(ServerRequest request) {
    if (isPath(request)) {
      return new Deed.OnPath(request.verb(), request.request().path());
    }
    RequestPath path = request.path().orElseThrow();
    return new Deed.OnResource(
        request.verb(),
        path.group(),
        path.version(),
        path.resource(),
        path.subresource(),
        path.namespace(),
        path.name());
  }

  private static boolean isPath(ServerRequest request) {
    return request.path().isEmpty() || request.path().get().resource().isEmpty();
  }

  /** The texts are those of k8s.io/apiserver, pkg/endpoints/handlers/responsewriters. */
  private static ApiException forbidden(ServerRequest request) {
    String user = "User \"" + request.user().name() + "\" cannot ";
    if (isPath(request)) {
      String what = request.verb();
      String path = request.request().path();
      return new ApiException(
          StatusReason.FORBIDDEN,
          "forbidden: " + user + what + " path \"" + path + "\"",
          Details.NONE);
    }
    RequestPath path = request.path().orElseThrow();
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
