package io.kuber.admission;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights;
import io.kuber.access.Superusers;
import io.kuber.access.User;
import io.kuber.access.rbac.Coverage;
import io.kuber.access.rbac.Rules;
import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.store.Stored;
import java.util.Set;

/**
 * Lets nobody give away more than they have: who writes a role must have all that it allows, or may
 * {@code escalate}; who binds one must have all that it allows, or may {@code bind} it
 * (pkg/registry/rbac, the packages called policybased).
 */
final class RoleEscalation implements Admission {
  private static final Set<ResourceType> ROLES = Set.of(Resources.ROLES, Resources.CLUSTER_ROLES);
  private static final Set<ResourceType> BINDINGS =
      Set.of(Resources.ROLE_BINDINGS, Resources.CLUSTER_ROLE_BINDINGS);

  private final Authorizer authorizer;

  RoleEscalation(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public KubeObject admit(Request request) {
    ResourceType type = request.kind().type();
    boolean role = ROLES.contains(type);
    if ((role || BINDINGS.contains(type))
        && request.verb() != Verb.DELETE
        && !Superusers.isOne(request.user())
        && !isCleanup(request)) {
      if (role) {
        checkRole(request);
      } else {
        checkBinding(request);
      }
    }
    return request.object();
  }

  /** What collects garbage only touches who owns an object and what keeps it. */
  private static boolean isCleanup(Request request) {
    KubeObject old = request.old();
    return old != null && kept(request.object()).equals(kept(old));
  }

  private static Tree kept(KubeObject object) {
    return object
        .tree()
        .withChild(
            "metadata",
            metadata ->
                metadata
                    .without("ownerReferences")
                    .without("finalizers")
                    .without("managedFields")
                    .without("resourceVersion"));
  }

  private void checkRole(Request request) {
    KubeObject role = request.object();
    ResourceType type = request.kind().type();
    String name = request.verb() == Verb.CREATE ? "" : role.name();
    if (may(request.user(), "escalate", type, role.namespace(), name)) {
      return;
    }
    require(request, Rules.of(role));
    boolean gathers = role.tree().has("aggregationRule");
    KubeObject old = request.old();
    if (gathers || (old != null && old.tree().has("aggregationRule"))) {
      Rights held = authorizer.rights(request.user(), "");
      if (!Coverage.isNothing(Coverage.missing(held, Rights.ALL))) {
        throw Failures.forbidden(
            type, role.name(), "must have cluster-admin privileges to use the aggregationRule");
      }
    }
  }

  private void checkBinding(Request request) {
    KubeObject binding = request.object();
    Tree roleRef = binding.tree().tree("roleRef");
    ResourceType type =
        roleRef.text("kind").equals("Role") ? Resources.ROLES : Resources.CLUSTER_ROLES;
    String name = roleRef.text("name");
    if (may(request.user(), "bind", type, binding.namespace(), name)) {
      return;
    }
    String place = type.namespaced() ? binding.namespace() : "";
    Stored role = request.image().get(type.key(place, name));
    if (role == null) {
      throw Failures.notFound(type, name);
    }
    require(request, Rules.of(role.object()));
  }

  private boolean may(User user, String verb, ResourceType type, String namespace, String name) {
    return authorizer
        .rule(
            user,
            new OnResource(verb, type.group(), type.version(), type.plural(), "", namespace, name))
        .allowed();
  }

  private void require(Request request, Rights wanted) {
    User user = request.user();
    KubeObject object = request.object();
    Rights missing = Coverage.missing(authorizer.rights(user, object.namespace()), wanted);
    if (!Coverage.isNothing(missing)) {
      throw Failures.forbidden(
          request.kind().type(),
          object.name(),
          "user \"%s\" (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
              .formatted(user.name(), Coverage.quoted(user.groups()), Coverage.text(missing)));
    }
  }
}
