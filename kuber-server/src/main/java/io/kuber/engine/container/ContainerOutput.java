package io.kuber.engine.container;

import io.kuber.container.OutputSink;
import io.kuber.node.log.LogWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a container writes, on its way to its log and to all who follow. It waits for nobody: who is
 * too slow is cut off. For any thread; the lock guards the fields.
 */
final class ContainerOutput implements OutputSink {
  /** What waits for one follower at most. */
  static final int WAITING_BYTES = 16 << 20;

  private final Path log;
  private final InstantSource clock;
  private final List<Follower> followers = new ArrayList<>();
  private Optional<LogWriter> writer = Optional.empty();

  /**
   * Of a container that has not been started.
   *
   * @param log the file that keeps what it writes
   */
  ContainerOutput(Path log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /** One piece of output. */
  record Piece(Stream stream, byte[] bytes) {}

  /** Begins a run. */
  synchronized void begin() throws IOException {
    writer = Optional.of(new LogWriter(log, clock));
  }

  @Override
  public synchronized void accept(Stream stream, byte[] bytes) {
    writer.ifPresent(open -> open.accept(stream, bytes));
    for (Follower follower : List.copyOf(followers)) {
      follower.take(new Piece(stream, bytes));
    }
  }

  @Override
  public synchronized void end() {
    writer.ifPresent(LogWriter::end);
    writer = Optional.empty();
    List.copyOf(followers).forEach(Follower::finish);
    followers.clear();
  }

  /** Follows from now on. */
  synchronized Follower follow() {
    Follower follower = new Follower();
    followers.add(follower);
    return follower;
  }

  /** What there is so far, and from there on a follower, who waits for nothing after the end. */
  synchronized Backlog backlog() throws IOException {
    List<LogLines.Line> lines = LogLines.read(log);
    Follower follower = follow();
    if (writer.isEmpty()) {
      follower.finish();
    }
    return new Backlog(lines, follower);
  }

  /** What was written, and what comes. */
  record Backlog(List<LogLines.Line> lines, Follower follower) {}

  /** The file that keeps what it writes. */
  Path log() {
    return log;
  }

  /** Somebody who follows. */
  final class Follower implements AutoCloseable {
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean isOver;

    private synchronized void take(Piece piece) {
      if (isOver) {
        return;
      }
      bytes += piece.bytes().length;
      if (bytes > WAITING_BYTES) {
        finish();
        return;
      }
      waiting.add(piece);
      notifyAll();
    }

    private synchronized void finish() {
      isOver = true;
      notifyAll();
    }

    /** The next piece; empty at the end. Waits. */
    synchronized Optional<Piece> next() throws InterruptedException {
      while (waiting.isEmpty() && !isOver) {
        wait();
      }
      Piece piece = waiting.poll();
      if (piece == null) {
        return Optional.empty();
      }
      bytes -= piece.bytes().length;
      return Optional.of(piece);
    }

    /** Follows no more. */
    @Override
    public void close() {
      synchronized (ContainerOutput.this) {
        followers.remove(this);
      }
      finish();
    }
  }
}
