package io.kuber.server.audit;

import io.kuber.server.metric.AuditMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A log of events (the {@code --audit-log-*} options of kube-apiserver).
 *
 * @param path of the file; {@code -} for the standard output
 * @param maxAgeDays after which files that were put aside are removed; 0 for never
 * @param maxBackups files that were put aside; 0 for any number
 * @param maxSizeMegabytes beyond which the file is put aside; 0 for the usual 100
 */
public record LogConfig(String path, int maxAgeDays, int maxBackups, int maxSizeMegabytes) {
  /** What stands for the standard output. */
  public static final String STANDARD_OUTPUT = "-";

  private static final int USUAL_MEGABYTES = 100;

  /** Refuses numbers below zero, by the name of their option. */
  public LogConfig {
    check("--audit-log-maxage", maxAgeDays);
    check("--audit-log-maxbackup", maxBackups);
    check("--audit-log-maxsize", maxSizeMegabytes);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("--audit-log-path: a file is needed, or -");
    }
  }

  private static void check(String option, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(option + ": " + value + " is below 0");
    }
  }

  Backend opened(InstantSource clock, AuditMetrics metrics) throws IOException {
    if (path.equals(STANDARD_OUTPUT)) {
      return LogBackend.toStandardOutput(metrics);
    }
    long megabytes = maxSizeMegabytes == 0 ? USUAL_MEGABYTES : maxSizeMegabytes;
    Backups backups = new Backups(maxBackups, Duration.ofDays(maxAgeDays));
    try {
      return new LogBackend(
          new RotatingFile(Path.of(path), megabytes << 20, backups, clock), metrics);
    } catch (IOException e) {
      throw new IOException("--audit-log-path: cannot write " + e, e);
    }
  }
}
