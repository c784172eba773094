package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the engine's things take of the disk. */
@Command(description = "Shows what images, containers and volumes take of the disk.")
final class DiskUse extends DockerCommand {
  private static final Tree HEADINGS =
      Tree.of(
          "Active", "ACTIVE",
          "Reclaimable", "RECLAIMABLE",
          "Size", "SIZE",
          "TotalCount", "TOTAL",
          "Type", "TYPE");
  private static final String TABLE =
      "table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}";

  @Option(names = "--format", paramLabel = "TEMPLATE", description = "other columns, or json")
  private String format = "";

  @Override
  int run() throws IOException {
    Tree use = engine().tree(Target.of("system", "df"));
    List<Tree> rows = new ArrayList<>();
    rows.add(images(use));
    rows.add(containers(use));
    rows.add(volumes(use));
    rows.add(cache(use));
    Listing.of(HEADINGS, TABLE, format).print(rows, out());
    return 0;
  }

  private static Tree images(Tree use) {
    List<Tree> images = use.items("Images").trees();
    long active = 0;
    long used = 0;
    for (Tree image : images) {
      if (image.number(0, "Containers") > 0) {
        active++;
        used += image.number(0, "Size") - Math.max(0, image.number(0, "SharedSize"));
      }
    }
    long size = use.number(0, "LayersSize");
    return row("Images", images.size(), active, size, Math.max(0, size - used));
  }

  private static Tree containers(Tree use) {
    List<Tree> containers = use.items("Containers").trees();
    long active = 0;
    long size = 0;
    long free = 0;
    for (Tree container : containers) {
      String state = container.text("State");
      boolean runs = List.of("running", "paused", "restarting").contains(state);
      long own = container.number(0, "SizeRw");
      active += runs ? 1 : 0;
      size += own;
      free += runs ? 0 : own;
    }
    return row("Containers", containers.size(), active, size, free);
  }

  private static Tree volumes(Tree use) {
    List<Tree> volumes = use.items("Volumes").trees();
    long active = 0;
    long size = 0;
    long free = 0;
    for (Tree volume : volumes) {
      long own = Math.max(0, volume.number(0, "UsageData", "Size"));
      boolean has = volume.number(0, "UsageData", "RefCount") > 0;
      active += has ? 1 : 0;
      size += own;
      free += has ? 0 : own;
    }
    return row("Local Volumes", volumes.size(), active, size, free);
  }

  private static Tree cache(Tree use) {
    List<Tree> steps = use.items("BuildCache").trees();
    long size = steps.stream().mapToLong(step -> step.number(0, "Size")).sum();
    return row("Build Cache", steps.size(), 0, size, size);
  }

  private static Tree row(String type, long total, long active, long size, long free) {
    String share = size > 0 ? " (" + free * 100 / size + "%)" : "";
    return Tree.of(
        "Active", Long.toString(active),
        "Reclaimable", Sizes.exact(free) + share,
        "Size", Sizes.exact(size),
        "TotalCount", Long.toString(total),
        "Type", type);
  }
}
