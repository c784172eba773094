/**
 * Whom the cluster trusts: its certificate authority, the certificates that it issues, and the
 * kubeconfig that hands them to a user.
 *
 * <p>Made at the first start and kept under the data directory; read at every other start. No owner
 * thread: it runs once, before anything listens. Start at {@link
 * io.kuber.server.trust.ClusterTrust}.
 *
 * <p><b>Invariant:</b> private keys are readable by their owner only, from the moment the file
 * exists.
 */
@NullMarked
package io.kuber.server.trust;

import org.jspecify.annotations.NullMarked;
