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

  private final PathElement[] elements;

  /** Whether the field itself is in the set. */
  private final boolean[] members;

  /** The fields of the set that are below it; {@link #EMPTY} where there are none. */
  private final FieldSet[] below;

  /**
   * The set in JSON, made at the first call. Not volatile: threads that race make equal trees, and
   * a tree is safe to hand over without a lock.
   */
  private @Nullable Tree json;

  /** Takes the arrays as its own. */
  FieldSet(PathElement[] elements, boolean[] members, FieldSet[] below) {
    this.elements = elements;
    this.members = members;
    this.below = below;
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

  /** The set as {@code metadata.managedFields} shows it. */
  public Tree toJson() {
    Tree made = json;
    if (made == null) {
      made = FieldsV1.print(this);
      json = made;
    }
    return made;
  }

  /** Whether no field is in the set. */
  public boolean isEmpty() {
    return elements.length == 0;
  }

  /** Whether this is the very same set, and not only an equal one. */
  boolean isSame(FieldSet other) {
    Object that = other;
    return this == that;
  }

  /** How many steps lead on from here. */
  int size() {
    return elements.length;
  }

  PathElement elementAt(int index) {
    return elements[index];
  }

  boolean isMemberAt(int index) {
    return members[index];
  }

  FieldSet belowAt(int index) {
    return below[index];
  }

  /** The index of a step, or a negative number. */
  int indexOf(PathElement element) {
    return Arrays.binarySearch(elements, element);
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
        return set.members[index];
      }
      set = set.below[index];
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
    for (int i = 0; i < elements.length; i++) {
      if (elements[i] instanceof FieldName field && names.contains(field.name())) {
        kept.add(elements[i], members[i], below[i]);
      }
    }
    return kept.size() == elements.length ? this : kept.build();
  }

  /** Calls {@code action} for every field in order, with the path to it in words. */
  public void forEach(BiConsumer<List<PathElement>, String> action) {
    forEach(new ArrayList<>(), "", action);
  }

  private void forEach(
      List<PathElement> path, String text, BiConsumer<List<PathElement>, String> action) {
    for (int i = 0; i < elements.length; i++) {
      path.add(elements[i]);
      String here = text + elements[i];
      if (members[i]) {
        action.accept(List.copyOf(path), here);
      }
      below[i].forEach(path, here, action);
      path.remove(path.size() - 1);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof FieldSet that
            && Arrays.equals(members, that.members)
            && Arrays.equals(elements, that.elements)
            && Arrays.equals(below, that.below));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(elements) + Arrays.hashCode(members))
        + Arrays.hashCode(below);
  }

  /** One path per line. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    forEach((path, text) -> lines.add(text));
    return String.join("\n", lines);
  }
}
