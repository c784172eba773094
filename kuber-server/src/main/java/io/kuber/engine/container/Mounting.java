package io.kuber.engine.container;

import io.kuber.container.ContainerMount;
import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkShelf.Place;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
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
  private static final Path MACHINE = Path.of("/etc");
  private static final List<String> FILES = List.of("hostname", "hosts", "resolv.conf");

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
    Files.writeString(directory.resolve("hostname"), hostname + "\n");
    names(record, networks);
    return all(record, image, directory);
  }

  /**
   * The same, with the names of another container whose network this one has.
   *
   * @param named the directory of that container
   */
  List<ContainerMount> all(ContainerRecord record, Image image, Path named) throws IOException {
    List<ContainerMount> mounts = new ArrayList<>(image.mounts());
    for (String file : FILES) {
      mounts.add(new ContainerMount.Bind(named.resolve(file), "/etc/" + file, false));
    }
    mounts.addAll(Devices.mounts(record.host()));
    for (MountPlan.Mount mount : MountPlan.of(record.config(), record.host())) {
      mounts.add(
          new ContainerMount.Bind(source(record, image, mount), mount.target(), mount.readOnly()));
    }
    mounts.addAll(MountPlan.inMemory(record.host()));
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

  /**
   * A new volume begins with what the image has in its place. Images come from strangers, so their
   * links are followed as the container would follow them, never into the machine.
   */
  private static void fill(Path volume, Image image, String target) throws IOException {
    if (image.layers().isEmpty()) {
      return;
    }
    Syscalls linux = Syscalls.linux();
    try (RootView view = RootView.of(linux, image.layers())) {
      int opened =
          linux.openInRoot(view.root(), target.substring(1), Uapi.O_PATH | Uapi.O_DIRECTORY, 0);
      try {
        Copies.tree(Path.of("/proc/self/fd", Integer.toString(opened), "."), volume);
      } finally {
        linux.close(opened);
      }
    } catch (SyscallException e) {
      if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR) && !e.is(Errno.ELOOP)) {
        throw new IOException("cannot read " + target + " of the image", e);
      }
    }
  }

  /** Writes who has which name, also while the container runs. */
  void names(ContainerRecord record, Map<String, Place> networks) {
    boolean ofMachine = record.networkMode().equals("host");
    StringBuilder hosts =
        new StringBuilder(
            ofMachine
                ? machine("hosts")
                : "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
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
      String address = extra.substring(colon + 1);
      if (address.equals("host-gateway")) {
        address = networks.values().stream().findFirst().map(Place::gateway).orElse("127.0.0.1");
      }
      hosts.append(address).append('\t').append(extra, 0, colon).append('\n');
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
    List<String> search = record.host().items("DnsSearch").texts();
    List<String> options = record.host().items("DnsOptions").texts();
    StringBuilder text = new StringBuilder();
    given.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    ground
        .networks()
        .resolvConf(List.copyOf(networks.keySet()))
        .lines()
        .filter(line -> given.isEmpty() || !line.startsWith("nameserver"))
        .filter(line -> search.isEmpty() || !line.matches("(search|domain)\\b.*"))
        .filter(line -> options.isEmpty() || !line.startsWith("options"))
        .forEach(line -> text.append(line).append('\n'));
    if (!search.isEmpty() && !search.equals(List.of("."))) {
      text.append("search ").append(String.join(" ", search)).append('\n');
    }
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    return text.toString();
  }

  private static String machine(String file) {
    try {
      return Files.readString(MACHINE.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + MACHINE.resolve(file), e);
    }
  }
}
