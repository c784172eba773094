package io.kuber.node.log;

import io.kuber.container.OutputSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what one instance of a container says. Owned by the thread that hands over the output.
 *
 * <p>A log that cannot be written (a full disk) must not stop the container: what is lost is
 * counted, and said once in kuber's own log.
 */
public final class LogWriter implements OutputSink {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  /** Longer lines are cut into parts, marked as such (as containerd does). */
  private static final int MAX_LINE = 16 * 1024;

  /** A larger file becomes the old one, and the one before that is dropped (kubelet: 10 Mi). */
  private static final long MAX_FILE = 10L << 20;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

  private final Path file;
  private final InstantSource clock;
  private final Map<Stream, ByteArrayOutputStream> partial = new EnumMap<>(Stream.class);
  private OutputStream out;
  private long written;
  private boolean failed;

  /** A writer for a new file; directories on the way are made. */
  public LogWriter(Path file, InstantSource clock) throws IOException {
    this.file = file;
    this.clock = clock;
    Files.createDirectories(file.toAbsolutePath().getParent());
    this.out = open();
    this.written = Files.size(file);
  }

  /** Where the older part of a log stands. */
  static Path older(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  @Override
  public synchronized void accept(Stream stream, byte[] bytes) {
    ByteArrayOutputStream line =
        partial.computeIfAbsent(stream, unused -> new ByteArrayOutputStream());
    ByteArrayOutputStream batch = new ByteArrayOutputStream(bytes.length + 64);
    for (byte next : bytes) {
      if (next == '\n') {
        put(batch, stream, 'F', line);
      } else {
        line.write(next);
        if (line.size() == MAX_LINE) {
          put(batch, stream, 'P', line);
        }
      }
    }
    append(batch.toByteArray());
  }

  @Override
  public synchronized void end() {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    partial.forEach(
        (stream, line) -> {
          if (line.size() > 0) {
            put(batch, stream, 'P', line);
          }
        });
    append(batch.toByteArray());
    try {
      out.close();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void put(
      ByteArrayOutputStream batch, Stream stream, char tag, ByteArrayOutputStream line) {
    String head =
        TIME.format(clock.instant())
            + (stream == Stream.STDERR ? " stderr " : " stdout ")
            + tag
            + ' ';
    batch.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    batch.writeBytes(line.toByteArray());
    batch.write('\n');
    line.reset();
  }

  private void append(byte[] lines) {
    if (lines.length == 0) {
      return;
    }
    try {
      if (written + lines.length > MAX_FILE) {
        rotate();
      }
      out.write(lines);
      out.flush();
      written += lines.length;
    } catch (IOException e) {
      fail(e);
    }
  }

  private void rotate() throws IOException {
    out.close();
    Files.move(file, older(file), StandardCopyOption.REPLACE_EXISTING);
    out = open();
    written = 0;
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void fail(IOException cause) {
    if (!failed) {
      failed = true;
      LOG.warn("the log {} cannot be written, output is lost: {}", file, cause.toString());
    }
  }
}
