package io.kuber.testkit.history;

import java.time.Instant;

/**
 * The cluster was set back, or other objects were loaded into it: what changed is not told one by
 * one.
 *
 * @param revision from which it went on
 */
public record Restoration(long order, Instant at, long revision) implements Entry {}
