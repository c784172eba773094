/**
 * Groups of the API that other servers answer, behind Services of this cluster (kube-aggregator;
 * ADR 18): which those are, where to reach them, whether they are there, and the way of requests to
 * them.
 *
 * <p>{@link io.kuber.server.aggregate.Aggregation} is where to start: it passes requests on, on
 * threads of its own, and asks each server from time to time, on a loop of its own, what it has. A
 * server that is dead or slow costs its own group and nothing else: what discovery says of it was
 * learnt before, and every connection, answer and wait has a bound.
 */
@NullMarked
package io.kuber.server.aggregate;

import org.jspecify.annotations.NullMarked;
