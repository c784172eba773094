package io.kuber.managed;

import io.kuber.managed.PathElement.FieldName;
import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;

/**
 * What a set has to say about the fields that a type names. Whoever owns a field inside one also
 * has a say in the outer one; and who owned fields inside something that has become atomic owns it
 * as a whole.
 */
final class NamedFields {
  private NamedFields() {}

  /** The set with each named field that has fields of the set inside. */
  static FieldSet joined(FieldSet set, TypeSchema type) {
    return joined(set, Place.of(type));
  }

  private static FieldSet joined(FieldSet set, Place place) {
    if (set.isEmpty()) {
      return set;
    }
    FieldSetBuilder joined = new FieldSetBuilder();
    for (int i = 0; i < set.size(); i++) {
      PathElement element = set.elementAt(i);
      boolean named = element instanceof FieldName field && place.declares(field.name());
      joined.add(element, named || set.isMemberAt(i), joined(set.belowAt(i), at(element, place)));
    }
    return joined.build();
  }

  /** The set as the type cuts objects now. */
  static FieldSet reconciled(FieldSet set, TypeSchema type) {
    Place place = Place.of(type);
    Tree written = set.written();
    return !written.isEmpty() && FieldsV1.isCutLike(written, place) ? set : reconciled(set, place);
  }

  private static FieldSet reconciled(FieldSet set, Place place) {
    FieldSetBuilder now = null;
    for (int i = 0; i < set.size(); i++) {
      FieldSet below = set.belowAt(i);
      if (!below.isEmpty()) {
        Place inner = at(set.elementAt(i), place);
        FieldSet left = inner.isAtomic() ? FieldSet.EMPTY : reconciled(below, inner);
        if (!left.isSame(below) && now == null) {
          now = FieldSetBuilder.beginning(set, i);
        }
        if (now != null) {
          now.add(set.elementAt(i), inner.isAtomic() || set.isMemberAt(i), left);
        }
      } else if (now != null) {
        now.add(set.elementAt(i), set.isMemberAt(i), below);
      }
    }
    return now == null ? set : now.build();
  }

  private static Place at(PathElement element, Place place) {
    return element instanceof FieldName field ? place.child(field.name()) : place.element();
  }
}
