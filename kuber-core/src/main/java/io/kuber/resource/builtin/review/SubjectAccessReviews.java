package io.kuber.resource.builtin.review;

import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;

/** {@code authorization.k8s.io/v1 SubjectAccessReview}: may they do this? */
final class SubjectAccessReviews implements KindRules {
  static final Kind KIND =
      Questions.kind(Resources.SUBJECT_ACCESS_REVIEWS, new SubjectAccessReviews());

  private SubjectAccessReviews() {}

  @Override
  public void check(KubeObject review, Problems problems) {
    Questions.checkDeed(review.spec(), problems);
    Questions.checkSubject(review.spec(), problems);
  }
}
