package io.kuber.container.linux;

import io.kuber.container.Exit;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a keeper writes down when its container has ended: {@code siginfo_t} as the kernel fills it,
 * and the time.
 */
final class ExitFile {
  static final String NAME = "exit";
  static final int SIGINFO_BYTES = 128;
  static final int TIME_BYTES = 16;

  private static final int SIGINFO_CODE = 8;
  private static final int SIGINFO_STATUS = 24;
  private static final int SIGNAL_EXIT_BASE = 128;

  private ExitFile() {}

  /** What the file in a container's directory says; empty when the keeper did not get to it. */
  static Optional<Exit> read(Path directory, boolean oomKilled) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(directory.resolve(NAME));
    } catch (IOException unwritten) {
      return Optional.empty();
    }
    if (bytes.length < SIGINFO_BYTES + TIME_BYTES) {
      return Optional.empty();
    }
    ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    int status = content.getInt(SIGINFO_STATUS);
    boolean exited = content.getInt(SIGINFO_CODE) == Uapi.CLD_EXITED;
    long seconds = content.getLong(SIGINFO_BYTES);
    Instant when = Instant.ofEpochSecond(seconds, content.getLong(SIGINFO_BYTES + Long.BYTES));
    return Optional.of(
        exited
            ? new Exit(status, 0, oomKilled, when)
            : new Exit(SIGNAL_EXIT_BASE + status, status, oomKilled, when));
  }
}
