package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.object.Tree;
import java.nio.file.Path;
import java.util.Locale;

/** The flags {@code -v}, {@code --mount} and {@code --tmpfs}. */
final class Mounts {
  private Mounts() {}

  /**
   * What one {@code -v} says.
   *
   * @param bind as the engine takes it; empty for a volume that belongs to the container alone
   * @param place of that volume in the container; empty otherwise
   */
  record Volume(String bind, String place) {}

  /** Paths that begin with a dot are the caller's, who is in {@code directory}. */
  static Volume volume(String flag, Path directory) {
    String[] parts = flag.split(":", -1);
    if (parts.length > 3 || flag.isEmpty()) {
      throw new CommandFailure("--volume: invalid volume specification: '" + flag + "'");
    }
    String place = parts.length == 1 ? parts[0] : parts[1];
    if (!place.startsWith("/")) {
      throw new CommandFailure(
          "--volume: invalid volume specification: '"
              + flag
              + "': invalid mount path: '"
              + place
              + "' mount path must be absolute");
    }
    if (parts.length == 1) {
      return new Volume("", place);
    }
    String source =
        parts[0].startsWith(".") ? directory.resolve(parts[0]).normalize().toString() : parts[0];
    String mode = parts.length == 3 ? ":" + parts[2] : "";
    return new Volume(source + ":" + place + mode, "");
  }

  /** What one {@code --mount} says, as the engine takes it. */
  static Tree mount(String flag, Path directory) {
    Tree mount = Tree.of("Type", "volume");
    for (String field : flag.split(",", -1)) {
      int equals = field.indexOf('=');
      String name = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
      String value = equals < 0 ? "true" : field.substring(equals + 1);
      mount = with(mount, flag, name, value, directory);
    }
    if (mount.text("Target").isEmpty()) {
      throw new CommandFailure("--mount: " + flag + ": target is required");
    }
    if (mount.text("Type").equals("bind") && mount.text("Source").isEmpty()) {
      throw new CommandFailure("--mount: " + flag + ": source is required for a bind");
    }
    return mount;
  }

  private static Tree with(Tree mount, String flag, String name, String value, Path directory) {
    return switch (name) {
      case "type" -> {
        if (!value.equals("bind") && !value.equals("volume") && !value.equals("tmpfs")) {
          throw new CommandFailure("--mount: " + flag + ": type " + value + " is not known");
        }
        yield mount.with("Type", value);
      }
      case "source", "src" ->
          mount.with(
              "Source",
              value.startsWith(".") ? directory.resolve(value).normalize().toString() : value);
      case "target", "dst", "destination" -> mount.with("Target", value);
      case "readonly", "ro" -> mount.with("ReadOnly", holds(flag, name, value));
      case "bind-propagation" -> mount.withAt(value, "BindOptions", "Propagation");
      case "volume-nocopy" -> mount.withAt(holds(flag, name, value), "VolumeOptions", "NoCopy");
      case "tmpfs-size" ->
          mount.withAt(Amounts.memory("--mount tmpfs-size", value), "TmpfsOptions", "SizeBytes");
      case "tmpfs-mode" -> mount.withAt(mode(flag, value), "TmpfsOptions", "Mode");
      default -> throw new CommandFailure("--mount: " + flag + ": unexpected key '" + name + "'");
    };
  }

  private static boolean holds(String flag, String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new CommandFailure(
              "--mount: " + flag + ": invalid value for " + name + ": " + value);
    };
  }

  private static long mode(String flag, String value) {
    if (!value.matches("[0-7]{1,4}")) {
      throw new CommandFailure("--mount: " + flag + ": tmpfs-mode: " + value + " is not octal");
    }
    return Long.parseLong(value, 8);
  }

  /** Where one {@code --tmpfs} is to be, and with which options. */
  static Tree tmpfs(Tree earlier, String flag) {
    int colon = flag.indexOf(':');
    String place = colon < 0 ? flag : flag.substring(0, colon);
    if (!place.startsWith("/")) {
      throw new CommandFailure("--tmpfs: " + place + " is no absolute path");
    }
    return earlier.with(place, colon < 0 ? "" : flag.substring(colon + 1));
  }
}
