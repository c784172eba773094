package io.kuber.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map: a change copies the path from the root to the entry and shares all the
 * rest with the map it came from.
 *
 * <p>A weight-balanced tree. Every node knows the size of its subtree, which keeps the tree
 * balanced (Adams 1992, with the parameters that Hirai and Yamamoto proved right in 2011) and makes
 * counting a range as cheap as a lookup. All operations take logarithmic time.
 */
public final class SortedTree<K extends Comparable<K>, V> {
  /** A subtree may be at most this many times as heavy as its sibling. */
  private static final int MAX_IMBALANCE = 3;

  /** From this weight of the inner grandchild on, one rotation is not enough. */
  private static final int MAX_INNER_WEIGHT = 2;

  private static final SortedTree<?, ?> EMPTY = new SortedTree<>(null);

  private final @Nullable Node<K, V> root;

  private SortedTree(@Nullable Node<K, V> root) {
    this.root = root;
  }

  /** A map without entries. */
  @SuppressWarnings("unchecked") // A map without entries is a map of every type.
  public static <K extends Comparable<K>, V> SortedTree<K, V> empty() {
    return (SortedTree<K, V>) EMPTY;
  }

  public int size() {
    return size(root);
  }

  /** What a key leads to; null if it is not there. */
  public @Nullable V get(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int order = key.compareTo(node.key);
      if (order == 0) {
        return node.value;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  /** The same with this entry, in place of the one of its key. */
  public SortedTree<K, V> with(K key, V value) {
    return new SortedTree<>(insert(root, key, value));
  }

  /** The same without an entry; itself if there is none. */
  public SortedTree<K, V> without(K key) {
    return get(key) == null ? this : new SortedTree<>(remove(root, key));
  }

  /** How many keys are less than {@code key}. */
  int rank(K key) {
    int less = 0;
    Node<K, V> node = root;
    while (node != null) {
      if (key.compareTo(node.key) <= 0) {
        node = node.left;
      } else {
        less += size(node.left) + 1;
        node = node.right;
      }
    }
    return less;
  }

  /** The values in order, starting at the first key that is not less than {@code from}. */
  public Iterator<V> valuesFrom(K from) {
    Walk<K, V> walk = new Walk<>();
    Node<K, V> node = root;
    while (node != null) {
      if (from.compareTo(node.key) <= 0) {
        walk.path.push(node);
        node = node.left;
      } else {
        node = node.right;
      }
    }
    return walk;
  }

  /** All values in order. */
  Iterator<V> values() {
    Walk<K, V> walk = new Walk<>();
    walk.descend(root);
    return walk;
  }

  private static <K extends Comparable<K>, V> Node<K, V> insert(
      @Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(key, value, null, null);
    }
    int order = key.compareTo(node.key);
    if (order == 0) {
      return new Node<>(node.key, value, node.left, node.right);
    }
    return order < 0
        ? balanced(node, insert(node.left, key, value), node.right)
        : balanced(node, node.left, insert(node.right, key, value));
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(
      @Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.key);
    if (order < 0) {
      return balanced(node, remove(node.left, key), node.right);
    }
    if (order > 0) {
      return balanced(node, node.left, remove(node.right, key));
    }
    if (node.left == null || node.right == null) {
      return node.left == null ? node.right : node.left;
    }
    Node<K, V> successor = first(node.right);
    return balanced(successor, node.left, remove(node.right, successor.key));
  }

  private static <K, V> Node<K, V> first(Node<K, V> node) {
    Node<K, V> first = node;
    while (first.left != null) {
      first = first.left;
    }
    return first;
  }

  /** The entry of {@code node} above two subtrees whose sizes changed by at most one. */
  private static <K, V> Node<K, V> balanced(
      Node<K, V> node, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    int leftSize = size(left);
    int rightSize = size(right);
    if (leftSize + rightSize > 1) {
      if (right != null && rightSize > MAX_IMBALANCE * leftSize) {
        return leanLeft(node, left, right);
      }
      if (left != null && leftSize > MAX_IMBALANCE * rightSize) {
        return leanRight(node, left, right);
      }
    }
    return new Node<>(node.key, node.value, left, right);
  }

  private static <K, V> Node<K, V> leanLeft(
      Node<K, V> node, @Nullable Node<K, V> left, Node<K, V> right) {
    Node<K, V> inner = right.left;
    if (inner == null || inner.size < MAX_INNER_WEIGHT * size(right.right)) {
      return right.above(node.above(left, inner), right.right);
    }
    return inner.above(node.above(left, inner.left), right.above(inner.right, right.right));
  }

  private static <K, V> Node<K, V> leanRight(
      Node<K, V> node, Node<K, V> left, @Nullable Node<K, V> right) {
    Node<K, V> inner = left.right;
    if (inner == null || inner.size < MAX_INNER_WEIGHT * size(left.left)) {
      return left.above(left.left, node.above(inner, right));
    }
    return inner.above(left.above(left.left, inner.left), node.above(inner.right, right));
  }

  private static int size(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }

  private static final class Node<K, V> {
    final K key;
    final V value;
    final @Nullable Node<K, V> left;
    final @Nullable Node<K, V> right;
    final int size;

    Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
      this.key = key;
      this.value = value;
      this.left = left;
      this.right = right;
      this.size = size(left) + size(right) + 1;
    }

    /** This entry above other subtrees. */
    Node<K, V> above(@Nullable Node<K, V> left, @Nullable Node<K, V> right) {
      return new Node<>(key, value, left, right);
    }
  }

  /** Walks in order; the path holds the nodes whose value and right subtree are still to come. */
  private static final class Walk<K, V> implements Iterator<V> {
    final Deque<Node<K, V>> path = new ArrayDeque<>();

    void descend(@Nullable Node<K, V> from) {
      for (Node<K, V> node = from; node != null; node = node.left) {
        path.push(node);
      }
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public V next() {
      if (path.isEmpty()) {
        throw new NoSuchElementException();
      }
      Node<K, V> node = path.pop();
      descend(node.right);
      return node.value;
    }
  }
}
