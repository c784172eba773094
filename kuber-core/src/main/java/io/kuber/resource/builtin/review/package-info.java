/**
 * The kinds of {@code authentication.k8s.io} and {@code authorization.k8s.io}: who somebody is and
 * what they may do; they are questions, which are posted and answered and never stored. A class per
 * kind, laid out like those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.review.ReviewKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.review;

import org.jspecify.annotations.NullMarked;
