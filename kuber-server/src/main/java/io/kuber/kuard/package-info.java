/**
 * A small application to learn Kubernetes with: kuber's own stand-in for the demo application
 * "kuard" of the book Kubernetes Up and Running, with the same URLs and flags.
 *
 * <p>It shows which pod answered, lets its probes be failed, its memory be filled and its names be
 * resolved, browses files, generates keys as a batch workload and serves a work queue in memory. It
 * is an image of its own: nothing here may import kuber or any library, only the JDK ({@code
 * java.base} and {@code jdk.httpserver}), because it runs inside a container on the machine's JDK.
 *
 * <p>The flow: {@link com.sun.net.httpserver.HttpServer} accepts, {@link io.kuber.kuard.Front}
 * turns the exchange into a {@link io.kuber.kuard.Call}, {@link io.kuber.kuard.Routes} (the
 * readable list of all URLs is {@link io.kuber.kuard.Site}) finds the feature, the feature returns
 * a {@link io.kuber.kuard.Reply}, and Front writes it, counts it and logs it. Features therefore
 * never touch the network and are tried out as functions.
 *
 * <p>Threads: a bounded pool answers; every feature guards its own state with its monitor. The key
 * generation has one thread of its own ({@link io.kuber.kuard.KeyGen}).
 *
 * <p>Invariants: everything shown as HTML went through {@link io.kuber.kuard.Html}, which escapes;
 * every body, queue, history and allocation has a limit; nothing is read from outside the
 * container. Start at {@link io.kuber.kuard.Kuard}.
 */
@NullMarked
package io.kuber.kuard;

import org.jspecify.annotations.NullMarked;
