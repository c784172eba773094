package io.kuber.testkit.history;

import java.time.Instant;

/**
 * Something went wrong because the test wanted it: a request that was struck, a server that was cut
 * off, a node that fell silent.
 *
 * @param text what, in words
 */
public record Disturbance(long order, Instant at, String text) implements Entry {}
