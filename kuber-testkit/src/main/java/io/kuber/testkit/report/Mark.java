package io.kuber.testkit.report;

/**
 * Something that was done, as a mark on the axis of time.
 *
 * @param number for people, from one
 * @param from seconds since the beginning
 * @param to when it was done
 * @param text what it was
 * @param outcome what came of it; empty when there is nothing to say
 * @param failed whether it went wrong
 */
public record Mark(
    int number, double from, double to, String text, String outcome, boolean failed) {}
