package io.kuber.resource.builtin.review;

import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Resources;

/** {@code authentication.k8s.io/v1 TokenReview}: whose token is this? */
final class TokenReviews implements KindRules {
  static final Kind KIND = Questions.kind(Resources.TOKEN_REVIEWS, new TokenReviews());

  private TokenReviews() {}
}
