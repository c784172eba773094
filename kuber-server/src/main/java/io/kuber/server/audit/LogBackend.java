package io.kuber.server.audit;

import io.kuber.server.metric.AuditMetrics;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each event. One that cannot be written, as when the disk is full, is counted
 * and lost; the next one is tried again. On the loop of the audit.
 */
final class LogBackend implements Backend {
  /** As upstream names it in metrics. */
  static final String NAME = "log";

  private static final Logger LOG = LoggerFactory.getLogger(LogBackend.class);

  /** Where lines go. */
  interface Lines extends AutoCloseable {
    void write(byte[] line) throws IOException;

    @Override
    void close() throws IOException;
  }

  private final Lines lines;
  private final AuditMetrics metrics;
  private boolean isFailing;

  LogBackend(Lines lines, AuditMetrics metrics) {
    this.lines = lines;
    this.metrics = metrics;
    metrics.watch(NAME);
  }

  /** One that writes to the standard output of the process, which stays open. */
  static LogBackend toStandardOutput(AuditMetrics metrics) {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    return new LogBackend(
        new Lines() {
          @Override
          public void write(byte[] line) throws IOException {
            byte[] ended = Arrays.copyOf(line, line.length + 1);
            ended[line.length] = '\n';
            out.write(ended);
          }

          @Override
          public void close() {}
        },
        metrics);
  }

  @Override
  public void write(byte[] event) {
    try {
      lines.write(event);
      isFailing = false;
    } catch (IOException e) {
      metrics.lost(NAME, 1);
      if (!isFailing) {
        LOG.error(
            "audit events are lost until the audit log can be written again: {}", e.toString());
      }
      isFailing = true;
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      LOG.warn("the audit log could not be closed: {}", e.toString());
    }
  }
}
