package io.kuber.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.api.LogOptions;
import io.kuber.container.ContainerMount;
import io.kuber.node.log.LogReader;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a container leaves to be told about its end: a file that it may write, or the end of its log
 * (core/v1 Container, terminationMessagePath and terminationMessagePolicy).
 *
 * @param file on the machine
 * @param target where the container sees it
 * @param fallsBack whether the log speaks for a container that failed without a word
 */
record TerminationMessage(Path file, Path log, String target, boolean fallsBack) {
  private static final Logger LOG = LoggerFactory.getLogger(TerminationMessage.class);
  private static final String DEFAULT_PATH = "/dev/termination-log";

  /** Limits of the kubelet. */
  private static final int LONGEST_MESSAGE = 4096;

  private static final int LONGEST_FROM_LOG = 2048;
  private static final int MOST_LINES_FROM_LOG = 80;

  /** Makes the empty file. */
  static TerminationMessage make(Path file, Path log, Tree container) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, new byte[0]);
    Files.setAttribute(file, "unix:mode", 0666);
    return of(file, log, container);
  }

  /** Of a container that runs already. */
  static TerminationMessage of(Path file, Path log, Tree container) {
    String path = container.text("terminationMessagePath");
    boolean fallsBack = container.text("terminationMessagePolicy").equals("FallbackToLogsOnError");
    return new TerminationMessage(file, log, path.isEmpty() ? DEFAULT_PATH : path, fallsBack);
  }

  ContainerMount mount() {
    return new ContainerMount.Bind(file, target, false);
  }

  /** The message of a container that has ended; empty if it left none. */
  String read(boolean failed) {
    try (InputStream written = Files.newInputStream(file)) {
      String message = new String(written.readNBytes(LONGEST_MESSAGE), UTF_8);
      return message.isEmpty() && failed && fallsBack ? endOfLog() : message;
    } catch (IOException e) {
      LOG.debug("no termination message: {}", e.toString());
      return "";
    }
  }

  private String endOfLog() throws IOException {
    LogOptions last =
        new LogOptions(
            false,
            false,
            false,
            Optional.empty(),
            OptionalLong.of(MOST_LINES_FROM_LOG),
            OptionalLong.empty());
    try (LogReader reader = LogReader.open(log, last, () -> true)) {
      String text = new String(reader.readAllBytes(), UTF_8);
      return text.substring(Math.max(0, text.length() - LONGEST_FROM_LOG));
    }
  }
}
