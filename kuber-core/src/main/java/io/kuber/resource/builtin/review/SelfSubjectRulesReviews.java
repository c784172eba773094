package io.kuber.resource.builtin.review;

import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Resources;

/** {@code authorization.k8s.io/v1 SelfSubjectRulesReview}: what may I do here? */
final class SelfSubjectRulesReviews implements KindRules {
  static final Kind KIND =
      Questions.kind(Resources.SELF_SUBJECT_RULES_REVIEWS, new SelfSubjectRulesReviews());

  private SelfSubjectRulesReviews() {}
}
