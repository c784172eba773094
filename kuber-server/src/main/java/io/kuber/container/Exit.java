package io.kuber.container;

import java.time.Instant;

/**
 * How a container ended.
 *
 * @param code what its first process exited with, or 128 and the number of the signal that ended it
 * @param signal the number of that signal, or 0
 * @param oomKilled whether the kernel killed a process of it because it reached its memory limit
 * @param finishedAt when it was noticed
 */
public record Exit(int code, int signal, boolean oomKilled, Instant finishedAt) {}
