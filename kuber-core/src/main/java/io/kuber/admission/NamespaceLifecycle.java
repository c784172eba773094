package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.ApiException.Cause;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.store.Stored;
import java.util.Set;

/**
 * Nothing begins in a namespace that is missing or ending, and some namespaces never end
 * (apiserver, plugin/namespace/lifecycle).
 */
final class NamespaceLifecycle implements Admission {
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  @Override
  public KubeObject admit(Request request) {
    ResourceType type = request.kind().type();
    if (type.equals(Resources.NAMESPACES)) {
      checkMayEnd(request);
    } else if (type.namespaced() && request.isCreate()) {
      checkIsOpen(request, type);
    }
    return request.object();
  }

  private static void checkMayEnd(Request request) {
    String name = request.object().name();
    if (request.verb() == Verb.DELETE && IMMORTAL.contains(name)) {
      throw Failures.forbidden(Resources.NAMESPACES, name, "this namespace may not be deleted");
    }
  }

  private static void checkIsOpen(Request request, ResourceType type) {
    String name = request.object().namespace();
    Stored namespace = request.image().get(Resources.NAMESPACES.key("", name));
    if (namespace == null) {
      throw Failures.notFound(Resources.NAMESPACES, name);
    }
    if (namespace.object().isBeingDeleted()) {
      throw Failures.forbidden(
          type,
          request.object().name(),
          "unable to create new content in namespace " + name + " because it is being terminated",
          new Cause(
              "NamespaceTerminating",
              "namespace " + name + " is being terminated",
              "metadata.namespace"));
    }
  }
}
