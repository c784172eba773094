package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.store.Store;
import java.util.List;
import java.util.Set;

/**
 * Shows admission a connection before it is opened: who wants it to what, and with which options
 * (apiserver, pkg/endpoints/handlers/rest.go, ConnectResource). Nothing is written.
 */
final class Connect {
  /** The parts of objects that are connected to. */
  private static final Set<String> PARTS = Set.of("exec", "attach", "portforward", "proxy");

  private final Store store;
  private final Admission admission;

  Connect(Store store, Admission admission) {
    this.store = store;
    this.admission = admission;
  }

  static boolean opens(String subresource) {
    return PARTS.contains(subresource);
  }

  /**
   * Returns what the client is to be warned of; throws {@link ApiException} when the connection is
   * refused.
   */
  List<String> check(ApiRequest request, Served served) {
    Tree options = request.body() instanceof Body.Whole body ? body.object() : Tree.EMPTY;
    KubeObject target = target(request, served.type());
    Said said = new Said(request);
    KubeObject admitted =
        admission.admit(
            new Admission.Request(
                Verb.CREATE,
                served.kind(),
                request.subresource(),
                target,
                null,
                request.user(),
                store.image(),
                said.context(options)));
    if (!admitted.equals(target)) {
      throw Failures.forbidden(
          served.type(),
          request.name(),
          "a webhook wants to change the options of this connection, which is not supported: let"
              + " it refuse the connection instead");
    }
    return said.warnings();
  }

  /** It need not be there: whoever opens the connection finds out. */
  private static KubeObject target(ApiRequest request, ResourceType type) {
    Tree.Builder metadata = Tree.builder().put("name", request.name());
    if (type.namespaced()) {
      metadata.put("namespace", request.namespace());
    }
    return KubeObject.of(
        Tree.of(
            "kind", type.kind(), "apiVersion", type.apiVersion(), "metadata", metadata.build()));
  }
}
