package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a verb wants to happen, once it has seen an image. */
sealed interface Decision {
  /** The state before, as the decision saw it; null when there was no object. */
  @Nullable Stored before();

  /** What admission warns the client of. */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * The object in its new state; without effect on a dry run.
   *
   * @param rationed the type of an object that may use more than before of what quotas limit; null
   *     when it does not
   * @param taken what no other object of the kind may have, and this one had not before
   */
  record Put(
      Key key,
      @Nullable Stored before,
      KubeObject after,
      List<String> warnings,
      @Nullable ResourceType rationed,
      Set<String> taken)
      implements Decision {
    public Put {
      warnings = List.copyOf(warnings);
      taken = Set.copyOf(taken);
    }

    /** A write that uses no more than before. */
    public Put(Key key, @Nullable Stored before, KubeObject after, List<String> warnings) {
      this(key, before, after, warnings, null, Set.of());
    }

    /** A write that uses no more than before, and that nobody warns of. */
    public Put(Key key, @Nullable Stored before, KubeObject after) {
      this(key, before, after, List.of());
    }

    /** The object before, null when there was none. */
    @Nullable KubeObject old() {
      return before == null ? null : before.object();
    }
  }

  /** The object's end; {@code last} is its final state. */
  record Remove(Key key, Stored before, KubeObject last, List<String> warnings)
      implements Decision {
    public Remove {
      warnings = List.copyOf(warnings);
    }
  }

  /** All is as it should be already. */
  record Leave(Stored before, List<String> warnings) implements Decision {
    public Leave {
      warnings = List.copyOf(warnings);
    }

    /** All is well, and nobody warns. */
    public Leave(Stored before) {
      this(before, List.of());
    }
  }

  /** Decides on an image, or throws {@link ApiException}. May run more than once. */
  @FunctionalInterface
  interface Maker {
    /** The decision on what {@code image} shows. */
    Decision decide(Image image);
  }
}
