package io.kuber.node.image.layer;

import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Files that say what of lower layers is gone (image-spec layer.md, Whiteouts), in the language of
 * the overlay: a character device 0:0 hides what has its name, an attribute of a directory all that
 * lower layers have in it.
 */
final class Whiteouts {
  static final String OPAQUE = "trusted.overlay.opaque";

  private static final String MARK = ".wh.";
  private static final String OPAQUE_MARK = ".wh..wh..opq";

  /** Notes of AUFS to itself, which old images still carry. */
  private static final String AUFS_MARK = ".wh..wh.";

  private final Syscalls linux;
  private final LayerTree tree;
  private final Budget budget;
  private final Set<EntryPath> hidden = new HashSet<>();

  Whiteouts(Syscalls linux, LayerTree tree, Budget budget) {
    this.linux = linux;
    this.tree = tree;
    this.budget = budget;
  }

  /** Whether the entry was a whiteout, which is in place now. */
  boolean place(EntryPath path) throws IOException {
    if (!path.name().startsWith(MARK)) {
      return false;
    }
    if (path.name().equals(OPAQUE_MARK)) {
      makeOpaque(path.parent());
    } else if (!path.name().startsWith(AUFS_MARK)) {
      hide(path, path.name().substring(MARK.length()));
    }
    return true;
  }

  private void hide(EntryPath path, String name) throws IOException {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new IOException("hides \"" + name + "\", which is no name");
    }
    EntryPath target = path.parent().child(name);
    int directory = tree.directory(path.parent());
    int there = tree.type(directory, name);
    if (there == 0) {
      linux.makeNode(directory, name, Uapi.S_IFCHR, 0, 0);
      budget.remember(target.toString());
      hidden.add(target);
    } else if (there == Uapi.S_IFDIR) {
      // What this layer has itself stays: it hides lower layers', not its own.
      makeOpaque(target);
    }
  }

  /** Whether a whiteout of this layer stands where an entry is to be. */
  boolean covers(EntryPath path) {
    return hidden.remove(path);
  }

  /** Hides all that lower layers have in a directory. */
  void makeOpaque(EntryPath path) throws IOException {
    tree.directory(path);
    int directory = linux.openInRoot(tree.root(), path.toString(), Uapi.O_RDONLY, 0);
    try {
      linux.setAttribute(directory, OPAQUE, "y".getBytes(StandardCharsets.UTF_8));
    } finally {
      linux.close(directory);
    }
  }
}
