package io.kuber.raft.log;

/**
 * Names a batch of commands for as long as the log exists; every copy of it has the same.
 *
 * @param session a random number that a store draws when it is opened
 * @param number counts the batches of the session
 */
public record OperationId(long session, long number) {}
