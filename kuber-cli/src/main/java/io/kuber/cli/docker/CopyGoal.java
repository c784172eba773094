package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where what is copied ends up: what the first part of its names becomes, and in which directory.
 * The rules are those of {@code docker cp}'s manual.
 *
 * @param directory is there already
 * @param name empty when what is in a directory goes into another one
 */
record CopyGoal(String directory, String name) {
  private enum Found {
    NOTHING,
    FILE,
    DIRECTORY
  }

  /** In a container, of whose path the engine has said what it is. */
  static CopyGoal inside(
      String path, Optional<PathStat> stat, String source, boolean sourceIsDirectory) {
    Found found =
        stat.map(each -> each.isDirectory() ? Found.DIRECTORY : Found.FILE).orElse(Found.NOTHING);
    return plan(path, path, found, source, sourceIsDirectory);
  }

  /** On this machine: the path that the copied file or directory itself gets. */
  static Path local(Path path, String written, String source, boolean sourceIsDirectory) {
    Found found =
        Files.isDirectory(path) ? Found.DIRECTORY : Files.exists(path) ? Found.FILE : Found.NOTHING;
    Path whole = path.toAbsolutePath().normalize();
    CopyGoal goal = plan(whole.toString(), written, found, source, sourceIsDirectory);
    Path directory = Path.of(goal.directory);
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure(
          "invalid output path: directory \"" + directory + "\" does not exist");
    }
    return goal.name.isEmpty() ? directory : directory.resolve(goal.name);
  }

  private static CopyGoal plan(
      String path, String written, Found found, String source, boolean sourceIsDirectory) {
    boolean wantsDirectory = written.endsWith("/") || written.endsWith("/.");
    String plain = trimmed(path);
    if (found == Found.DIRECTORY) {
      boolean contents = sourceIsDirectory && (source.endsWith("/.") || source.equals("."));
      return new CopyGoal(plain, contents ? "" : last(source));
    }
    if (found == Found.FILE && (sourceIsDirectory || wantsDirectory)) {
      throw new CommandFailure(
          sourceIsDirectory
              ? "cannot copy directory to file " + written
              : "cannot copy to " + written + ": not a directory");
    }
    if (found == Found.NOTHING && wantsDirectory && !sourceIsDirectory) {
      throw new CommandFailure("no such directory: " + written);
    }
    int slash = plain.lastIndexOf('/');
    return new CopyGoal(slash <= 0 ? "/" : plain.substring(0, slash), plain.substring(slash + 1));
  }

  private static String trimmed(String path) {
    String text = path.endsWith("/.") ? path.substring(0, path.length() - 1) : path;
    while (text.length() > 1 && text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
  }

  /** The last part of a source's name, which for {@code .} and {@code ..} is that of what it is. */
  private static String last(String source) {
    String text = trimmed(source);
    Path name = Path.of(text).toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }
}
