/**
 * How a node on a machine of its own becomes one of a cluster, and stays one: with a token for its
 * first certificate, and with that for all others.
 *
 * <p>{@link io.kuber.node.join.Introduction} is the first contact, {@link
 * io.kuber.node.join.Certifying} asks for certificates, {@link io.kuber.node.join.NodeMemory} is
 * what lasts. All block; they are used at the start, and renewal on a loop that is for nothing
 * else.
 *
 * <p><b>Invariant:</b> a private key does not leave the machine; a token is told only to a server
 * that has shown a certificate of the authority that it pins, and is not kept.
 */
@NullMarked
package io.kuber.node.join;

import org.jspecify.annotations.NullMarked;
