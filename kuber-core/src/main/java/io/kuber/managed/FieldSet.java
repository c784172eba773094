package io.kuber.managed;

import io.kuber.managed.PathElement.FieldName;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of fields, each known by its path from the object.
 *
 * <p>A trie with sorted arrays in each node. A field may be in the set while fields below it are
 * not, and the other way round. Operations share what they leave alone with the set they came from,
 * and give back the very set when nothing changed.
 */
public final class FieldSet {
  /** No field. */
  public static final FieldSet EMPTY =
      new FieldSet(new PathElement[0], new boolean[0], new FieldSet[0]);

  /**
   * What the set says at its top, read from {@link #json} at the first question. Not volatile, and
   * neither is the other field: threads that race make equal values, which are safe to hand over
   * without a lock. One of the two is there from the start.
   */
  private @Nullable Node node;

  /** The set in JSON, perhaps with the dot that says something of the field above it. */
  private @Nullable Tree json;

  /** Takes the arrays as its own. */
  FieldSet(PathElement[] elements, boolean[] members, FieldSet[] below) {
    this.node = new Node(elements, members, below);
  }

  private FieldSet(Tree json) {
    this.json = json;
  }

  /** One level of the trie; the three arrays are about the same steps. */
  private static final class Node {
    final PathElement[] elements;

    /** Whether the field itself is in the set. */
    final boolean[] members;

    /** The fields of the set that are below it; {@link #EMPTY} where there are none. */
    final FieldSet[] below;

    Node(PathElement[] elements, boolean[] members, FieldSet[] below) {
      this.elements = elements;
      this.members = members;
      this.below = below;
    }
  }

  private Node node() {
    Node made = node;
    if (made == null) {
      made = FieldsV1.level(written()).node();
      node = made;
    }
    return made;
  }

  /** The set with one field. */
  public static FieldSet of(PathElement... path) {
    FieldSet set = EMPTY;
    for (int i = path.length - 1; i >= 0; i--) {
      boolean last = i == path.length - 1;
      set = new FieldSet(new PathElement[] {path[i]}, new boolean[] {last}, new FieldSet[] {set});
    }
    return set;
  }

  /** The set with one field, whose path consists of names. */
  public static FieldSet ofNames(String... names) {
    return of(Arrays.stream(names).map(FieldName::new).toArray(PathElement[]::new));
  }

  /** The set that {@code metadata.managedFields} shows as {@code json}; see {@link FieldsV1}. */
  static FieldSet fromJson(Tree json) {
    FieldSet set = FieldsV1.read(json);
    if (!set.isEmpty()) {
      set.json = json;
    }
    return set;
  }

  /**
   * The same for JSON that was read before and found to be a set: each level is read when somebody
   * asks, so that who looks at few fields pays for few, and what nobody changes is not printed.
   */
  static FieldSet ofStored(Tree json) {
    return FieldsV1.hasFields(json) ? new FieldSet(json) : EMPTY;
  }

  /** The set as {@code metadata.managedFields} shows it. */
  public Tree toJson() {
    Tree made = json;
    if (made == null) {
      made = FieldsV1.print(this);
      json = made;
    }
    return FieldsV1.marked(made, false);
  }

  /** The set in JSON, perhaps with a dot, if it was read or printed before; else empty. */
  Tree written() {
    Tree made = json;
    return made == null ? Tree.EMPTY : made;
  }

  /** Whether no field is in the set. */
  public boolean isEmpty() {
    Node known = node;
    return known != null && known.elements.length == 0;
  }

  /** Whether this is the very same set, and not only an equal one. */
  boolean isSame(FieldSet other) {
    Object that = other;
    return this == that;
  }

  /** How many steps lead on from here. */
  int size() {
    return node().elements.length;
  }

  PathElement elementAt(int index) {
    return node().elements[index];
  }

  boolean isMemberAt(int index) {
    return node().members[index];
  }

  FieldSet belowAt(int index) {
    return node().below[index];
  }

  /** The index of a step, or a negative number. */
  int indexOf(PathElement element) {
    return Arrays.binarySearch(node().elements, element);
  }

  /** Whether the field at the end of a path is in the set. */
  public boolean has(PathElement... path) {
    FieldSet set = this;
    for (int i = 0; i < path.length; i++) {
      int index = set.indexOf(path[i]);
      if (index < 0) {
        return false;
      }
      if (i == path.length - 1) {
        return set.isMemberAt(index);
      }
      set = set.belowAt(index);
    }
    return false;
  }

  /** The fields that are in this set or in the other. */
  public FieldSet union(FieldSet other) {
    return SetAlgebra.union(this, other);
  }

  /** The fields that are in both sets. */
  public FieldSet intersection(FieldSet other) {
    return SetAlgebra.intersection(this, other);
  }

  /** The fields of this set that are not in the other. */
  public FieldSet difference(FieldSet other) {
    return SetAlgebra.difference(this, other);
  }

  /** The fields of this set that are not in the other, nor below one that is. */
  public FieldSet recursiveDifference(FieldSet other) {
    return SetAlgebra.recursiveDifference(this, other);
  }

  /** The fields below which the set has no other. */
  public FieldSet leaves() {
    return SetAlgebra.leaves(this);
  }

  /** The fields at or below one of these names. */
  public FieldSet within(Set<String> names) {
    FieldSetBuilder kept = new FieldSetBuilder();
    for (int i = 0; i < size(); i++) {
      if (elementAt(i) instanceof FieldName field && names.contains(field.name())) {
        kept.add(field, isMemberAt(i), belowAt(i));
      }
    }
    return kept.size() == size() ? this : kept.build();
  }

  /** Calls {@code action} for every field in order, with the path to it in words. */
  public void forEach(BiConsumer<List<PathElement>, String> action) {
    forEach(new ArrayList<>(), "", action);
  }

  private void forEach(
      List<PathElement> path, String text, BiConsumer<List<PathElement>, String> action) {
    for (int i = 0; i < size(); i++) {
      path.add(elementAt(i));
      String here = text + elementAt(i);
      if (isMemberAt(i)) {
        action.accept(List.copyOf(path), here);
      }
      belowAt(i).forEach(path, here, action);
      path.remove(path.size() - 1);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof FieldSet that
            && Arrays.equals(node().members, that.node().members)
            && Arrays.equals(node().elements, that.node().elements)
            && Arrays.equals(node().below, that.node().below));
  }

  @Override
  public int hashCode() {
    Node all = node();
    return 31 * (31 * Arrays.hashCode(all.elements) + Arrays.hashCode(all.members))
        + Arrays.hashCode(all.below);
  }

  /** One path per line. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    forEach((path, text) -> lines.add(text));
    return String.join("\n", lines);
  }
}
