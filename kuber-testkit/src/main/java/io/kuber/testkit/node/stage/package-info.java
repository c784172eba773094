/**
 * The life of simulated pods as data: from which state to which, after how long a wait, and how
 * often it goes wrong. Read from YAML or built in Java.
 *
 * <p>All of it is pure. {@link io.kuber.testkit.node.stage.PodState} says where a pod is, the first
 * {@link io.kuber.testkit.node.stage.Stage} that leads on from there is the next; {@code
 * io.kuber.testkit.node} carries it out. Start at {@link io.kuber.testkit.node.stage.Stage}.
 *
 * <p><b>Invariant:</b> a stage that exists leads from one state to another that may follow it, and
 * never backwards in time.
 */
@NullMarked
package io.kuber.testkit.node.stage;

import org.jspecify.annotations.NullMarked;
