package io.kuber.testkit.report;

/**
 * What was seen at one moment.
 *
 * @param at seconds since the beginning
 * @param census nodes and pods
 * @param requests answered so far
 * @param events given to watchers so far
 * @param reads seconds within which 99 % of the gets and lists since the last sample were answered
 * @param writes the same of all requests that change something
 * @param memory the heap
 */
public record Sample(
    double at,
    Census.Reading census,
    long requests,
    long events,
    double reads,
    double writes,
    Memory memory) {}
