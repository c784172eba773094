/**
 * Deletes the tokens that let machines join once their time is over (upstream:
 * pkg/controller/bootstrap, tokencleaner.go). Such a token lets nobody in any more, but its Secret
 * would stay for ever.
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.tokencleaner.TokenController}.
 *
 * <p><b>Invariant:</b> the Secret that is deleted is the very one that was looked at, so that a
 * token whose time was prolonged stays.
 */
@NullMarked
package io.kuber.controller.tokencleaner;

import org.jspecify.annotations.NullMarked;
