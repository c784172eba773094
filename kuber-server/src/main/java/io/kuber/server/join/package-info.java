/**
 * How another machine becomes part of a cluster: tokens that an administrator makes, and the
 * exchange in which a machine that shows one is given what it needs.
 *
 * <p>A token line is pasted on the new machine. It names a Secret of the form that kubeadm gives
 * bootstrap tokens, and pins the cluster's authority, so that the new machine knows whom it talks
 * to before it says the secret. {@link io.kuber.server.join.JoinPlan} decides on the server's side;
 * {@link io.kuber.server.join.JoinDesk} answers requests, each on its own worker thread; {@link
 * io.kuber.server.join.JoinClient} is the new machine's side. Start at {@link
 * io.kuber.server.join.JoinToken}.
 *
 * <p><b>Invariants:</b> secrets are compared in constant time, never logged, and sent only to a
 * server that has shown a certificate of the pinned authority.
 */
@NullMarked
package io.kuber.server.join;

import org.jspecify.annotations.NullMarked;
