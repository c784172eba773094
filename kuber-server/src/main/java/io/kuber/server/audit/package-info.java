/**
 * What an audit log tells of requests: which ones and how much by a policy ({@code
 * audit.k8s.io/v1}), written to files with rotation and sent to a receiver in batches.
 *
 * <p>Beside step 2 of the flow: a link of the chain asks {@link io.kuber.server.audit.Audit} what
 * is wanted of a request and hands over one {@link io.kuber.server.audit.Event} for each stage.
 * Start there. {@link io.kuber.server.audit.Policy} is the planner. Threads: a loop writes what was
 * handed over, another one sends batches; requests wait for neither.
 *
 * <p><b>Invariant:</b> what waits is bounded in number and bytes; what finds no room, or cannot be
 * written, is counted and never keeps a request from being served.
 */
@NullMarked
package io.kuber.server.audit;

import org.jspecify.annotations.NullMarked;
