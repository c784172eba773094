package io.kuber.store;

import com.google.common.collect.Iterators;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The image of this package: one sorted tree per resource, so that a change of a lease does not
 * copy nodes that hold pods, and counting a resource costs nothing.
 */
public final class TreeImage implements Image {
  /** The image of a store into which nobody has written. */
  public static final TreeImage EMPTY = new TreeImage(0, Digest.NONE, SortedTree.empty());

  /** Behind every name of a namespace, and before the next namespace. */
  private static final String NEXT = "\0";

  private final long revision;
  private final Digest digest;
  private final SortedTree<String, SortedTree<Key, Stored>> resources;

  private TreeImage(
      long revision, Digest digest, SortedTree<String, SortedTree<Key, Stored>> resources) {
    this.revision = revision;
    this.digest = digest;
    this.resources = resources;
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public @Nullable Stored get(Key key) {
    return table(key.resource()).get(key);
  }

  @Override
  public Iterator<Stored> scan(String resource, String namespace, @Nullable Key after) {
    SortedTree<Key, Stored> table = table(resource);
    Key start = new Key(resource, namespace, "");
    if (after != null && after.compareTo(start) >= 0) {
      start = new Key(resource, after.namespace(), after.name() + NEXT);
    }
    int end = namespace.isEmpty() ? table.size() : table.rank(behind(resource, namespace));
    int size = end - table.rank(start);
    return size <= 0
        ? Collections.emptyIterator()
        : Iterators.filter(
            Iterators.limit(table.valuesFrom(start), size), stored -> !stored.isSealed());
  }

  @Override
  public int count(String resource, String namespace) {
    SortedTree<Key, Stored> table = table(resource);
    return namespace.isEmpty()
        ? table.size()
        : table.rank(behind(resource, namespace)) - table.rank(new Key(resource, namespace, ""));
  }

  /** All objects in the order of {@link Key}, those included that cannot be opened. */
  public Iterator<Stored> all() {
    return Iterators.concat(Iterators.transform(resources.values(), SortedTree::values));
  }

  /** How many objects there are. */
  public int size() {
    int size = 0;
    for (Iterator<SortedTree<Key, Stored>> tables = resources.values(); tables.hasNext(); ) {
      size += tables.next().size();
    }
    return size;
  }

  /** The digest of all objects. */
  public Digest digest() {
    return digest;
  }

  /** The same objects at another revision, which must not be below that of any object. */
  public TreeImage at(long newRevision) {
    return new TreeImage(newRevision, digest, resources);
  }

  /** The same with objects written as they are, for images that are put together from pieces. */
  public TreeImage withAll(Iterable<Stored> objects) {
    TreeImage image = this;
    for (Stored stored : objects) {
      image = image.with(revision, image.get(stored.key()), stored);
    }
    return image;
  }

  /** This image at {@code newRevision} with the object written in the place of {@code before}. */
  TreeImage with(long newRevision, @Nullable Stored before, Stored stored) {
    Key key = stored.key();
    Digest others = before == null ? digest : digest.minus(before.digest());
    SortedTree<Key, Stored> table = table(key.resource()).with(key, stored);
    return new TreeImage(
        newRevision, others.plus(stored.digest()), resources.with(key.resource(), table));
  }

  /** This image at {@code newRevision} without the object. */
  TreeImage without(long newRevision, Stored gone) {
    Key key = gone.key();
    SortedTree<Key, Stored> table = table(key.resource()).without(key);
    return new TreeImage(
        newRevision,
        digest.minus(gone.digest()),
        table.size() == 0
            ? resources.without(key.resource())
            : resources.with(key.resource(), table));
  }

  private SortedTree<Key, Stored> table(String resource) {
    SortedTree<Key, Stored> table = resources.get(resource);
    return table == null ? SortedTree.empty() : table;
  }

  private static Key behind(String resource, String namespace) {
    return new Key(resource, namespace + NEXT, "");
  }
}
