package io.kuber.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code hostPath}: something of the machine (upstream pkg/volume/hostpath). */
final class HostPath implements VolumeKind {
  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0644;

  /** What a path has to be, by the bits of its mode. */
  private enum Type {
    DIRECTORY(0040000, "directory"),
    FILE(0100000, "file"),
    SOCKET(0140000, "socket file"),
    CHARACTER_DEVICE(0020000, "character device"),
    BLOCK_DEVICE(0060000, "block device");

    private static final int MASK = 0170000;

    private final int bits;
    private final String words;

    Type(int bits, String words) {
      this.bits = bits;
      this.words = words;
    }

    void require(Path path) throws IOException {
      boolean is =
          Files.exists(path) && ((int) Files.getAttribute(path, "unix:mode") & MASK) == bits;
      if (!is) {
        throw new VolumeException("hostPath type check failed: " + path + " is not a " + words);
      }
    }
  }

  @Override
  public String field() {
    return "hostPath";
  }

  @Override
  public Made make(Request request) throws IOException {
    Path path = Path.of(request.source().text("path"));
    String type = request.source().text("type");
    switch (type) {
      case "" -> makeDirectory(path);
      case "DirectoryOrCreate" -> {
        makeDirectory(path);
        Type.DIRECTORY.require(path);
      }
      case "Directory" -> Type.DIRECTORY.require(path);
      case "FileOrCreate" -> {
        makeFile(path);
        Type.FILE.require(path);
      }
      case "File" -> Type.FILE.require(path);
      case "Socket" -> Type.SOCKET.require(path);
      case "CharDevice" -> Type.CHARACTER_DEVICE.require(path);
      case "BlockDevice" -> Type.BLOCK_DEVICE.require(path);
      default -> throw new VolumeException(type + " is an invalid volume type");
    }
    return new Made.Place(path, request.source().isTrue("readOnly"));
  }

  /**
   * Without a type nothing is checked, and container runtimes make what is missing (containerd).
   */
  private static void makeDirectory(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createDirectories(path);
      Files.setAttribute(path, "unix:mode", DIRECTORY_MODE);
    }
  }

  private static void makeFile(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createFile(path);
      Files.setAttribute(path, "unix:mode", FILE_MODE);
    }
  }
}
