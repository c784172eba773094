/**
 * What pods of simulated nodes do, written in Java: answers to exec, logs and probes as lambdas,
 * programs that run in this JVM, crash loops, images that cannot be had, slow starts.
 *
 * <p>Values and the interfaces of lambdas; {@code io.kuber.testkit.node} asks them. Probes are
 * asked on the loop of the nodes, exec and logs on the thread of whoever asks, programs on a loop
 * of their own. Start at {@link io.kuber.testkit.node.script.PodScript}.
 *
 * <p><b>Invariant:</b> a script knows its pods by the {@link io.kuber.testkit.node.stage.Match}
 * alone, and holds no state of theirs.
 */
@NullMarked
package io.kuber.testkit.node.script;

import org.jspecify.annotations.NullMarked;
