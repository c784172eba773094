package io.kuber.resource.builtin.review;

import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Verb;
import io.kuber.resource.Version;
import java.util.List;
import java.util.Set;

/** What all kinds have in common that are questions, and what those about rights have. */
final class Questions {
  private static final FieldPath RESOURCE = FieldPath.SPEC.child("resourceAttributes");
  private static final String ONE_OF =
      "exactly one of nonResourceAttributes or resourceAttributes must be specified";

  private Questions() {}

  /** A kind that can only be posted. */
  static Kind kind(ResourceType type, KindRules rules) {
    return new Kind(
        List.of(Version.of(type, Columns.NAME_AND_AGE)), List.of(Verb.CREATE), Set.of(), rules);
  }

  /** Reports a question about no deed, or about two (pkg/apis/authorization/validation). */
  static void checkDeed(Tree spec, Problems problems) {
    boolean resource = spec.has("resourceAttributes");
    boolean path = spec.has("nonResourceAttributes");
    if (resource == path) {
      problems.invalid(FieldPath.SPEC, path ? spec.tree("nonResourceAttributes") : Nil.NIL, ONE_OF);
    }
  }

  /** Reports a question that names nobody. */
  static void checkSubject(Tree spec, Problems problems) {
    if (spec.text("user").isEmpty() && spec.items("groups").isEmpty()) {
      problems.invalid(
          FieldPath.SPEC.child("user"), "", "at least one of user or group must be specified");
    }
  }

  /** Reports a question about another namespace than the one it is asked in. */
  static void checkNamespace(KubeObject review, Problems problems) {
    String namespace = review.spec().text("resourceAttributes", "namespace");
    if (!namespace.equals(review.namespace())) {
      problems.invalid(RESOURCE.child("namespace"), namespace, "must match metadata.namespace");
    }
    if (review.spec().has("nonResourceAttributes")) {
      problems.invalid(
          FieldPath.SPEC.child("nonResourceAttributes"),
          review.spec().tree("nonResourceAttributes"),
          "disallowed on this kind of request");
    }
  }
}
