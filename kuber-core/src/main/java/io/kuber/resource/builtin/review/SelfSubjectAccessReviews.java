package io.kuber.resource.builtin.review;

import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;

/** {@code authorization.k8s.io/v1 SelfSubjectAccessReview}: may I do this? */
final class SelfSubjectAccessReviews implements KindRules {
  static final Kind KIND =
      Questions.kind(Resources.SELF_SUBJECT_ACCESS_REVIEWS, new SelfSubjectAccessReviews());

  private SelfSubjectAccessReviews() {}

  @Override
  public void check(KubeObject review, Problems problems) {
    Questions.checkDeed(review.spec(), problems);
  }
}
