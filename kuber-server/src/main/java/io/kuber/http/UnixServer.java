package io.kuber.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 on a Unix socket of mode 0600, for few clients of the same machine and the same user
 * that send and get much: a thread for each connection, so that bodies stream in both directions at
 * the pace of the slower side and never lie in memory. Its methods are for any thread.
 */
public final class UnixServer implements AutoCloseable {
  /** Connections at the same time; further ones are closed at once. */
  public static final int CONNECTIONS = 512;

  private static final Logger LOG = LoggerFactory.getLogger(UnixServer.class);

  /** Before the next try, when the machine has no descriptors or no memory for a connection. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final byte[] NO_BODY = {};
  private static final Peer SELF = Peer.plain(InetSocketAddress.createUnresolved("localhost", 0));

  private final SocketFile socket;
  private final StreamHandler handler;
  private final Failures failures;
  private final Set<UnixStreams> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger started = new AtomicInteger();
  private volatile boolean isClosed;

  private UnixServer(SocketFile socket, ErrorShape errors, StreamHandler handler) {
    this.socket = socket;
    this.failures = new Failures(errors);
    this.handler = handler;
  }

  /**
   * Starts to listen.
   *
   * @param path where; the file of a server that is dead is replaced
   * @param errors the form of the server's own errors, and of what the handler throws
   * @throws IOException when somebody listens there, or one cannot
   */
  public static UnixServer start(Path path, ErrorShape errors, StreamHandler handler)
      throws IOException {
    UnixServer server = new UnixServer(SocketFile.listen(path), errors, handler);
    server.thread(server::accept, "unix-accept");
    return server;
  }

  /** Where the socket is. */
  public Path path() {
    return socket.path();
  }

  private void thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!isClosed) {
      try {
        take(new UnixStreams(socket.accept()));
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException e) {
        LOG.warn("a client cannot connect to {}; trying on", path(), e);
        LockSupport.parkNanos(this, PAUSE.toNanos());
      }
    }
  }

  private void take(UnixStreams connection) {
    if (open.size() >= CONNECTIONS) {
      LOG.warn("a connection to {} is closed at once: {} are open", path(), CONNECTIONS);
      connection.close();
    } else {
      open.add(connection);
      thread(() -> serve(connection), "unix-call-" + started.incrementAndGet());
    }
  }

  private void serve(UnixStreams connection) {
    try {
      boolean goesOn = !isClosed;
      while (goesOn && !isClosed) {
        goesOn = serveOne(connection);
      }
    } catch (EOFException | ClosedChannelException gone) {
      LOG.debug("a client of {} is gone", path());
    } catch (IOException e) {
      LOG.debug("a connection to {} ends", path(), e);
    } finally {
      open.remove(connection);
      connection.close();
    }
  }

  private boolean serveOne(UnixStreams connection) throws IOException {
    StreamExchange exchange = new StreamExchange(connection, head(connection.in()));
    try {
      handler.handle(exchange);
    } catch (IOException | RuntimeException | Error e) {
      if (exchange.isAnswered() && e instanceof IOException gone) {
        throw gone;
      }
      if (exchange.isAnswered()) {
        failures.log(exchange.request(), e);
        return false;
      }
      exchange.respond(failures.answer(exchange.request(), e));
    }
    return exchange.goesOn();
  }

  private static Request head(InputStream in) throws IOException {
    HeadLines lines = new HeadLines(in, HttpLimits.HEADER_BYTES);
    String[] start = lines.next().split(" ", -1);
    if (start.length != 3 || !start[2].matches("HTTP/1\\.[01]")) {
      throw new IOException("malformed HTTP request");
    }
    Protocol protocol = start[2].endsWith("0") ? Protocol.HTTP_1_0 : Protocol.HTTP_1_1;
    Headers headers = HeadLines.headers(lines);
    try {
      return new Request(start[0], start[1], headers, NO_BODY, protocol, SELF);
    } catch (IllegalArgumentException e) {
      throw new IOException("malformed HTTP request", e);
    }
  }

  /** Listens no more, removes the socket and closes all connections. May be repeated. */
  @Override
  public void close() throws IOException {
    isClosed = true;
    try {
      socket.close();
    } finally {
      open.forEach(UnixStreams::close);
    }
  }
}
