package io.kuber.resource.builtin.review;

import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;

/** {@code authorization.k8s.io/v1 LocalSubjectAccessReview}: may they do this here? */
final class LocalSubjectAccessReviews implements KindRules {
  static final Kind KIND =
      Questions.kind(Resources.LOCAL_SUBJECT_ACCESS_REVIEWS, new LocalSubjectAccessReviews());

  private LocalSubjectAccessReviews() {}

  @Override
  public void check(KubeObject review, Problems problems) {
    Questions.checkDeed(review.spec(), problems);
    Questions.checkSubject(review.spec(), problems);
    Questions.checkNamespace(review, problems);
  }
}
