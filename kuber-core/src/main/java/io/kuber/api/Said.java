package io.kuber.api;

import io.kuber.api.Admission.Context;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What admission learns of a request besides its object, and the warnings that come of it. One per
 * decision, since a decision may be made more than once.
 */
final class Said {
  private final ApiRequest request;
  private final boolean dryRun;
  private final List<String> warnings = new ArrayList<>();

  Said(ApiRequest request) {
    this(request, request.write().dryRun());
  }

  Said(ApiRequest request, boolean dryRun) {
    this.request = request;
    this.dryRun = dryRun;
  }

  Context context() {
    return context(Tree.EMPTY);
  }

  /** The same with the options of a connection. */
  Context context(Tree body) {
    return new Context(request.type(), body, dryRun, options(), warnings::add, request.notes());
  }

  /** The same of what is posted to a path of an object. */
  Context part() {
    return new Context(
        request.type(),
        Tree.EMPTY,
        Optional.of(SentPart.FORM),
        dryRun,
        options(),
        warnings::add,
        request.notes());
  }

  /** The same of a write of what a lens shows. */
  Context context(Lens lens) {
    return new Context(
        request.type(), Tree.EMPTY, lens.form(), dryRun, options(), warnings::add, request.notes());
  }

  /** What the client is to be warned of. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** A connection has none. */
  private Tree options() {
    if (Connect.opens(request.subresource())) {
      return Tree.EMPTY;
    }
    Tree.Builder options =
        Tree.builder().put("kind", kind(request.verb())).put("apiVersion", "meta.k8s.io/v1");
    if (dryRun) {
      options.put("dryRun", Items.of("All"));
    }
    String manager = request.write().fieldManager();
    if (!manager.isEmpty()) {
      options.put("fieldManager", manager);
    }
    if (request.delete().gracePeriodSeconds() >= 0) {
      options.put("gracePeriodSeconds", request.delete().gracePeriodSeconds());
    }
    String propagation = request.delete().propagationPolicy();
    if (!propagation.isEmpty()) {
      options.put("propagationPolicy", propagation);
    }
    return options.build();
  }

  private static String kind(Verb verb) {
    return switch (verb) {
      case CREATE -> "CreateOptions";
      case PATCH -> "PatchOptions";
      case DELETE, DELETE_COLLECTION -> "DeleteOptions";
      default -> "UpdateOptions";
    };
  }
}
