/**
 * Selectors of labels and fields: the text and object forms of Kubernetes, parsed into predicates.
 *
 * <p>Used by lists and watches (step 3 of the flow), controllers and the scheduler. Values without
 * an owner thread. Start at {@link io.kuber.selector.LabelSelector}.
 *
 * <p><b>Invariant:</b> a selector that exists is well-formed; what is not, ends in an {@link
 * io.kuber.selector.InvalidSelectorException} worded as Kubernetes words it.
 */
@NullMarked
package io.kuber.selector;

import org.jspecify.annotations.NullMarked;
