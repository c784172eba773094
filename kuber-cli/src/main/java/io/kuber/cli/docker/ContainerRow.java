package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What lists say of a container. */
final class ContainerRow {
  static final Tree HEADINGS =
      Tree.of(
          "Command", "COMMAND",
          "CreatedAt", "CREATED AT",
          "ID", "CONTAINER ID",
          "Image", "IMAGE",
          "Labels", "LABELS",
          "LocalVolumes", "LOCAL VOLUMES",
          "Mounts", "MOUNTS",
          "Names", "NAMES",
          "Networks", "NETWORKS",
          "Ports", "PORTS",
          "RunningFor", "CREATED",
          "Size", "SIZE",
          "State", "STATE",
          "Status", "STATUS");

  /** Letters of an id and of a command in a table. */
  private static final int SHORT_ID = 12;

  private static final int SHORT_COMMAND = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z z", Locale.ROOT);

  private ContainerRow() {}

  /** The fields of one that the engine has listed. */
  static Tree of(Tree container, boolean whole, Instant now) {
    long created = container.number(0, "Created");
    List<Tree> mounts = container.items("Mounts").trees();
    return Tree.of(
        "Command", "\"" + command(container.text("Command"), whole) + "\"",
        "CreatedAt", time(created),
        "ID", id(container.text("Id"), whole),
        "Image", image(container.text("Image"), whole),
        "Labels", texts(container.tree("Labels")),
        "LocalVolumes",
            Long.toString(
                mounts.stream().filter(mount -> mount.text("Driver").equals("local")).count()),
        "Mounts",
            mounts.stream()
                .map(mount -> mount.text(mount.text("Name").isEmpty() ? "Source" : "Name"))
                .collect(Collectors.joining(",")),
        "Names",
            container.items("Names").texts().stream()
                .map(name -> name.startsWith("/") ? name.substring(1) : name)
                .filter(name -> !name.contains("/"))
                .collect(Collectors.joining(",")),
        "Networks", String.join(",", names(container.tree("NetworkSettings", "Networks"))),
        "Ports", PortColumn.of(container.items("Ports").trees()),
        "RunningFor", Ps.age(created, now),
        "Size", size(container),
        "State", container.text("State"),
        "Status", container.text("Status"));
  }

  /** An id without its algorithm, which lists cut off. */
  static String id(String text, boolean whole) {
    if (whole) {
      return text;
    }
    String digits = text.startsWith("sha256:") ? text.substring(7) : text;
    return digits.substring(0, Math.min(SHORT_ID, digits.length()));
  }

  /** The name of an image, or its id. */
  private static String image(String text, boolean whole) {
    return text.startsWith("sha256:") || text.matches("[0-9a-f]{64}") ? id(text, whole) : text;
  }

  static String time(long seconds) {
    return TIME.format(Instant.ofEpochSecond(seconds).atZone(ZoneId.systemDefault()));
  }

  static String texts(Tree texts) {
    return new TreeMap<>(texts.texts())
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
  }

  static String ellipsis(String text, int most) {
    return text.length() > most ? text.substring(0, most - 1) + "…" : text;
  }

  private static String command(String text, boolean whole) {
    return whole ? text : ellipsis(text, SHORT_COMMAND);
  }

  private static String size(Tree container) {
    String own = Sizes.of(container.number(0, "SizeRw"));
    long all = container.number(0, "SizeRootFs");
    return all > 0 ? own + " (virtual " + Sizes.of(all) + ")" : own;
  }

  private static List<String> names(Tree tree) {
    return IntStream.range(0, tree.size()).mapToObj(tree::nameAt).toList();
  }
}
