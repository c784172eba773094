package io.kuber.node.log;

import io.kuber.api.LogOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Reads a log back as the container wrote it: the stream that {@code kubectl logs} shows. Blocks
 * while it follows; closing it from another thread ends it.
 */
public final class LogReader extends InputStream {
  /** How often a follower looks for more; a person does not notice the wait. */
  private static final long POLL_MILLIS = 50;

  private static final int BUFFER = 64 * 1024;

  private final LogOptions options;
  private final BooleanSupplier ended;
  private final LineSource lines;
  private final Deque<byte[]> ready = new ArrayDeque<>();
  private byte[] current = {};
  private int position;
  private long left;
  private volatile boolean closed;

  private LogReader(LogOptions options, BooleanSupplier ended, LineSource lines) {
    this.options = options;
    this.ended = ended;
    this.lines = lines;
    this.left = options.limitBytes().orElse(Long.MAX_VALUE);
  }

  /**
   * Opens the log of one instance of a container.
   *
   * @param ended whether the container has ended, so that no more will be written
   */
  public static LogReader open(Path file, LogOptions options, BooleanSupplier ended)
      throws IOException {
    List<byte[]> backlog = new ArrayList<>();
    if (Files.exists(LogWriter.older(file))) {
      try (LineSource older = new LineSource(LogWriter.older(file))) {
        older.drainTo(backlog);
      }
    }
    LineSource lines = new LineSource(file);
    lines.drainTo(backlog);
    LogReader reader = new LogReader(options, ended, lines);
    reader.begin(backlog);
    return reader;
  }

  private void begin(List<byte[]> backlog) {
    List<byte[]> shown = new ArrayList<>();
    for (byte[] line : backlog) {
      render(line, shown);
    }
    int from = options.tailLines().isPresent() ? tail(shown, options.tailLines().getAsLong()) : 0;
    ready.addAll(shown.subList(from, shown.size()));
  }

  /** Where the last lines begin; a line may be several parts, of which the last ends it. */
  private static int tail(List<byte[]> parts, long lines) {
    int from = parts.size();
    long left = lines;
    while (from > 0) {
      byte[] part = parts.get(from - 1);
      boolean endsLine = from == parts.size() || (part.length > 0 && part[part.length - 1] == '\n');
      if (endsLine && left-- == 0) {
        return from;
      }
      from--;
    }
    return 0;
  }

  private void render(byte[] raw, List<byte[]> into) {
    String head = new String(raw, 0, Math.min(raw.length, 64), StandardCharsets.ISO_8859_1);
    int space = head.indexOf(' ');
    int content = space + " stdout F ".length();
    if (space < 0 || content > raw.length) {
      return;
    }
    String time = head.substring(0, space);
    if (options.since().isPresent() && Instant.parse(time).isBefore(options.since().get())) {
      return;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(raw.length + 1);
    if (options.timestamps()) {
      line.writeBytes((time + " ").getBytes(StandardCharsets.US_ASCII));
    }
    line.write(raw, content, raw.length - content);
    if (raw[content - 2] == 'F') {
      line.write('\n');
    }
    into.add(line.toByteArray());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left <= 0 || !fill()) {
      return -1;
    }
    int count = (int) Math.min(left, Math.min(length, current.length - position));
    System.arraycopy(current, position, target, offset, count);
    position += count;
    left -= count;
    return count;
  }

  @Override
  public int available() {
    return current.length - position;
  }

  /** Makes sure that something can be read; false at the end. */
  private boolean fill() throws IOException {
    while (position == current.length) {
      byte[] next = ready.poll();
      if (next != null) {
        current = next;
        position = 0;
      } else if (!more()) {
        return false;
      }
    }
    return true;
  }

  private boolean more() throws IOException {
    if (!options.follow()) {
      return false;
    }
    while (!closed) {
      boolean last = ended.getAsBoolean();
      List<byte[]> fresh = new ArrayList<>();
      lines.drainTo(fresh);
      List<byte[]> shown = new ArrayList<>();
      fresh.forEach(line -> render(line, shown));
      if (!shown.isEmpty()) {
        ready.addAll(shown);
        return true;
      }
      if (last) {
        return false;
      }
      pause();
    }
    return false;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while following a log", e);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    lines.close();
  }

  /** Whole lines of a file that may still grow, or be replaced when it has grown too large. */
  private static final class LineSource implements AutoCloseable {
    private final Path file;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private InputStream in;
    private long consumed;

    LineSource(Path file) throws IOException {
      this.file = file;
      this.in = Files.newInputStream(file);
    }

    void drainTo(List<byte[]> lines) throws IOException {
      readAll(lines);
      if (Files.exists(file) && Files.size(file) < consumed) {
        in.close();
        in = Files.newInputStream(file);
        consumed = 0;
        readAll(lines);
      }
    }

    private void readAll(List<byte[]> lines) throws IOException {
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        consumed += count;
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            lines.add(rest.toByteArray());
            rest.reset();
          } else {
            rest.write(buffer[i]);
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
