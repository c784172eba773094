package io.kuber.server.audit;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import org.jspecify.annotations.Nullable;

/**
 * What takes work to tell of a request.
 *
 * @param status how it ended, as a Status; empty before it has
 * @param sent what the client sent along, a Tree or Items; null to say nothing of it
 * @param answered what it was answered; null to say nothing of it
 */
public record Contents(Tree status, @Nullable Object sent, @Nullable Object answered) {
  /** Nothing. */
  public static final Contents NONE = new Contents(Tree.EMPTY, null, null);

  /** The same without {@code managedFields}, in an object, in a list and in the rows of a table. */
  Contents withoutManagedFields() {
    return new Contents(status, plain(sent), plain(answered));
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (!(value instanceof Tree tree)) {
      return value;
    }
    Tree plain = tree;
    if (tree.tree("metadata").has("managedFields")) {
      plain = plain.withoutAt("metadata", "managedFields");
    }
    if (tree.get("items") instanceof Items) {
      plain = plain.withEach("items", Contents::bare);
    }
    if (tree.get("rows") instanceof Items) {
      plain = plain.withEach("rows", row -> row.withChild("object", Contents::bare));
    }
    return plain;
  }

  private static Tree bare(Tree object) {
    return object.tree("metadata").has("managedFields")
        ? object.withoutAt("metadata", "managedFields")
        : object;
  }
}
