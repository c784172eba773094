package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import io.kuber.store.Stored;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a request ends in when it does not fail. */
public sealed interface ApiAnswer {
  /** Whether clients of a type see just the bytes that are stored, but for the resourceVersion. */
  static boolean isVerbatim(ResourceType type, Stored stored) {
    return Canonical.isOf(type, stored);
  }

  /**
   * One object.
   *
   * @param shown gives the object with its resourceVersion; whoever needs no more than the bytes
   *     does not ask, and nothing is parsed
   * @param stored the same object as the store keeps it, for whoever wants its bytes; null where
   *     the object was made for this answer (a scale, a dry run)
   * @param created whether it began to exist with this request (201 over HTTP)
   * @param warnings for the client, in order
   */
  record One(
      Supplier<KubeObject> shown, @Nullable Stored stored, boolean created, List<String> warnings)
      implements ApiAnswer {
    /** Copies the warnings. */
    public One {
      warnings = List.copyOf(warnings);
    }

    /** An answer whose object is at hand. */
    One(KubeObject object, @Nullable Stored stored, boolean created, List<String> warnings) {
      this(() -> object, stored, created, warnings);
    }

    /** The object with its resourceVersion. */
    public KubeObject object() {
      return shown.get();
    }
  }

  /**
   * Many objects at one revision.
   *
   * @param served what they are
   * @param entries their stored form: bytes without resourceVersion, and the revision
   * @param resourceVersion of the list
   * @param continueToken where the next page begins; empty on the last one
   * @param remaining how many objects follow, null where nobody counted
   */
  record Many(
      Served served,
      List<Stored> entries,
      String resourceVersion,
      String continueToken,
      @Nullable Long remaining)
      implements ApiAnswer {
    /** Copies the entries. */
    public Many {
      entries = List.copyOf(entries);
    }

    /** The objects as the client sees them. */
    public List<KubeObject> objects() {
      Batches batches = new Batches(served, entries);
      return served.kind().waits()
          ? entries.stream().map(batches::shown).toList()
          : entries.stream().map(entry -> served.fromStored(entry.object())).toList();
    }
  }

  /**
   * A watch, ready to be started.
   *
   * @param served what is watched
   * @param stream its events
   */
  record Watching(Served served, WatchStream stream) implements ApiAnswer {}

  /**
   * A Status that says Success.
   *
   * @param status the tree to answer with
   * @param created whether the HTTP code is 201
   */
  record Success(Tree status, boolean created) implements ApiAnswer {}
}
