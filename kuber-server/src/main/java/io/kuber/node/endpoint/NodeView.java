package io.kuber.node.endpoint;

import io.kuber.api.NodeGateway;
import io.kuber.node.stats.LivePod;
import io.kuber.node.stats.Summary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The node as its endpoint sees it. All of it may be asked on any thread.
 *
 * @param name of the node
 * @param clusterDomain the domain below which its pods find Services
 * @param startedAt when its agent began
 * @param pods all that are bound to it, with those of their containers that run
 * @param summary what was measured last
 * @param gateway to its containers
 * @param logs the machine's own logs, usually {@code /var/log}
 */
public record NodeView(
    String name,
    String clusterDomain,
    Instant startedAt,
    Supplier<List<LivePod>> pods,
    Supplier<Optional<Summary>> summary,
    NodeGateway gateway,
    Path logs) {}
