/**
 * What stands in the log, and the files of a store before anybody opens them.
 *
 * <p>{@link io.kuber.raft.log.LogEntry} and its codec are the entries, {@link
 * io.kuber.raft.log.LogState} what they add up to. {@link io.kuber.raft.log.StoreDirectory} is the
 * directory of one server; {@link io.kuber.raft.log.Inspection} looks through it before Ratis does,
 * and {@link io.kuber.raft.log.Salvage} reads it when nobody can open it any more. Start at {@code
 * LogEntry}.
 *
 * <p>Owner thread: the one that applies, for what the log adds up to; the one that opens the store,
 * for its files.
 *
 * <p><b>Invariants:</b> what the log adds up to depends on its entries alone; a layout, once
 * written, stays readable; a flipped bit is found and named, never served.
 */
@NullMarked
package io.kuber.raft.log;

import org.jspecify.annotations.NullMarked;
