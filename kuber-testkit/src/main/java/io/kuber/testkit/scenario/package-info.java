/**
 * Scenarios: what is to happen in a simulated cluster, as data in a file; reading it, weighing it,
 * and playing it.
 *
 * <pre>
 * file ── ScenarioFile ──> Scenario ── Weight ──> fits? ── ScenarioRun ──> Outcome, report
 * </pre>
 *
 * <p>Outside the flow: a client of the API and the hand that takes simulated nodes away. A run
 * belongs to the thread that calls it; on the virtual clock that thread does everything. Start at
 * {@link io.kuber.testkit.scenario.ScenarioRun}, and at {@link io.kuber.testkit.scenario.Step} for
 * what can happen.
 *
 * <p><b>Invariant:</b> a scenario that exists can be played: its names are known, its numbers are
 * within their limits, its steps speak of what earlier ones have made.
 */
@NullMarked
package io.kuber.testkit.scenario;

import org.jspecify.annotations.NullMarked;
