/**
 * What happened in a cluster, in numbers and pictures: counts of nodes and pods as they change,
 * measurements over time, and a page of HTML that shows them.
 *
 * <p>Outside the flow: a listener of the store and a reader of the API's counts. {@link
 * io.kuber.testkit.report.Census} is written by the applying thread, {@link
 * io.kuber.testkit.report.Observation} samples it on a loop of its own, and all that draws is pure.
 * Start at {@link io.kuber.testkit.report.Report}.
 *
 * <p><b>Invariant:</b> the page needs nothing but itself: no script, no font, no picture of others.
 */
@NullMarked
package io.kuber.testkit.report;

import org.jspecify.annotations.NullMarked;
