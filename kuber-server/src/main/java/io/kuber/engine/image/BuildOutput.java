package io.kuber.engine.image;

import io.kuber.container.OutputSink;
import io.kuber.engine.wire.ProgressLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What a command of a build writes, on its way to the client: the runtime hands it over without
 * waiting, a thread of its own passes it on line by line. Of a client that does not read, so much
 * is kept and the rest left out.
 */
final class BuildOutput implements OutputSink, AutoCloseable {
  private static final int MOST_PIECES = 4096;
  private static final int LONGEST_LINE = 8 << 10;

  private final BlockingQueue<Optional<byte[]>> pieces = new ArrayBlockingQueue<>(MOST_PIECES);
  private final ProgressLines lines;
  private final Thread writer;
  private volatile boolean isCut;
  private volatile Optional<IOException> failure = Optional.empty();

  BuildOutput(ProgressLines lines) {
    this.lines = lines;
    this.writer = new Thread(this::pass, "build-output");
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void accept(Stream stream, byte[] bytes) {
    if (!pieces.offer(Optional.of(bytes))) {
      isCut = true;
    }
  }

  private void pass() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      Optional<byte[]> piece = pieces.take();
      while (piece.isPresent()) {
        for (byte each : piece.get()) {
          line.write(each);
          if (each == '\n' || line.size() >= LONGEST_LINE) {
            flush(line);
          }
        }
        piece = pieces.take();
      }
      flush(line);
      if (isCut) {
        lines.stream("[output was left out: the client reads too slowly]\n");
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (InterruptedException e) {
      // The build was given up; nobody reads this any more.
    }
  }

  private void flush(ByteArrayOutputStream line) throws IOException {
    if (line.size() > 0) {
      lines.stream(line.toString(StandardCharsets.UTF_8));
      line.reset();
    }
  }

  /** Waits until everything is passed on. */
  @Override
  public void close() throws IOException {
    try {
      while (writer.isAlive() && !pieces.offer(Optional.empty())) {
        writer.join(10);
      }
      writer.join();
    } catch (InterruptedException e) {
      writer.interrupt();
      Thread.currentThread().interrupt();
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
