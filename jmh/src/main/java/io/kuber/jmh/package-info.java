/**
 * Benchmarks of the hot paths, each beside the thing it has to be compared with.
 *
 * <p>Run by JMH; {@code docs/performance.md} has the commands and what they gave. Start at {@link
 * io.kuber.jmh.ObjectTreeBenchmark}.
 */
@NullMarked
package io.kuber.jmh;

import org.jspecify.annotations.NullMarked;
