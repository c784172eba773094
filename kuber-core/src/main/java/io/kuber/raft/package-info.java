/**
 * The durable store: the machine of {@link io.kuber.store} behind a replicated log. The only
 * package that knows Apache Ratis.
 *
 * <p>Steps 5 and 6 of the flow. A command goes to the sequencer (a loop of its own), which packs
 * many into one batch; the courier brings it to whoever leads and stays with it; the log writes,
 * syncs and replicates it; every server's applier runs the machine and tells the listeners, and the
 * server whose batch it was answers those who wait. A peer is one {@code RaftStore} on one
 * directory; one that is alone has no network at all.
 *
 * <p>Start at {@link io.kuber.raft.RaftStore}, then {@code Sequencer}, {@code Courier} and {@code
 * ReplicatedMachine}; {@link io.kuber.raft.Members} is how servers come and go.
 *
 * <p><b>Invariants:</b> an acknowledged command is on the disks of a majority and in the image of
 * the server that says so; a batch takes effect once, however often it is sent; apply is the only
 * place that decides, it needs no clock and no randomness, so every replay ends in the same image;
 * when the disk fails, nothing is acknowledged any more and the fault handler is told.
 */
@NullMarked
package io.kuber.raft;

import org.jspecify.annotations.NullMarked;
