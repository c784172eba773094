package io.kuber.cli.docker;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How it is told what was removed because nobody used it. */
final class Pruned {
  private Pruned() {}

  /** A heading and a line each, if there was anything. */
  static void show(String kind, Tree said, PrintStream out) {
    List<String> lines =
        switch (kind) {
          case "containers" -> said.items("ContainersDeleted").texts();
          case "networks" -> said.items("NetworksDeleted").texts();
          case "volumes" -> said.items("VolumesDeleted").texts();
          default -> images(said.items("ImagesDeleted"));
        };
    if (!lines.isEmpty()) {
      out.println("Deleted " + heading(kind) + ":");
      lines.forEach(out::println);
      out.println();
    }
  }

  private static String heading(String kind) {
    return kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
  }

  private static List<String> images(Items deleted) {
    List<String> lines = new ArrayList<>();
    for (Tree each : deleted.trees()) {
      lines.add(
          each.has("Deleted")
              ? "deleted: " + each.text("Deleted")
              : "untagged: " + each.text("Untagged"));
    }
    return lines;
  }
}
