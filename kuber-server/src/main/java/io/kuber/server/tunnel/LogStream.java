package io.kuber.server.tunnel;

import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.PacedOutput;
import io.kuber.http.ResponseStream;
import java.io.IOException;
import java.io.InputStream;

/** Sends a log as it is written, until it ends or the client has seen enough. */
final class LogStream {
  private final Exchange exchange;
  private final SessionThreads threads;
  private final Source source;

  /** Opens the log. */
  interface Source {
    InputStream open() throws IOException;
  }

  LogStream(Exchange exchange, SessionThreads threads, Source source) {
    this.exchange = exchange;
    this.threads = threads;
    this.source = source;
  }

  void serve() {
    threads.run(this::run);
  }

  private void run() {
    try (InputStream log = source.open()) {
      exchange.onClose(() -> closeQuietly(log));
      ResponseStream stream = exchange.stream(200, Headers.of("Content-Type", "text/plain"));
      SessionThreads.copy(log, new PacedOutput(stream, stream::write, stream::end));
    } catch (IOException | RuntimeException e) {
      exchange.fail(e);
    }
  }

  /** Wakes the thread that reads the log when the client is gone. */
  private static void closeQuietly(InputStream log) {
    try {
      log.close();
    } catch (IOException e) {
      throw new IllegalStateException("the log cannot be closed", e);
    }
  }
}
