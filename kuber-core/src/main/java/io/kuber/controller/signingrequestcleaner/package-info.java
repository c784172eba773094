/**
 * Deletes wishes for certificates a while after they were decided, and those that nobody ever
 * decided (upstream: pkg/controller/certificates/cleaner). Machines make them by themselves, so
 * they would become ever more.
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.signingrequestcleaner.SigningRequestController}.
 *
 * <p><b>Invariant:</b> the request that is deleted is the very one that was looked at, so that one
 * which was decided meanwhile stays for those who wait for it.
 */
@NullMarked
package io.kuber.controller.signingrequestcleaner;

import org.jspecify.annotations.NullMarked;
