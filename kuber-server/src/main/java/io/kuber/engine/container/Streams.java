package io.kuber.engine.container;

import io.kuber.container.ContainerProcess;
import io.kuber.engine.wire.Frames;
import io.kuber.http.Duplex;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins what a client types and reads with a process. */
final class Streams {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  private static final int COPY_BYTES = 32 << 10;

  private Streams() {}

  /** What happens on a thread of its own, and may fail when the client or the process is gone. */
  @FunctionalInterface
  interface Copying {
    void run() throws IOException;
  }

  /** Begins something that ends when either side is gone, which is no failure. */
  static Thread begin(String name, Copying copying) {
    Thread thread =
        new Thread(
            () -> {
              try {
                copying.run();
              } catch (IOException e) {
                LOG.debug("{} has ended: {}", name, e.toString());
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Hands all that a process writes to a client, until the process and the output have ended. */
  static void serve(Duplex client, ContainerProcess process, boolean terminal, boolean input)
      throws IOException {
    if (input) {
      begin("exec-input", () -> copyInput(client.in(), process.stdin()));
    }
    OutputStream out = out(client, terminal);
    OutputStream err = Frames.stream(client.out(), Frames.STDERR);
    Thread errors = begin("exec-errors", () -> process.stderr().transferTo(err));
    try {
      process.stdout().transferTo(out);
      errors.join();
      process.exit().toCompletableFuture().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /** Where a client reads standard output. */
  static OutputStream out(Duplex client, boolean terminal) {
    return terminal ? client.out() : Frames.stream(client.out(), Frames.STDOUT);
  }

  /** Copies what a client types; the end of it is the end of the process's input. */
  static void copyInput(InputStream in, OutputStream stdin) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    try (stdin) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        stdin.write(buffer, 0, count);
        stdin.flush();
      }
    }
  }
}
