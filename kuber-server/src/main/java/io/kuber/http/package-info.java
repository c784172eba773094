/**
 * The HTTP server: bytes to exchanges and back; with the DNS codec's package the only one that
 * knows Netty.
 *
 * <p>Step 1 of the flow. TLS with ALPN, HTTP/1.1 and HTTP/2, WebSocket and SPDY/3.1 all end in the
 * same few types: a {@link io.kuber.http.Handler} gets an {@link io.kuber.http.Exchange}, reads its
 * immutable {@link io.kuber.http.Request} and answers once. Start at {@link
 * io.kuber.http.HttpServer}.
 *
 * <p>Beside it stands {@link io.kuber.http.UnixServer}, for the few clients of one machine that
 * send and get streams of any size: blocking, a thread for each connection, without Netty.
 *
 * <p>Owner threads: everything of a connection belongs to the connection's event loop; handlers run
 * on worker threads, and whatever a handler gets its hands on may be used from any thread. Actions
 * handed over as callbacks run on the event loop and must not block.
 *
 * <p><b>Invariants:</b> an exchange is answered exactly once; the requests of an HTTP/1.1
 * connection are handled one after the other; whatever a client can make grow has a limit in {@link
 * io.kuber.http.HttpLimits}; no stack trace leaves the process.
 */
@NullMarked
package io.kuber.http;

import org.jspecify.annotations.NullMarked;
