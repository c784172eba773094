/**
 * Faults for a cluster under test: conflicts, refusals, time-outs, connections that break, watches
 * that lose, repeat or hold back events; scripted, or drawn from a seed.
 *
 * <p>Outside the flow, in front of step 2: {@link io.kuber.testkit.chaos.Faults} is a {@link
 * io.kuber.boot.Wire} between clients and the API. Whoever asks, over HTTP within the process, over
 * a port, or as a part of kuber itself, is described by an {@code Asked}, and the first {@link
 * io.kuber.testkit.chaos.Injection} that is meant for it decides. Start at {@code Faults}.
 *
 * <p>Owner threads: those of the requests; an injection guards what it counts.
 *
 * <p><b>Invariants:</b> without injections requests pass as though nothing stood here; whether a
 * drawn fault strikes follows from the seed, from what is asked, and from how often it was asked,
 * and not from which thread was faster.
 */
@NullMarked
package io.kuber.testkit.chaos;

import org.jspecify.annotations.NullMarked;
