package io.kuber.node.image;

import io.kuber.container.ContainerMount;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A root file system made of the machine's own programs: a small directory of links and made-up
 * configuration, with the machine's {@code /usr} mounted into it read-only.
 *
 * <p>It gives a cluster without internet a shell, the core utilities and a JDK, and copies nothing.
 */
public final class HostImage {
  private static final List<String> DIRECTORIES =
      List.of("dev", "etc", "home", "mnt", "opt", "proc", "run", "srv", "sys", "usr", "var/lib");

  /** What of the machine's configuration its programs cannot do without. */
  private static final List<String> CONFIGURATION =
      List.of(
          "/etc/alternatives",
          "/etc/ssl",
          "/etc/ca-certificates",
          "/etc/pki",
          "/etc/ld.so.cache",
          "/etc/ld.so.conf.d",
          "/etc/localtime",
          "/etc/services",
          "/etc/protocols",
          "/etc/mime.types");

  private static final Map<String, String> FILES =
      Map.of(
          "etc/passwd",
              """
              root:x:0:0:root:/root:/bin/sh
              daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
              nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
              """,
          "etc/group",
              """
              root:x:0:
              daemon:x:1:
              tty:x:5:
              nogroup:x:65534:
              """,
          "etc/hosts", "127.0.0.1 localhost\n::1 localhost\n",
          "etc/resolv.conf", "",
          "etc/hostname", "",
          "etc/nsswitch.conf",
              """
              passwd: files
              group: files
              hosts: files dns
              """);

  private final Path layer;
  private boolean made;

  /** An image that keeps its directory at {@code layer}. */
  public HostImage(Path layer) {
    this.layer = layer;
  }

  /** The directory to be the lowest layer, made when it is missing. */
  public synchronized Path layer() throws IOException {
    if (!made) {
      make();
      made = true;
    }
    return layer;
  }

  private void make() throws IOException {
    for (String directory : DIRECTORIES) {
      Files.createDirectories(layer.resolve(directory));
    }
    directory("tmp", 01777);
    directory("var/tmp", 01777);
    directory("root", 0700);
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Files.writeString(layer.resolve(file.getKey()), file.getValue());
    }
    for (Path entry : topLevelLinks()) {
      link(entry.getFileName().toString(), Files.readSymbolicLink(entry));
    }
    link("etc/mtab", Path.of("../proc/self/mounts"));
    for (Path source : sources()) {
      mountPoint(source);
    }
  }

  /** Mount points that are there need not be made in every container's writable layer. */
  private void mountPoint(Path source) throws IOException {
    Path place = layer.resolve(source.toString().substring(1));
    if (Files.isDirectory(source)) {
      Files.createDirectories(place);
    } else if (!Files.exists(place)) {
      Files.createFile(place);
    }
  }

  private void directory(String name, int mode) throws IOException {
    Path path = layer.resolve(name);
    Files.createDirectories(path);
    Files.setAttribute(path, "unix:mode", mode);
  }

  private void link(String name, Path target) throws IOException {
    try {
      Files.createSymbolicLink(layer.resolve(name), target);
    } catch (FileAlreadyExistsException there) {
      // An earlier run has made it.
    }
  }

  /** {@code /bin}, {@code /lib64} and the like, which are links into {@code /usr} today. */
  private static List<Path> topLevelLinks() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/"))) {
      return entries.filter(HostImage::isLinkIntoUsr).sorted().toList();
    }
  }

  private static boolean isLinkIntoUsr(Path entry) {
    try {
      return Files.isSymbolicLink(entry)
          && Path.of("/").resolve(Files.readSymbolicLink(entry)).normalize().startsWith("/usr");
    } catch (IOException gone) {
      return false;
    }
  }

  /** What of the machine is mounted into the image, read-only. */
  public List<ContainerMount> mounts() throws IOException {
    return sources().stream()
        .<ContainerMount>map(path -> new ContainerMount.Bind(path, path.toString(), true))
        .toList();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    sources.add(Path.of("/usr"));
    for (String name : List.of("bin", "sbin", "lib", "lib64")) {
      Path directory = Path.of("/" + name);
      if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        sources.add(directory);
      }
    }
    CONFIGURATION.stream().map(Path::of).filter(Files::exists).forEach(sources::add);
    sources.addAll(javaConfiguration());
    Path javaHome = Path.of(System.getProperty("java.home")).toRealPath();
    if (!javaHome.startsWith("/usr")) {
      sources.add(javaHome);
    }
    return sources;
  }

  /** Debian keeps a JDK's configuration under {@code /etc} and links to it from {@code /usr}. */
  private static List<Path> javaConfiguration() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/etc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("java"))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }
}
