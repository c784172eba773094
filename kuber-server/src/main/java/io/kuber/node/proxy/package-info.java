/**
 * Service addresses: what a client sends to a cluster address or a node port reaches a backend.
 *
 * <p>Place in the flow: beside step 10. The node agent hands over services and backends whenever
 * they change. {@link io.kuber.node.proxy.RulePlanner} makes them a {@link
 * io.kuber.node.proxy.RuleSet}, {@link io.kuber.node.proxy.RuleSetDiff} says what that changes, and
 * a {@link io.kuber.node.proxy.ServiceProxy} does it: {@code NftProxy} in the kernel, or {@code
 * UserSpaceProxy} where the kernel lacks nf_tables.
 *
 * <p>Threads: a proxy belongs to the one thread that calls it.
 *
 * <p><b>Invariant:</b> what the kernel's table holds is known here and never listed. When a change
 * fails, the next one writes the whole table again. <b>Invariant:</b> a change is one transaction;
 * no packet meets a service half changed.
 *
 * <p>Start at {@link io.kuber.node.proxy.ServiceProxy}.
 */
@NullMarked
package io.kuber.node.proxy;

import org.jspecify.annotations.NullMarked;
