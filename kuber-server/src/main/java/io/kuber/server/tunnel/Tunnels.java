package io.kuber.server.tunnel;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodRef;
import io.kuber.http.Exchange;
import io.kuber.http.Query;
import java.time.InstantSource;

/**
 * Serves the streaming subresources of pods. The methods take an authorised exchange, return at
 * once and answer it from a session's own thread; they throw an {@link ApiException} when the
 * request is malformed or too many sessions are open. Whatever goes wrong before the first byte is
 * handed to {@link Exchange#fail}. For any thread.
 */
public final class Tunnels implements AutoCloseable {
  /** Threads of all sessions together: an exec has up to four, a forwarded connection two. */
  public static final int THREADS = 2048;

  private final NodeGateway gateway;
  private final InstantSource clock;
  private final SessionThreads threads = new SessionThreads(THREADS);

  /** Tunnels to the pods behind {@code gateway}; {@code clock} turns ages of logs into times. */
  public Tunnels(NodeGateway gateway, InstantSource clock) {
    this.gateway = gateway;
    this.clock = clock;
  }

  /** Runs the command of the query in a container. */
  public void exec(Exchange exchange, PodRef pod, String container) {
    ExecOptions options = execOptions(exchange.request().query());
    if (options.command().isEmpty()) {
      throw Refusal.badRequest("you must specify at least one command for the container");
    }
    new ExecTunnel(exchange, options, threads, () -> gateway.exec(pod, container, options)).serve();
  }

  /** Joins the main process of a container. */
  public void attach(Exchange exchange, PodRef pod, String container) {
    ExecOptions options = execOptions(exchange.request().query());
    new ExecTunnel(exchange, options, threads, () -> gateway.attach(pod, container, options))
        .serve();
  }

  /** Connects to ports of a pod. */
  public void portForward(Exchange exchange, PodRef pod) {
    new PortForwardTunnel(exchange, pod, gateway, threads).serve();
  }

  /** Passes the request on to a pod. */
  public void proxy(Exchange exchange, ProxyTarget target) {
    new ProxyTunnel(exchange, target, gateway, threads).serve();
  }

  /** Sends the log of a container. */
  public void logs(Exchange exchange, PodRef pod, String container) {
    LogOptions options = LogQuery.options(exchange.request().query(), clock);
    new LogStream(exchange, threads, () -> gateway.logs(pod, container, options)).serve();
  }

  private static ExecOptions execOptions(Query query) {
    ExecOptions options =
        new ExecOptions(
            query.all("command"),
            query.isTrue("stdin"),
            query.isTrue("stdout"),
            query.isTrue("stderr") && !query.isTrue("tty"),
            query.isTrue("tty"));
    if (!options.stdin() && !options.stdout() && !options.stderr()) {
      throw Refusal.badRequest("you must specify at least 1 of stdin, stdout, stderr");
    }
    return options;
  }

  /** Interrupts the threads of all sessions. */
  @Override
  public void close() {
    threads.close();
  }
}
