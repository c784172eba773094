/**
 * Several API servers over one history: one that leads, and those that follow it, which may lag, be
 * cut off from the others, or have a clock that is wrong.
 *
 * <p>Outside the flow, around step 5: a {@link io.kuber.testkit.server.Follower} is an API server
 * of its own, with its own watches, rights and admission, over a {@code FollowerStore}, which shows
 * what has reached it of the leader's changes and hands writes over to the leader. What replicates
 * is made here, and is not Raft: nothing is ever lost, and the one that leads never changes. Start
 * at {@link io.kuber.testkit.server.Servers}.
 *
 * <p>Owner threads: the leader's changes come on whatever thread applies them, those that were held
 * back on a loop of the follower; the store of a follower guards its state.
 *
 * <p><b>Invariants:</b> a follower shows states that the leader had, in their order and without a
 * gap, or says that it went on from a snapshot; what it answers a write with, its own image has.
 */
@NullMarked
package io.kuber.testkit.server;

import org.jspecify.annotations.NullMarked;
