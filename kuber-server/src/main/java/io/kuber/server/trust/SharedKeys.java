package io.kuber.server.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The files that all servers of a cluster have alike: its two authorities, the key that signs
 * tokens of service accounts, and those that encrypt the disk. Whoever has them is the cluster;
 * they go to a new server alone.
 */
public final class SharedKeys {
  private static final List<String> FILES =
      List.of("ca.crt", "ca.key", "peer-ca.crt", "peer-ca.key", "sa.key");

  /** With which servers encrypt what they write; older clusters have none. */
  private static final String ENCRYPTION_FILE = "encryption.yaml";

  /** What servers of a cluster that is older than they may not have. */
  private static final List<String> YOUNGER =
      List.of(SigningKey.RETIRED_FILE, "front-proxy-ca.crt", "front-proxy-ca.key", ENCRYPTION_FILE);

  private SharedKeys() {}

  /**
   * The file with the keys of encryption at rest, which is made where there is none.
   *
   * @param older whether the cluster is older than the file: its servers then all make the same
   *     one, of the authority that they share
   * @param text makes its text, of a secret that the servers share if there is one
   * @throws IOException when it cannot be written
   */
  public static Path encryption(
      Path directory, boolean older, Function<Optional<byte[]>, String> text) throws IOException {
    Path file = PkiDirectory.at(directory).path().resolve(ENCRYPTION_FILE);
    if (!Files.exists(file)) {
      Path shared = directory.resolve("peer-ca.key");
      Optional<byte[]> seed =
          older && Files.exists(shared)
              ? Optional.of(Files.readAllBytes(shared))
              : Optional.empty();
      PkiDirectory.writePrivate(file, text.apply(seed));
    }
    return file;
  }

  /** The text of each file, by its name. */
  public static SortedMap<String, String> read(Path directory) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    for (String file : FILES) {
      texts.put(file, Files.readString(directory.resolve(file)));
    }
    for (String file : YOUNGER) {
      if (Files.exists(directory.resolve(file))) {
        texts.put(file, Files.readString(directory.resolve(file)));
      }
    }
    return texts;
  }

  /**
   * Writes the files of another server into a directory, for their owner alone.
   *
   * @throws IOException when one is missing among {@code texts}, or the directory has keys of
   *     another cluster
   */
  public static void write(Path directory, SortedMap<String, String> texts) throws IOException {
    PkiDirectory files = PkiDirectory.at(directory);
    for (String file : FILES) {
      String text = texts.get(file);
      if (text == null) {
        throw new IOException("the other server did not send " + file);
      }
      Path path = files.path().resolve(file);
      if (Files.exists(path) && !Files.readString(path).equals(text)) {
        throw new IOException(
            path
                + " is of another cluster; a server that joins needs an empty data directory:"
                + " choose another with --data-dir");
      }
      PkiDirectory.writePrivate(path, text);
    }
    for (String file : YOUNGER) {
      String text = texts.get(file);
      if (text != null) {
        PkiDirectory.writePrivate(files.path().resolve(file), text);
      }
    }
  }
}
