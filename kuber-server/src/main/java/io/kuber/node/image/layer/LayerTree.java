package io.kuber.node.image.layer;

import com.google.common.io.MoreFiles;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a layer becomes, reached by system calls that treat it as the root of all
 * paths: a link inside, wherever it says it leads, is followed within.
 */
final class LayerTree implements AutoCloseable {
  private static final int IMPLIED_MODE = 0755;

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Syscalls linux;
  private final int depth;
  private final int root;
  private final Path place;
  private @Nullable EntryPath openPath;
  private int openDirectory = -1;

  /** The tree in a directory, {@code depth} directories deep at most. */
  LayerTree(Syscalls linux, Path directory, int depth) throws IOException {
    this.linux = linux;
    this.depth = depth;
    this.root = linux.open(directory.toString(), Uapi.O_PATH, 0);
    this.place = Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(root)));
  }

  int root() {
    return root;
  }

  /**
   * A directory of the layer, made with those above it when the archive did not name them.
   *
   * @return a descriptor that stays good until the next call, and is not the caller's to close
   */
  int directory(EntryPath path) throws IOException {
    if (path.isRoot()) {
      return root;
    }
    if (!path.equals(openPath)) {
      int opened = openOrMake(path);
      try {
        check(opened);
      } catch (IOException e) {
        linux.close(opened);
        throw e;
      }
      forget();
      openDirectory = opened;
      openPath = path;
    }
    return openDirectory;
  }

  /**
   * Names lead through links, so where a directory really is says how deep it is; that it is inside
   * is the kernel's promise, and is looked at all the same.
   */
  private void check(int opened) throws IOException {
    Path real = Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(opened)));
    if (!real.startsWith(place)) {
      throw new IOException("leads out of its layer");
    }
    if (real.getNameCount() - place.getNameCount() > depth) {
      throw new IOException("is deeper than " + depth + " directories");
    }
  }

  private int openOrMake(EntryPath path) {
    try {
      return linux.openInRoot(root, path.toString(), Uapi.O_PATH, 0);
    } catch (SyscallException missing) {
      if (!missing.is(Errno.ENOENT)) {
        throw missing;
      }
    }
    int parent = path.parent().isRoot() ? root : openOrMake(path.parent());
    try {
      linux.makeDirectory(parent, path.name(), IMPLIED_MODE);
    } finally {
      if (parent != root) {
        linux.close(parent);
      }
    }
    return linux.openInRoot(root, path.toString(), Uapi.O_PATH, 0);
  }

  /** The type of an entry, as {@code S_IF...}; 0 when there is none. */
  int type(int directory, String name) {
    return linux.mode(directory, name) & Uapi.S_IFMT;
  }

  /** Makes place for an entry: what stands under its name goes, with all below it. */
  void clear(EntryPath path) throws IOException {
    int directory = directory(path.parent());
    int type = type(directory, path.name());
    if (type == Uapi.S_IFDIR) {
      MoreFiles.deleteRecursively(
          DESCRIPTORS.resolve(Integer.toString(directory)).resolve(path.name()));
    } else if (type != 0) {
      linux.remove(directory, path.name(), 0);
    }
    if (type != 0) {
      forget();
    }
  }

  /** Forgets the directory that was used last, because it may not be there any more. */
  private void forget() {
    if (openDirectory >= 0) {
      linux.close(openDirectory);
    }
    openDirectory = -1;
    openPath = null;
  }

  @Override
  public void close() {
    forget();
    linux.close(root);
  }
}
