package io.kuber.node.image;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A layer with the demo application: one jar, packed from the classes that kuber itself carries,
 * whether those lie in a directory or in a jar.
 */
final class KuardLayer {
  private static final String PACKAGE = "io/kuber/kuard/";
  private static final String MAIN_CLASS = "io.kuber.kuard.Kuard";
  private static final String JAR = "kuard/kuard.jar";

  private final Path layer;
  private boolean made;

  KuardLayer(Path layer) {
    this.layer = layer;
  }

  /** What starts the application on the JDK of the host image: quick to start, and small. */
  List<String> entrypoint() throws IOException {
    Path java = Path.of(System.getProperty("java.home")).toRealPath().resolve("bin/java");
    return List.of(
        java.toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Xss256k",
        "-jar",
        "/" + JAR);
  }

  /** The directory of the layer, made at the first call. */
  synchronized Path layer() throws IOException {
    if (!made) {
      Path jar = layer.resolve(JAR);
      Files.createDirectories(jar.getParent());
      Path unfinished = jar.resolveSibling("kuard.jar.new");
      write(unfinished);
      Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
      made = true;
    }
    return layer;
  }

  private static void write(Path jar) throws IOException {
    URL main = KuardLayer.class.getResource("/" + PACKAGE + "Kuard.class");
    if (main == null) {
      throw new IOException("class " + MAIN_CLASS + " is not on the class path");
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, MAIN_CLASS);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      if (main.openConnection() instanceof JarURLConnection connection) {
        try (JarFile source = new JarFile(Path.of(connection.getJarFileURL().getPath()).toFile())) {
          copy(source, out);
        }
      } else {
        copy(directoryOf(main), out);
      }
    }
  }

  private static Path directoryOf(URL main) throws IOException {
    try {
      return Path.of(main.toURI()).resolveSibling(".").normalize();
    } catch (URISyntaxException e) {
      throw new IOException("the class path has the strange address " + main, e);
    }
  }

  private static void copy(JarFile source, JarOutputStream out) throws IOException {
    List<JarEntry> entries =
        source.stream()
            .filter(entry -> entry.getName().startsWith(PACKAGE) && !entry.isDirectory())
            .toList();
    for (JarEntry entry : entries) {
      out.putNextEntry(new JarEntry(entry.getName()));
      source.getInputStream(entry).transferTo(out);
      out.closeEntry();
    }
  }

  private static void copy(Path directory, JarOutputStream out) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      out.putNextEntry(new JarEntry(PACKAGE + directory.relativize(file)));
      Files.copy(file, out);
      out.closeEntry();
    }
  }
}
