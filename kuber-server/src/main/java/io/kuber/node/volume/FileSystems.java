package io.kuber.node.volume;

import io.kuber.linux.Ext4;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Makes file systems, and lets them grow, by programs that the machine has to have. */
final class FileSystems {
  private static final String MAKE = "mkfs.ext4";
  private static final String CHECK = "e2fsck";
  private static final String RESIZE = "resize2fs";
  private static final List<String> PLACES = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

  /** What e2fsck answers when it has mended all that it found. */
  private static final int MENDED = 1;

  private static final int LONGEST_MINUTES = 5;
  private static final int MOST_BYTES = 1 << 12;

  private FileSystems() {}

  /** Whether this machine has the programs. */
  static boolean canBeMade() {
    return find(MAKE).isPresent();
  }

  private static Optional<Path> find(String program) {
    return PLACES.stream()
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Makes an empty ext4 in a file of the size that it is to have. Nothing is set apart for the
   * superuser, since every program in a pod may be one.
   *
   * @throws VolumeException when the machine has no program, or that fails
   */
  static void make(Path file) throws IOException {
    run(0, MAKE, "-q", "-F", "-m", "0", "-b", Ext4.BLOCK_BYTES + "", file.toString());
  }

  /**
   * Lets the ext4 of a device that is not mounted grow to the size of the device.
   *
   * @throws VolumeException when the machine has no program, or that fails
   */
  static void enlarge(Path device) throws IOException {
    run(MENDED, CHECK, "-f", "-p", device.toString());
    run(0, RESIZE, device.toString());
  }

  private static void run(int worst, String program, String... arguments) throws IOException {
    Path found =
        find(program)
            .orElseThrow(
                () ->
                    new VolumeException(
                        "this node has no "
                            + program
                            + ", which volumes of a size need; install the package e2fsprogs"));
    List<String> command = new ArrayList<>();
    command.add(found.toString());
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("kuber-" + program, ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      process.getOutputStream().close();
      int exit = await(process, program);
      if (exit > worst) {
        throw new VolumeException(
            program + " failed with exit code " + exit + ": " + beginning(said));
      }
    } finally {
      Files.delete(said);
    }
  }

  private static int await(Process process, String program) {
    try {
      if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        return process.exitValue();
      }
      throw new VolumeException(program + " took longer than " + LONGEST_MINUTES + " minutes");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VolumeException("interrupted while " + program + " ran");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String beginning(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
    }
  }
}
