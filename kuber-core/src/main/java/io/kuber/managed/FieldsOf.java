package io.kuber.managed;

import io.kuber.managed.PathElement.FieldName;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;

/** The set of the fields that an object has: what an applied configuration claims to own. */
final class FieldsOf {
  private FieldsOf() {}

  /** The fields of an object; throws {@link MisfitException}. */
  static FieldSet object(Tree object, TypeSchema type) {
    return fields(object, Place.of(type));
  }

  private static FieldSet below(Object value, Place place) {
    if (place.isLeaf(value)) {
      return FieldSet.EMPTY;
    }
    return value instanceof Tree tree ? fields(tree, place) : elements((Items) value, place);
  }

  private static FieldSet fields(Tree tree, Place place) {
    FieldSetBuilder set = new FieldSetBuilder();
    for (int i = 0; i < tree.size(); i++) {
      String name = tree.nameAt(i);
      Object value = tree.valueAt(i);
      Place child = place.child(name);
      boolean isMember =
          child.isLeaf(value)
              || !place.declares(name)
              || (value instanceof Tree inner && inner.isEmpty());
      set.add(new FieldName(name), isMember, below(value, child));
    }
    return set.build();
  }

  private static FieldSet elements(Items items, Place place) {
    FieldSetBuilder set = new FieldSetBuilder();
    Elements elements = Elements.of(items, place.list());
    Place child = place.element();
    for (PathElement element : elements.distinct()) {
      Object first = elements.first(element);
      FieldSet below =
          first == null || elements.count(element) > 1 ? FieldSet.EMPTY : below(first, child);
      set.add(element, true, below);
    }
    return set.build();
  }
}
