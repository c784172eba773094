/**
 * Networks of containers: a bridge each, made when its first container comes, with addresses, a way
 * out, published ports, and on networks that people have made a server for the names of containers.
 *
 * <p>What there is lies in one file of the engine's directory ({@link
 * io.kuber.engine.network.NetworkFile}), so that an engine that was killed finds its bridges and
 * the links of containers again. What packets may do is computed whole from that ({@link
 * io.kuber.engine.network.EngineTable}) and replaces what the kernel had.
 *
 * <p>Threads: {@link io.kuber.engine.network.EngineNetworks} is for any thread and does one thing
 * at a time. It works in the network namespace of whoever calls, which has to be the same always.
 *
 * <p><b>Invariant:</b> an engine whose networks no container has used has changed nothing in the
 * kernel; after closing nothing of it is left there.
 *
 * <p>Start at {@link io.kuber.engine.network.EngineNetworks}.
 */
@NullMarked
package io.kuber.engine.network;

import org.jspecify.annotations.NullMarked;
