/**
 * The durable store: the machine of {@link io.kuber.store} behind a replicated log. The only
 * package that knows Apache Ratis.
 *
 * <p>Steps 5 and 6 of the flow. A command goes to the sequencer (a loop of its own), which packs
 * many into one log entry; the log writes and syncs it, and its applier thread runs the machine and
 * tells the listeners. One peer today; a peer is one {@code RaftStore} on one directory.
 *
 * <p>Start at {@link io.kuber.raft.RaftStore}, then {@code Sequencer} and {@code
 * ReplicatedMachine}.
 *
 * <p><b>Invariants:</b> an acknowledged command is on the disk and in the image; apply is the only
 * place that decides, it needs no clock and no randomness, so every replay ends in the same image;
 * when the disk fails, nothing is acknowledged any more and the fault handler is told.
 */
@NullMarked
package io.kuber.raft;

import org.jspecify.annotations.NullMarked;
