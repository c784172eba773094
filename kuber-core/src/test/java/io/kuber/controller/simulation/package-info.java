/**
 * Controllers under faults, in virtual time, from a seed: the real API and store, simulated nodes,
 * and a network that loses, delays and refuses.
 *
 * <p>A test says what controllers run, what has to hold after every single write, what people do
 * meanwhile, and what it must come to once the faults end:
 *
 * <pre>{@code
 * Seeds.each(seed -> {
 *   Simulation cluster =
 *       Simulation.of(seed).running(ReplicaSetController::new).nodes(3).pods(Lots.TROUBLED, Lots.CALM);
 *   cluster.always("no more pods than asked for", step -> assertThat(podsOf(step.image())).hasSizeLessThan(4));
 *   cluster.create(Resources.REPLICA_SETS, WEB);
 *   cluster.during(Duration.ofMinutes(1), 8, List.of(scaleToTwo, killSomePod));
 *   cluster.rest(Duration.ofMinutes(5));
 *   assertThat(...);
 * });
 * }</pre>
 *
 * <p>{@link io.kuber.controller.simulation.Seeds} prints the seed of a failure, and {@code
 * -Dseed=N} replays that one alone; {@code -Dseeds=1000} runs a thousand. {@link
 * io.kuber.controller.simulation.Faults} are drawn anew from each seed: conflicts, refusals,
 * answers that are lost after the write took effect, controllers that die before or after any write
 * and start again from an older image, views that lag, so that states in between go unseen.
 * Everything runs on the thread of the test.
 */
@NullMarked
package io.kuber.controller.simulation;

import org.jspecify.annotations.NullMarked;
