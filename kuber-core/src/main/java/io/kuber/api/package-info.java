/**
 * The API machinery: every kind through the same verbs.
 *
 * <p>Step 3 of the flow: an {@code ApiRequest} becomes an answer. A verb is a class ({@code
 * Create}, {@code Get}, {@code ListObjects}, {@code Watch}, {@code Update}, {@code Patch}, {@code
 * Delete}, {@code DeleteCollection}); a verb that writes asks admission (step 4) and makes a {@code
 * Decision} on an image, which {@code Commit} carries out on the store (step 5) and makes anew when
 * somebody else was faster. What a path shows of an object is a {@code Facet}. No owner thread:
 * verbs hold no state. Start at {@link io.kuber.api.Api}.
 *
 * <p><b>Invariant:</b> a request ends in an answer or in an {@link io.kuber.api.ApiException} with
 * the reason that Kubernetes would give.
 */
@NullMarked
package io.kuber.api;

import org.jspecify.annotations.NullMarked;
