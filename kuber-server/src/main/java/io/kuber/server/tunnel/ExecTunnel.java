package io.kuber.server.tunnel;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.RemoteProcess;
import io.kuber.http.Exchange;
import io.kuber.http.Request;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** One session of exec or attach: the process first, then the upgrade, then the streams. */
final class ExecTunnel {
  private final Exchange exchange;
  private final ExecOptions options;
  private final SessionThreads threads;
  private final Start start;

  /** Starts the process. */
  interface Start {
    RemoteProcess start() throws IOException;
  }

  ExecTunnel(Exchange exchange, ExecOptions options, SessionThreads threads, Start start) {
    this.exchange = exchange;
    this.options = options;
    this.threads = threads;
    this.start = start;
  }

  void serve() {
    Request request = exchange.request();
    if (request.wantsWebSocket()) {
      ExecProtocol protocol = ExecProtocol.ofWebSocket(request);
      threads.run(() -> run(protocol, true));
    } else if (request.wantsSpdy()) {
      ExecProtocol protocol = ExecProtocol.ofSpdy(request);
      threads.run(() -> run(protocol, false));
    } else {
      throw Refusal.upgradeRequired();
    }
  }

  private void run(ExecProtocol protocol, boolean isWebSocket) {
    try (RemoteProcess process = start.start()) {
      exchange.onClose(process::close);
      ExecStreams streams =
          isWebSocket
              ? new ExecOverWebSocket(exchange, options, protocol).open()
              : new ExecOverSpdy(exchange, options, protocol, threads).open();
      converse(process, streams, protocol);
    } catch (IOException | RuntimeException e) {
      exchange.fail(e);
    }
  }

  private void converse(RemoteProcess process, ExecStreams streams, ExecProtocol protocol) {
    try {
      streams.resizes().accept(process);
      CountDownLatch stderrEnded = new CountDownLatch(options.stderr() ? 1 : 0);
      if (options.stderr()) {
        threads.pump(process.stderr(), streams.stderr(), stderrEnded::countDown);
      }
      if (options.stdin()) {
        threads.pump(streams.stdin(), process.stdin(), () -> discard(streams));
      }
      if (options.stdout()) {
        SessionThreads.copy(process.stdout(), streams.stdout());
      }
      stderrEnded.await();
      streams.end().accept(ExecEnd.exited(exitCode(process), protocol));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      streams.end().accept(ExecEnd.failed(e, protocol));
    } catch (IOException | RuntimeException e) {
      streams.end().accept(ExecEnd.failed(e, protocol));
    } finally {
      streams.close().run();
    }
  }

  /** A process that reads no further must not hold the client up. */
  private static void discard(ExecStreams streams) {
    try {
      streams.stdin().close();
    } catch (IOException e) {
      throw new IllegalStateException("what the client sends cannot be dropped", e);
    }
  }

  private static int exitCode(RemoteProcess process) throws IOException, InterruptedException {
    try {
      return process.exit().toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException known) {
        throw known;
      }
      throw new IOException("cannot know how the process ended: " + e.getCause(), e);
    }
  }
}
