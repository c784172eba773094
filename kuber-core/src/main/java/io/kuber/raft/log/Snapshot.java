package io.kuber.raft.log;

import io.kuber.store.TreeImage;

/**
 * An image as it was behind one entry of the log.
 *
 * @param sessions what was applied, so that copies behind it are known
 * @param term the election in which the entry was written
 * @param index the place of the entry
 */
public record Snapshot(TreeImage image, Sessions sessions, long term, long index) {}
