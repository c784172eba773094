package io.kuber.server.chain;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed.OnResource;
import io.kuber.api.Deeds;
import io.kuber.api.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets users act as somebody else, which is what {@code kubectl --as} asks for, if they may
 * impersonate the user, each group, the uid and everything else that is named (k8s.io/apiserver,
 * pkg/endpoints/filters/impersonation.go). To ignore the wish would do with all rights what was
 * meant to be tried with few.
 */
final class Impersonate implements Link {
  private static final String VERB = "impersonate";
  private static final String AUTHENTICATION = "authentication.k8s.io";

  private final Authorizer authorizer;

  Impersonate(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    Wish wish = Wish.of(request.request().headers());
    if (wish.isNone()) {
      next.handle(request);
      return;
    }
    if (wish.user().isEmpty()) {
      throw Failures.internal("requested a group, uid or extra without impersonating a user");
    }
    deeds(wish).forEach(deed -> Deeds.require(authorizer, request.user(), deed));
    next.handle(request.withUser(wish.fulfilled()));
  }

  private static List<OnResource> deeds(Wish wish) {
    List<OnResource> deeds = new ArrayList<>();
    List<String> account = wish.account();
    deeds.add(
        account.isEmpty()
            ? deed("", "users", "", "", wish.user())
            : deed("", "serviceaccounts", "", account.get(0), account.get(1)));
    wish.groups().forEach(group -> deeds.add(deed("", "groups", "", "", group)));
    if (!wish.uid().isEmpty()) {
      deeds.add(deed(AUTHENTICATION, "uids", "", "", wish.uid()));
    }
    for (Map.Entry<String, List<String>> extra : wish.extra().entrySet()) {
      for (String value : extra.getValue()) {
        deeds.add(deed(AUTHENTICATION, "userextras", extra.getKey(), "", value));
      }
    }
    return deeds;
  }

  private static OnResource deed(
      String group, String resource, String subresource, String namespace, String name) {
    return new OnResource(VERB, group, "v1", resource, subresource, namespace, name);
  }
}
