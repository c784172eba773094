package io.kuber.managed;

import io.kuber.managed.PathElement.FieldName;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts fields out of an object: throws them away, or throws away all others. */
final class Cutter {
  private final boolean extracts;

  private Cutter(boolean extracts) {
    this.extracts = extracts;
  }

  /** The object without these fields; throws {@link MisfitException}. */
  static Tree remove(Tree object, FieldSet fields, TypeSchema type) {
    return fields.isEmpty() ? object : new Cutter(false).whole(object, fields, type);
  }

  /** The object with no fields but these; throws {@link MisfitException}. */
  static Tree extract(Tree object, FieldSet fields, TypeSchema type) {
    return new Cutter(true).whole(object, fields, type);
  }

  private Tree whole(Tree object, FieldSet fields, TypeSchema type) {
    return cut(object, fields, Place.of(type)) instanceof Tree tree ? tree : Tree.EMPTY;
  }

  /** What is left, or null when nothing is. */
  private @Nullable Object cut(Object value, FieldSet fields, Place place) {
    if (value instanceof Tree tree) {
      return place.isLeaf(tree) ? atomic(tree) : fields(tree, fields, place);
    }
    if (value instanceof Items items) {
      return place.isLeaf(items) ? atomic(items) : elements(items, fields, place);
    }
    return value;
  }

  /** Fields inside a value that has one owner as a whole are not there any more. */
  private @Nullable Object atomic(Object value) {
    return extracts ? value : null;
  }

  private @Nullable Object fields(Tree tree, FieldSet fields, Place place) {
    Tree.Builder left = Tree.builder();
    for (int i = 0; i < tree.size(); i++) {
      String name = tree.nameAt(i);
      int index = fields.indexOf(new FieldName(name));
      left.putIfPresent(name, part(tree.valueAt(i), fields, index, place.child(name)));
    }
    return left.size() == 0 ? null : left.build();
  }

  private @Nullable Object elements(Items items, FieldSet fields, Place place) {
    List<Object> left = new ArrayList<>();
    for (Object item : items) {
      int index = fields.indexOf(Elements.path(item, place.list()));
      Object part = part(item, fields, index, place.element());
      if (part != null) {
        left.add(part);
      }
    }
    return left.isEmpty() ? null : Items.copyOf(left);
  }

  private @Nullable Object part(Object value, FieldSet fields, int index, Place place) {
    if (index < 0) {
      return extracts ? null : value;
    }
    boolean isMember = fields.isMemberAt(index);
    FieldSet below = fields.belowAt(index);
    if (!extracts) {
      return isMember ? null : cut(value, below, place);
    }
    if (!below.isEmpty()) {
      return cut(value, below, place);
    }
    return value instanceof Tree && !place.isLeaf(value) ? Tree.EMPTY : value;
  }
}
