package io.kuber.linux;

/**
 * A child process.
 *
 * @param pid its number in this process's PID namespace
 * @param pidfd a descriptor of it, to be closed by whoever waits for it
 */
public record Child(int pid, int pidfd) {}
