package io.kuber.node.volume;

import io.kuber.linux.Ext4;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes file systems in files, by a program that the machine has to have. */
final class Formatting {
  private static final String PROGRAM = "mkfs.ext4";
  private static final List<String> PLACES = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");
  private static final int LONGEST_MINUTES = 5;
  private static final int MOST_BYTES = 1 << 12;

  private Formatting() {}

  /** Where the program is, if this machine has it. */
  static Optional<Path> program() {
    return PLACES.stream()
        .map(place -> Path.of(place, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Makes an empty ext4 in a file of the size that it is to have. Nothing is set apart for the
   * superuser, since every program in a pod may be one.
   *
   * @throws VolumeException when the machine has no program, or that fails
   */
  static void format(Path file) throws IOException {
    String program =
        program()
            .orElseThrow(
                () ->
                    new VolumeException(
                        "this node has no "
                            + PROGRAM
                            + ", which volumes of a size need; install the package e2fsprogs"))
            .toString();
    List<String> options =
        List.of("-q", "-F", "-m", "0", "-b", Integer.toString(Ext4.BLOCK_BYTES));
    Process process =
        new ProcessBuilder(
                Stream.of(List.of(program), options, List.of(file.toString()))
                    .flatMap(List::stream)
                    .toList())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    try (InputStream said = process.getInputStream()) {
      String text = new String(said.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        throw new VolumeException(PROGRAM + " took longer than " + LONGEST_MINUTES + " minutes");
      }
      if (process.exitValue() != 0) {
        throw new VolumeException(
            PROGRAM + " failed with exit code " + process.exitValue() + ": " + text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VolumeException("interrupted while " + PROGRAM + " ran");
    } finally {
      process.destroyForcibly();
    }
  }
}
