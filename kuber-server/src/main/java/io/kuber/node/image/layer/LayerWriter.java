package io.kuber.node.image.layer;

import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Places the entries of one archive in a directory, as an overlay wants its lower layers.
 *
 * <p>The last of entries with the same name counts. What an entry says about itself is set in an
 * order that matters: owner, then permissions and attributes, which a change of owner would clear;
 * times of directories at the end, because what is placed in one changes its own.
 */
final class LayerWriter {
  private static final int BUFFER_BYTES = 128 << 10;
  private static final int PRIVATE = 0600;

  private final Syscalls linux;
  private final LayerTree tree;
  private final LayerLimits limits;
  private final Budget budget;
  private final Optional<Whiteouts> whiteouts;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Map<EntryPath, Time> directories = new LinkedHashMap<>();

  private LayerWriter(
      Syscalls linux,
      LayerTree tree,
      LayerLimits limits,
      Budget budget,
      Optional<Whiteouts> whiteouts) {
    this.linux = linux;
    this.tree = tree;
    this.limits = limits;
    this.budget = budget;
    this.whiteouts = whiteouts;
  }

  /** One for layers, in which some names mean that something is removed. */
  static LayerWriter ofLayer(Syscalls linux, LayerTree tree, LayerLimits limits, Budget budget) {
    return new LayerWriter(
        linux, tree, limits, budget, Optional.of(new Whiteouts(linux, tree, budget)));
  }

  /** One for archives in which all names are names. */
  static LayerWriter plain(Syscalls linux, LayerTree tree, LayerLimits limits, Budget budget) {
    return new LayerWriter(linux, tree, limits, budget, Optional.empty());
  }

  /** When a directory was changed last. */
  private record Time(long seconds, int nanos) {}

  /** Places an entry whose content {@code archive} gives. */
  void place(TarEntry entry, TarReader archive) throws IOException {
    budget.take(entry);
    EntryPath path = EntryPath.of(entry.name(), limits);
    if (path.isRoot()) {
      placeRoot(entry);
    } else if (whiteouts.isEmpty()) {
      make(entry, path, archive);
    } else if (!whiteouts.get().place(path)) {
      boolean replacesWhiteout = whiteouts.get().covers(path);
      make(entry, path, archive);
      if (replacesWhiteout && entry.type() == TarEntry.Type.DIRECTORY) {
        whiteouts.get().makeOpaque(path);
      }
    }
  }

  private void placeRoot(TarEntry entry) throws IOException {
    if (entry.type() != TarEntry.Type.DIRECTORY) {
      throw new IOException("is the root of the layer and no directory");
    }
    linux.changeOwner(tree.root(), ".", entry.uid(), entry.gid());
    linux.changeMode(tree.root(), ".", entry.mode());
  }

  private void make(TarEntry entry, EntryPath path, TarReader archive) throws IOException {
    if (entry.type() == TarEntry.Type.HARD_LINK) {
      makeHardLink(entry, path);
      return;
    }
    int directory = tree.directory(path.parent());
    boolean keeps =
        entry.type() == TarEntry.Type.DIRECTORY
            && tree.type(directory, path.name()) == Uapi.S_IFDIR;
    if (!keeps) {
      tree.clear(path);
      directory = tree.directory(path.parent());
    }
    switch (entry.type()) {
      case FILE -> makeFile(entry, directory, path.name(), archive);
      case SYMBOLIC_LINK -> makeSymbolicLink(entry, directory, path.name());
      case CHARACTER_DEVICE -> makeNode(entry, Uapi.S_IFCHR, directory, path.name());
      case BLOCK_DEVICE -> makeNode(entry, Uapi.S_IFBLK, directory, path.name());
      case PIPE -> makeNode(entry, Uapi.S_IFIFO, directory, path.name());
      case DIRECTORY -> makeDirectory(entry, path, directory, keeps);
      case HARD_LINK -> throw new IllegalStateException("hard links are made above");
    }
  }

  private void makeFile(TarEntry entry, int directory, String name, TarReader archive)
      throws IOException {
    int file =
        linux.openInRoot(directory, name, Uapi.O_CREAT | Uapi.O_EXCL | Uapi.O_WRONLY, PRIVATE);
    try {
      for (int count = archive.read(buffer); count >= 0; count = archive.read(buffer)) {
        writeAll(file, count);
        budget.wrote(count);
      }
      linux.changeOwner(directory, name, entry.uid(), entry.gid());
      linux.chmod(file, entry.mode());
      Attributes.set(linux, file, entry.attributes());
    } finally {
      linux.close(file);
    }
    linux.changeTimes(directory, name, entry.seconds(), entry.nanos());
  }

  private void writeAll(int file, int count) {
    int written = 0;
    while (written < count) {
      written += linux.write(file, buffer, written, count - written);
    }
  }

  private void makeSymbolicLink(TarEntry entry, int directory, String name) throws IOException {
    if (entry.link().isEmpty() || entry.link().length() > limits.nameBytes()) {
      throw new IOException("is a link to a name of " + entry.link().length() + " characters");
    }
    linux.makeSymbolicLink(directory, name, entry.link());
    linux.changeOwner(directory, name, entry.uid(), entry.gid());
    linux.changeTimes(directory, name, entry.seconds(), entry.nanos());
  }

  private void makeNode(TarEntry entry, int type, int directory, String name) {
    linux.makeNode(directory, name, type | PRIVATE, entry.major(), entry.minor());
    linux.changeOwner(directory, name, entry.uid(), entry.gid());
    linux.changeMode(directory, name, entry.mode());
    linux.changeTimes(directory, name, entry.seconds(), entry.nanos());
  }

  private void makeDirectory(TarEntry entry, EntryPath path, int directory, boolean isThere)
      throws IOException {
    if (!isThere) {
      linux.makeDirectory(directory, path.name(), PRIVATE);
    }
    linux.changeOwner(directory, path.name(), entry.uid(), entry.gid());
    linux.changeMode(directory, path.name(), entry.mode());
    if (!entry.attributes().isEmpty()) {
      int opened = linux.openInRoot(directory, path.name(), Uapi.O_RDONLY, 0);
      try {
        Attributes.set(linux, opened, entry.attributes());
      } finally {
        linux.close(opened);
      }
    }
    budget.remember(entry.name());
    directories.put(path, new Time(entry.seconds(), entry.nanos()));
  }

  /** A further name of a file of this layer; of anything else there is none. */
  private void makeHardLink(TarEntry entry, EntryPath path) throws IOException {
    EntryPath target = EntryPath.of(entry.link(), limits);
    if (target.isRoot()) {
      throw new IOException("is a hard link to the root of the layer");
    }
    if (target.equals(path)) {
      return;
    }
    int from = linux.openInRoot(tree.root(), target.parent().toString(), Uapi.O_PATH, 0);
    try {
      int type = tree.type(from, target.name());
      if (type == 0 || type == Uapi.S_IFDIR) {
        throw new IOException(
            "is a hard link to \"" + entry.link() + "\", which is no file of this layer");
      }
      tree.clear(path);
      linux.makeHardLink(from, target.name(), tree.directory(path.parent()), path.name());
    } finally {
      linux.close(from);
    }
  }

  /** Sets the times of directories; those that later entries replaced have none to be set. */
  void finish() {
    for (Map.Entry<EntryPath, Time> each : directories.entrySet()) {
      EntryPath path = each.getKey();
      Time time = each.getValue();
      try {
        int parent = linux.openInRoot(tree.root(), path.parent().toString(), Uapi.O_PATH, 0);
        try {
          linux.changeTimes(parent, path.name(), time.seconds(), time.nanos());
        } finally {
          linux.close(parent);
        }
      } catch (SyscallException e) {
        if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR)) {
          throw e;
        }
      }
    }
  }
}
