package io.kuber.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket at a place in the file system that is its owner's alone from the first moment:
 * it is made in a closed directory and moved into its place once its mode is 0600.
 */
final class SocketFile implements AutoCloseable {
  private static final int BACKLOG = 128;

  /** What kind of file a mode speaks of (inode(7)). */
  private static final int TYPE = 0xf000;

  private static final int SOCKET = 0xc000;

  private final Path path;
  private final ServerSocketChannel channel;
  private final @Nullable Object identity;

  private SocketFile(Path path, ServerSocketChannel channel, @Nullable Object identity) {
    this.path = path;
    this.channel = channel;
    this.identity = identity;
  }

  /**
   * Listens. The file of somebody who listens no more is replaced.
   *
   * @throws IOException when somebody listens there, or something else is there
   */
  static SocketFile listen(Path path) throws IOException {
    refuseIfTaken(path);
    Path directory = path.toAbsolutePath().getParent();
    Path closed =
        Files.createTempDirectory(
            directory,
            ".s",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path hidden = closed.resolve("s");
    try {
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.bind(UnixDomainSocketAddress.of(hidden), BACKLOG);
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
        Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
        return new SocketFile(path, channel, identity(path));
      } catch (IOException e) {
        channel.close();
        throw new IOException("cannot listen on " + path + ": " + e.getMessage(), e);
      }
    } finally {
      Files.deleteIfExists(hidden);
      Files.delete(closed);
    }
  }

  private static void refuseIfTaken(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE) != SOCKET) {
      throw new IOException("cannot listen on " + path + ": it is there and is no socket");
    }
    if (somebodyListens(path)) {
      throw new IOException("cannot listen on " + path + ": somebody else listens there");
    }
  }

  private static boolean somebodyListens(Path path) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return channel.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static @Nullable Object identity(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  /** Waits for the next client. */
  SocketChannel accept() throws IOException {
    return channel.accept();
  }

  Path path() {
    return path;
  }

  /** Listens no more, and removes the file unless it is somebody else's by now. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Objects.equals(identity, identity(path))) {
      Files.deleteIfExists(path);
    }
  }
}
