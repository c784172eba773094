package io.kuber.resource.builtin.review;

import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Resources;

/** {@code authentication.k8s.io/v1 SelfSubjectReview}: who am I? */
final class SelfSubjectReviews implements KindRules {
  static final Kind KIND = Questions.kind(Resources.SELF_SUBJECT_REVIEWS, new SelfSubjectReviews());

  private SelfSubjectReviews() {}
}
