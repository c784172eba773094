package io.kuber.server.chain;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Headers;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets members of {@code system:masters} act as somebody else, which is what {@code kubectl --as}
 * asks for, and nobody else (k8s.io/apiserver, pkg/endpoints/filters/impersonation). To ignore the
 * wish would do with all rights what was meant to be tried with few.
 */
final class Impersonate implements Link {
  private static final String USER = "Impersonate-User";
  private static final String GROUP = "Impersonate-Group";
  private static final String AUTHENTICATED = "system:authenticated";

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    Headers headers = request.request().headers();
    if (!headers.has(USER)) {
      next.handle(request);
      return;
    }
    String wanted = headers.first(USER).orElse("");
    if (!request.user().groups().contains(User.MASTERS)) {
      throw new ApiException(
          StatusReason.FORBIDDEN,
          "users \"%s\" is forbidden: User \"%s\" cannot impersonate resource \"users\""
                  .formatted(wanted, request.user().name())
              + " in API group \"\" at the cluster scope");
    }
    List<String> groups = new ArrayList<>(headers.all(GROUP));
    groups.add(AUTHENTICATED);
    next.handle(request.withUser(new User(wanted, groups)));
  }
}
