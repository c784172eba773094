package io.kuber.engine.container;

import io.kuber.engine.NetworkShelf.Place;
import io.kuber.engine.NetworkShelf.Published;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Containers as the Engine API shows them. */
final class ContainerTrees {
  private ContainerTrees() {}

  /** As lists have it. */
  static Tree summary(Life life, Instant now) {
    ContainerRecord record = life.record();
    return Tree.builder()
        .put("Id", record.id())
        .put("Names", Items.of("/" + record.name()))
        .put("Image", record.image())
        .put("ImageID", record.imageId())
        .put("Command", command(record))
        .put("Created", Instant.parse(record.created()).getEpochSecond())
        .put("Ports", ContainerRecord.ports(life.ports()))
        .put("Labels", Tree.ofTexts(record.labels()))
        .put("State", record.state().status())
        .put("Status", status(record.state(), life.health(), now))
        .put("HostConfig", Tree.of("NetworkMode", record.networkMode()))
        .put("NetworkSettings", Tree.of("Networks", networks(life)))
        .put("Mounts", mounts(life))
        .build();
  }

  private static String command(ContainerRecord record) {
    List<String> words = new ArrayList<>(record.config().items("Entrypoint").texts());
    words.addAll(record.config().items("Cmd").texts());
    return IntStream.range(0, words.size())
        .mapToObj(
            i -> i > 0 && words.get(i).contains(" ") ? "'" + words.get(i) + "'" : words.get(i))
        .collect(Collectors.joining(" "));
  }

  /** {@code Up 5 minutes} or {@code Exited (0) 2 hours ago}. */
  static String status(ContainerState state, Optional<Health> health, Instant now) {
    return switch (state.status()) {
      case "running" ->
          "Up "
              + age(state.startedAt(), now)
              + health.map(known -> " (" + known.words() + ")").orElse("");
      case "paused" -> "Up " + age(state.startedAt(), now) + " (Paused)";
      case "exited" -> "Exited (" + state.exitCode() + ") " + age(state.finishedAt(), now) + " ago";
      default -> "Created";
    };
  }

  /** As people say it (docker/go-units, HumanDuration). */
  static String age(String since, Instant now) {
    Duration age = Duration.between(Instant.parse(since), now);
    long seconds = Math.max(0, age.toSeconds());
    long minutes = seconds / 60;
    long hours = Math.round(seconds / 3600.0);
    if (seconds < 1) {
      return "Less than a second";
    } else if (seconds == 1) {
      return "1 second";
    } else if (seconds < 60) {
      return seconds + " seconds";
    } else if (minutes == 1) {
      return "About a minute";
    } else if (minutes < 60) {
      return minutes + " minutes";
    } else if (hours == 1) {
      return "About an hour";
    } else if (hours < 48) {
      return hours + " hours";
    } else if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    } else if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    } else if (hours < 24 * 365 * 2) {
      return hours / 24 / 30 + " months";
    }
    return seconds / 3600 / 24 / 365 + " years";
  }

  /** As inspecting shows it. */
  static Tree whole(Life life) {
    ContainerRecord record = life.record();
    List<String> words = new ArrayList<>(record.config().items("Entrypoint").texts());
    words.addAll(record.config().items("Cmd").texts());
    return Tree.builder()
        .put("Id", record.id())
        .put("Created", record.created())
        .put("Path", words.isEmpty() ? "" : words.get(0))
        .put("Args", Items.copyOf(words.subList(Math.min(1, words.size()), words.size())))
        .put("State", state(life))
        .put("Image", record.imageId())
        .put("ResolvConfPath", "")
        .put("HostnamePath", "")
        .put("HostsPath", "")
        .put("LogPath", life.output().log().toString())
        .put("Name", "/" + record.name())
        .put("RestartCount", (long) Math.max(0, record.runs() - 1))
        .put("Driver", "overlay2")
        .put("Platform", "linux")
        .put("ExecIDs", Nil.NIL)
        .put("HostConfig", host(record))
        .put("GraphDriver", Tree.of("Data", Nil.NIL, "Name", "overlay2"))
        .put("Mounts", mounts(life))
        .put("Config", config(record))
        .put("NetworkSettings", settings(life))
        .build();
  }

  private static Tree state(Life life) {
    Tree state = life.record().state().tree();
    return life.health().map(known -> state.with("Health", known.tree())).orElse(state);
  }

  private static Tree host(ContainerRecord record) {
    return record
        .host()
        .with("NetworkMode", record.networkMode())
        .withDefault("LogConfig", Tree.of("Type", "json-file", "Config", Tree.EMPTY))
        .withDefault("RestartPolicy", Tree.of("Name", "no", "MaximumRetryCount", 0L));
  }

  private static Tree config(ContainerRecord record) {
    String hostname = record.config().text("Hostname");
    return record.config().with("Hostname", hostname.isEmpty() ? record.shortId() : hostname);
  }

  private static Tree settings(Life life) {
    Place first =
        life.networks().values().stream()
            .findFirst()
            .orElse(new Place("", "", "", 0, "", "", List.of()));
    Map<String, Items> ports = new LinkedHashMap<>();
    life.record()
        .config()
        .tree("ExposedPorts")
        .forEach((port, nothing) -> ports.put(port, Items.EMPTY));
    for (Published port : life.ports()) {
      Tree one = Tree.of("HostIp", port.hostIp(), "HostPort", Integer.toString(port.hostPort()));
      ports.merge(
          port.containerPort() + "/" + port.protocol(),
          Items.of(one),
          (all, more) -> all.plus(one));
    }
    Tree.Builder shown = Tree.builder();
    ports.forEach((port, bindings) -> shown.put(port, bindings.isEmpty() ? Nil.NIL : bindings));
    return Tree.builder()
        .put("Bridge", "")
        .put("SandboxID", "")
        .put("Ports", shown.build())
        .put("IPAddress", first.address())
        .put("IPPrefixLen", (long) first.prefix())
        .put("Gateway", first.gateway())
        .put("MacAddress", first.mac())
        .put("Networks", networks(life))
        .build();
  }

  private static Tree networks(Life life) {
    Tree.Builder networks = Tree.builder();
    Map<String, Place> places = life.networks();
    life.record()
        .networks()
        .forEach((name, said) -> networks.put(name, network(said, places.get(name))));
    return networks.build();
  }

  private static Tree network(Object said, @Nullable Place place) {
    Items aliases = said instanceof Tree tree ? tree.items("Aliases") : Items.EMPTY;
    return Tree.builder()
        .put("Aliases", aliases)
        .put("NetworkID", place == null ? "" : place.networkId())
        .put("Gateway", place == null ? "" : place.gateway())
        .put("IPAddress", place == null ? "" : place.address())
        .put("IPPrefixLen", place == null ? 0L : (long) place.prefix())
        .put("MacAddress", place == null ? "" : place.mac())
        .build();
  }

  private static Items mounts(Life life) {
    ContainerRecord record = life.record();
    return Items.copyOf(
        MountPlan.of(record.config(), record.host()).stream()
            .map(
                mount -> {
                  String name = record.volumes().getOrDefault(mount.target(), "");
                  return Tree.builder()
                      .put("Type", mount.isVolume() ? "volume" : "bind")
                      .put("Driver", mount.isVolume() ? "local" : "")
                      .put("Name", name)
                      .put("Source", mount.isVolume() ? name : mount.source())
                      .put("Destination", mount.target())
                      .put("Mode", "")
                      .put("RW", !mount.readOnly())
                      .put("Propagation", mount.isVolume() ? "" : "rprivate")
                      .build();
                })
            .toList());
  }
}
