/**
 * What the node and its pods use, read from control groups, {@code /proc} and file systems: the
 * figures behind {@code kubectl top}, autoscalers, the kubelet's statistics and evictions.
 *
 * <p>Beside step 10 of the flow. {@link io.kuber.node.stats.Sampler} reads every few seconds and
 * publishes a {@link io.kuber.node.stats.Summary}, which everybody else only looks at; rates come
 * from the differences of two readings. Start there.
 *
 * <p>Owner threads: the sampler's loop owns what was read before, the disk meter's loop the sizes
 * of directories, which take longer to find out. What both publish is immutable.
 */
@NullMarked
package io.kuber.node.stats;

import org.jspecify.annotations.NullMarked;
