package io.kuber.resource.builtin.review;

import io.kuber.resource.Kind;
import java.util.List;

/**
 * The kinds of {@code authentication.k8s.io} and {@code authorization.k8s.io}, in the order of
 * discovery.
 */
public final class ReviewKinds {
  /** All of them. */
  public static final List<Kind> KINDS =
      List.of(
          TokenReviews.KIND,
          SelfSubjectReviews.KIND,
          SubjectAccessReviews.KIND,
          LocalSubjectAccessReviews.KIND,
          SelfSubjectAccessReviews.KIND,
          SelfSubjectRulesReviews.KIND);

  private ReviewKinds() {}
}
