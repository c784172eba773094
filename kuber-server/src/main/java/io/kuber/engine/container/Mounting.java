package io.kuber.engine.container;

import io.kuber.container.ContainerMount;
import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkShelf.Place;
import io.kuber.node.image.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes what a container has mounted: its volumes, and the three files about names. */
final class Mounting {
  private static final long DEFAULT_TMPFS = 0;

  private final Ground ground;
  private final Path directory;

  /**
   * @param directory of the container
   */
  Mounting(Ground ground, Path directory) {
    this.ground = ground;
    this.directory = directory;
  }

  /** All mounts of a run, in order. */
  List<ContainerMount> all(
      ContainerRecord record, Image image, String hostname, Map<String, Place> networks)
      throws IOException {
    List<ContainerMount> mounts = new ArrayList<>(image.mounts());
    if (!record.networkMode().equals("host")) {
      Files.writeString(directory.resolve("hostname"), hostname + "\n");
      names(record, networks);
      for (String file : List.of("hostname", "hosts", "resolv.conf")) {
        mounts.add(new ContainerMount.Bind(directory.resolve(file), "/etc/" + file, false));
      }
    }
    for (MountPlan.Mount mount : MountPlan.of(record.config(), record.host())) {
      mounts.add(
          new ContainerMount.Bind(source(record, image, mount), mount.target(), mount.readOnly()));
    }
    MountPlan.inMemory(record.host())
        .forEach(at -> mounts.add(new ContainerMount.Tmpfs(at, DEFAULT_TMPFS)));
    return mounts;
  }

  private Path source(ContainerRecord record, Image image, MountPlan.Mount mount)
      throws IOException {
    if (mount.isVolume()) {
      String name = record.volumes().getOrDefault(mount.target(), mount.source());
      var volume = ground.volumes().claim(name);
      if (volume.fresh()) {
        fill(volume.directory(), image, mount.target());
      }
      return volume.directory();
    }
    Path source = Path.of(mount.source());
    if (!Files.exists(source)) {
      Files.createDirectories(source);
    }
    return source;
  }

  /** A new volume begins with what the image has in its place, of the topmost layer that has it. */
  private static void fill(Path volume, Image image, String target) throws IOException {
    for (Path layer : image.layers()) {
      Path there = layer.resolve(target.substring(1)).normalize();
      if (there.startsWith(layer) && Files.isDirectory(there)) {
        Copies.tree(there, volume);
        return;
      }
    }
  }

  /** Writes who has which name, also while the container runs. */
  void names(ContainerRecord record, Map<String, Place> networks) {
    StringBuilder hosts =
        new StringBuilder("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    String hostname = record.config().text("Hostname");
    String own = hostname.isEmpty() ? record.shortId() : hostname;
    networks
        .values()
        .forEach(place -> hosts.append(place.address()).append('\t').append(own).append('\n'));
    for (String extra : record.host().items("ExtraHosts").texts()) {
      int colon = extra.indexOf(':');
      if (colon < 1) {
        throw EngineException.malformed("bad format for add-host: \"" + extra + "\"");
      }
      hosts.append(extra.substring(colon + 1)).append('\t').append(extra, 0, colon).append('\n');
    }
    try {
      Files.writeString(directory.resolve("hosts"), hosts.toString());
      Files.writeString(directory.resolve("resolv.conf"), resolvers(record, networks));
    } catch (IOException e) {
      throw new UncheckedIOException("writing names for container " + record.name(), e);
    }
  }

  private String resolvers(ContainerRecord record, Map<String, Place> networks) {
    List<String> given = record.host().items("Dns").texts();
    if (given.isEmpty()) {
      return ground.networks().resolvConf(List.copyOf(networks.keySet()));
    }
    StringBuilder text = new StringBuilder();
    given.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    return text.toString();
  }
}
