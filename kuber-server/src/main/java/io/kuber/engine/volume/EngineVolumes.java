package io.kuber.engine.volume;

import io.kuber.engine.ContainerUse;
import io.kuber.engine.EngineException;
import io.kuber.engine.Happenings;
import io.kuber.engine.VolumeShelf;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.linux.Deletion;
import io.kuber.linux.DurableFiles;
import io.kuber.linux.Syscalls;
import io.kuber.node.stats.DirectorySize;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The volumes of an engine: {@code <directory>/<name>/_data} and, once it has been made, {@code
 * <directory>/<name>/volume.json}. For any thread.
 */
public final class EngineVolumes implements VolumeShelf {
  private static final Logger LOG = LoggerFactory.getLogger(EngineVolumes.class);
  private static final int NAME_BYTES = 32;
  private static final String DATA = "_data";
  private static final String RECORD = "volume.json";

  private final Path directory;
  private final ContainerUse use;
  private final Happenings happenings;
  private final SecureRandom random = new SecureRandom();

  /**
   * Volumes below {@code directory}, which need not be there yet.
   *
   * @param use says which containers have them
   */
  public EngineVolumes(Path directory, ContainerUse use, Happenings happenings) {
    this.directory = directory;
    this.use = use;
    this.happenings = happenings;
  }

  /**
   * What is known of a volume.
   *
   * @param created when, as RFC 3339 has it
   */
  record Known(String name, String created, Map<String, String> labels) {}

  @Override
  public Volume claim(String name) {
    Known known = create(name, Map.of());
    Path data = data(known.name());
    return new Volume(known.name(), data, isEmpty(data));
  }

  /** A volume of this name, made if it is not there; a random name where none is said. */
  synchronized Known create(String wanted, Map<String, String> labels) {
    String name = wanted.isEmpty() ? randomName() : wanted;
    check(name);
    Optional<Known> there = read(name);
    if (there.isPresent()) {
      return there.get();
    }
    Known made = new Known(name, Instant.now().toString(), new TreeMap<>(labels));
    try {
      Files.createDirectories(data(name));
      DurableFiles.write(
          record(name),
          Json.print(Tree.of("created", made.created(), "labels", Tree.ofTexts(made.labels()))),
          directory.resolve(name).resolve(RECORD + ".next"));
    } catch (IOException e) {
      throw new UncheckedIOException("making volume " + name, e);
    }
    happenings.tell("volume", "create", name, Map.of("driver", "local"));
    return made;
  }

  private String randomName() {
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void check(String name) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}")) {
      throw EngineException.malformed(
          "create "
              + name
              + ": \""
              + name
              + "\" includes invalid characters for a local volume name, only"
              + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed");
    }
  }

  /** Where the data of a volume is. */
  Path data(String name) {
    return directory.resolve(name).resolve(DATA);
  }

  private Path record(String name) {
    return directory.resolve(name).resolve(RECORD);
  }

  private static boolean isEmpty(Path data) {
    try (Stream<Path> files = Files.list(data)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + data, e);
    }
  }

  private Optional<Known> read(String name) {
    Path record = record(name);
    if (!Files.exists(record)) {
      return Optional.empty();
    }
    try {
      Tree tree = Json.parse(Files.readAllBytes(record));
      return Optional.of(new Known(name, tree.text("created"), tree.tree("labels").texts()));
    } catch (MalformedException e) {
      LOG.warn("volume {} goes on without its labels: {}: {}", name, record, e.getMessage());
      return Optional.of(new Known(name, Instant.EPOCH.toString(), Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + record, e);
    }
  }

  /**
   * A volume by its name.
   *
   * @throws EngineException 404 when there is none
   */
  Known find(String name) {
    Optional<Known> known =
        name.matches("[a-zA-Z0-9_.-]+") && !name.startsWith(".") ? read(name) : Optional.empty();
    return known.orElseThrow(() -> EngineException.absent("get " + name + ": no such volume"));
  }

  /** All volumes, by name. */
  List<Known> all() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> names = Files.list(directory)) {
      return names
          .map(path -> path.getFileName().toString())
          .sorted()
          .flatMap(name -> read(name).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + directory, e);
    }
  }

  /** Whether no container has it. */
  boolean isUnused(Known volume) {
    return users(volume) == 0;
  }

  /** How many containers have it. */
  long users(Known volume) {
    return use.ofVolume(volume.name()).size();
  }

  /** What it takes of the disk. */
  long bytes(Known volume) throws IOException {
    return DirectorySize.of(Syscalls.linux(), data(volume.name())).bytes();
  }

  /**
   * Removes a volume with its data.
   *
   * @throws EngineException 404 when there is none; 409 when a container has it
   */
  synchronized void delete(String name) {
    Known known = find(name);
    List<ContainerUse.User> users = use.ofVolume(name);
    if (!users.isEmpty()) {
      throw EngineException.conflict(
          "remove "
              + name
              + ": volume is in use - ["
              + String.join(", ", users.stream().map(ContainerUse.User::id).toList())
              + "]");
    }
    erase(known.name());
  }

  @Override
  public synchronized void remove(String name) {
    if (read(name).isPresent()) {
      erase(name);
    }
  }

  /** The record goes first, so that half a volume is none. */
  private void erase(String name) {
    try {
      Files.deleteIfExists(record(name));
      Deletion.of(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("removing volume " + name, e);
    }
    happenings.tell("volume", "destroy", name, Map.of("driver", "local"));
  }
}
