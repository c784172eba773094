package io.kuber.resource.old;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Ingresses whose backends name service and port side by side
 * (pkg/apis/networking/v1beta1/conversion.go).
 */
final class OldIngresses implements Conversion {
  @Override
  public KubeObject toStored(KubeObject sent) {
    KubeObject stored = eachBackend(sent, OldIngresses::nested);
    Object backend = stored.spec().get("backend");
    KubeObject typed = eachPath(stored, OldIngresses::typed);
    return backend instanceof Tree tree
        ? typed.without("spec", "backend").with(nested(tree), "spec", "defaultBackend")
        : typed;
  }

  @Override
  public KubeObject fromStored(KubeObject stored) {
    KubeObject shown = eachBackend(stored, OldIngresses::flat);
    Object backend = shown.spec().get("defaultBackend");
    return backend instanceof Tree tree
        ? shown.without("spec", "defaultBackend").with(flat(tree), "spec", "backend")
        : shown;
  }

  private static Tree typed(Tree path) {
    return path.has("pathType") ? path : path.with("pathType", "ImplementationSpecific");
  }

  private static Tree nested(Tree backend) {
    if (!backend.has("serviceName") && !backend.has("servicePort")) {
      return backend;
    }
    Tree service = Tree.of("name", backend.text("serviceName"));
    Tree port = port(backend.get("servicePort"));
    return backend
        .without("serviceName")
        .without("servicePort")
        .with("service", port.isEmpty() ? service : service.with("port", port));
  }

  private static Tree port(@Nullable Object port) {
    if (port == null) {
      return Tree.EMPTY;
    }
    return Tree.of(port instanceof String ? "name" : "number", port);
  }

  private static Tree flat(Tree backend) {
    if (!(backend.get("service") instanceof Tree service)) {
      return backend;
    }
    Tree named = backend.without("service").with("serviceName", service.text("name"));
    Tree port = service.tree("port");
    Object value = port.has("name") ? port.get("name") : port.get("number");
    return value == null ? named : named.with("servicePort", value);
  }

  private static KubeObject eachBackend(KubeObject ingress, UnaryOperator<Tree> change) {
    return eachPath(
        ingress,
        path ->
            path.get("backend") instanceof Tree backend
                ? path.with("backend", change.apply(backend))
                : path);
  }

  private static KubeObject eachPath(KubeObject ingress, UnaryOperator<Tree> change) {
    Items rules = ingress.spec().items("rules");
    for (int i = 0; i < rules.size(); i++) {
      Items paths = rules.tree(i).items("http", "paths");
      for (int j = 0; j < paths.size(); j++) {
        paths = paths.with(j, change.apply(paths.tree(j)));
      }
      if (!paths.isEmpty()) {
        rules = rules.with(i, rules.tree(i).withAt(paths, "http", "paths"));
      }
    }
    return rules.isEmpty() ? ingress : ingress.with(rules, "spec", "rules");
  }
}
