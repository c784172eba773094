package io.kuber.server.tunnel;

import io.kuber.api.ExecOptions;
import io.kuber.api.RemoteProcess;
import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.SpdyListener;
import io.kuber.http.SpdySession;
import io.kuber.http.SpdyStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The streams of exec as streams of a SPDY session, which the client opens one by one. */
final class ExecOverSpdy implements SpdyListener {
  private static final int OPENING_SECONDS = 30;
  private static final int SIZE_BYTES = 1024;

  private final Exchange exchange;
  private final ExecOptions options;
  private final ExecProtocol protocol;
  private final SessionThreads threads;
  private final List<String> expected;
  private final Map<String, SpdyStream> opened = new ConcurrentHashMap<>();
  private final CountDownLatch missing;

  ExecOverSpdy(
      Exchange exchange, ExecOptions options, ExecProtocol protocol, SessionThreads threads) {
    this.exchange = exchange;
    this.options = options;
    this.protocol = protocol;
    this.threads = threads;
    this.expected = expected();
    this.missing = new CountDownLatch(expected.size());
  }

  private List<String> expected() {
    List<String> types = new ArrayList<>(List.of("error"));
    addIf(options.stdin(), "stdin", types);
    addIf(options.stdout(), "stdout", types);
    addIf(options.stderr(), "stderr", types);
    addIf(options.tty() && protocol.canResize(), "resize", types);
    return types;
  }

  private static void addIf(boolean wanted, String type, List<String> types) {
    if (wanted) {
      types.add(type);
    }
  }

  /** Upgrades and waits for the client to open all streams. */
  ExecStreams open() throws IOException {
    Headers agreed =
        protocol.name().isEmpty()
            ? Headers.EMPTY
            : Headers.of("X-Stream-Protocol-Version", protocol.name());
    SpdySession session = exchange.acceptSpdy(agreed, this);
    awaitStreams(session);
    OutputStream error = stream("error").output();
    return new ExecStreams(
        input("stdin"),
        output("stdout"),
        output("stderr"),
        end -> sendEnd(error, end),
        this::passSizes,
        session::close);
  }

  private void awaitStreams(SpdySession session) throws IOException {
    try {
      if (missing.await(OPENING_SECONDS, TimeUnit.SECONDS) && !session.isClosed()) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    session.close();
    throw new IOException("the client has not opened the streams " + expected);
  }

  private SpdyStream stream(String type) throws IOException {
    SpdyStream stream = opened.get(type);
    if (stream == null) {
      throw new IOException("the client has not opened the stream " + type);
    }
    return stream;
  }

  private InputStream input(String type) {
    SpdyStream stream = opened.get(type);
    return stream == null ? InputStream.nullInputStream() : stream.input();
  }

  private OutputStream output(String type) {
    SpdyStream stream = opened.get(type);
    return stream == null ? OutputStream.nullOutputStream() : stream.output();
  }

  private static void sendEnd(OutputStream error, byte[] end) {
    try (error) {
      error.write(end);
    } catch (IOException gone) {
      // Nobody is left to be told.
    }
  }

  private void passSizes(RemoteProcess process) {
    if (opened.containsKey("resize")) {
      InputStream sizes = input("resize");
      threads.run(() -> readSizes(sizes, process));
    }
  }

  /** Go's encoder ends each size with a line feed. */
  private static void readSizes(InputStream sizes, RemoteProcess process) {
    ByteArrayOutputStream size = new ByteArrayOutputStream();
    try {
      for (int next = sizes.read(); next >= 0 && size.size() < SIZE_BYTES; next = sizes.read()) {
        size.write(next);
        if (next == '}') {
          TerminalSize.apply(size.toByteArray(), process);
          size.reset();
        }
      }
    } catch (IOException gone) {
      // No more sizes will come.
    }
  }

  @Override
  public void onStream(SpdyStream stream) {
    String type = stream.headers().first("streamType").orElse("");
    if (!expected.contains(type) || opened.putIfAbsent(type, stream) != null) {
      stream.reset();
    } else {
      missing.countDown();
    }
  }

  @Override
  public void onClose() {
    while (missing.getCount() > 0) {
      missing.countDown();
    }
  }
}
