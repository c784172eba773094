package io.kuber.node.image.layer;

import java.util.Map;

/**
 * One entry of an archive, as its headers say.
 *
 * @param name as written, which may be anything
 * @param mode the permissions, with the bits for set-id and sticky
 * @param size bytes of content, which follow in the archive; 0 for all that is no file
 * @param seconds when it was changed last, since 1970
 * @param link the target of a link
 * @param attributes extended attributes by their names
 */
public record TarEntry(
    String name,
    Type type,
    int mode,
    int uid,
    int gid,
    long size,
    long seconds,
    int nanos,
    String link,
    int major,
    int minor,
    Map<String, byte[]> attributes) {
  /** Copies the attributes. */
  public TarEntry {
    attributes = Map.copyOf(attributes);
  }

  /** A file of root's without links and attributes. */
  public static TarEntry file(String name, int mode, long size, long seconds) {
    return new TarEntry(name, Type.FILE, mode, 0, 0, size, seconds, 0, "", 0, 0, Map.of());
  }

  /** A directory of root's. */
  public static TarEntry directory(String name, int mode, long seconds) {
    return new TarEntry(name, Type.DIRECTORY, mode, 0, 0, 0, seconds, 0, "", 0, 0, Map.of());
  }

  /** What an entry is. */
  public enum Type {
    FILE,
    HARD_LINK,
    SYMBOLIC_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    DIRECTORY,
    PIPE
  }
}
