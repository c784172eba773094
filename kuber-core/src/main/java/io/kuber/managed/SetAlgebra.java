package io.kuber.managed;

/** The operations on field sets: each walks two sorted nodes side by side. */
final class SetAlgebra {
  private SetAlgebra() {}

  static FieldSet union(FieldSet left, FieldSet right) {
    if (left.isSame(right) || right.isEmpty()) {
      return left;
    }
    if (left.isEmpty()) {
      return right;
    }
    FieldSetBuilder all = new FieldSetBuilder();
    int r = 0;
    for (int l = 0; l < left.size(); l++) {
      PathElement element = left.elementAt(l);
      int order = -1;
      while (r < right.size() && (order = right.elementAt(r).compareTo(element)) < 0) {
        all.add(right.elementAt(r), right.isMemberAt(r), right.belowAt(r));
        r++;
      }
      if (r < right.size() && order == 0) {
        all.add(
            element,
            left.isMemberAt(l) || right.isMemberAt(r),
            union(left.belowAt(l), right.belowAt(r)));
        r++;
      } else {
        all.add(element, left.isMemberAt(l), left.belowAt(l));
      }
    }
    for (; r < right.size(); r++) {
      all.add(right.elementAt(r), right.isMemberAt(r), right.belowAt(r));
    }
    return all.build();
  }

  static FieldSet intersection(FieldSet left, FieldSet right) {
    if (left.isSame(right) || left.isEmpty()) {
      return left;
    }
    FieldSetBuilder common = new FieldSetBuilder();
    for (int l = 0; l < left.size() && !right.isEmpty(); l++) {
      int r = right.indexOf(left.elementAt(l));
      if (r >= 0) {
        common.add(
            left.elementAt(l),
            left.isMemberAt(l) && right.isMemberAt(r),
            intersection(left.belowAt(l), right.belowAt(r)));
      }
    }
    return common.build();
  }

  static FieldSet difference(FieldSet left, FieldSet right) {
    return without(left, right, false);
  }

  static FieldSet recursiveDifference(FieldSet left, FieldSet right) {
    return without(left, right, true);
  }

  private static FieldSet without(FieldSet left, FieldSet right, boolean recursive) {
    if (left.isEmpty() || right.isEmpty()) {
      return left;
    }
    FieldSetBuilder rest = null;
    for (int l = 0; l < left.size(); l++) {
      int r = right.indexOf(left.elementAt(l));
      boolean isMember = left.isMemberAt(l);
      FieldSet below = left.belowAt(l);
      if (r >= 0) {
        boolean goes = right.isMemberAt(r);
        isMember &= !goes;
        below = recursive && goes ? FieldSet.EMPTY : without(below, right.belowAt(r), recursive);
        boolean isOther = isMember != left.isMemberAt(l) || !below.isSame(left.belowAt(l));
        rest = rest == null && isOther ? FieldSetBuilder.beginning(left, l) : rest;
      }
      if (rest != null) {
        rest.add(left.elementAt(l), isMember, below);
      }
    }
    return rest == null ? left : rest.build();
  }

  static FieldSet leaves(FieldSet set) {
    if (set.isEmpty()) {
      return set;
    }
    FieldSetBuilder leaves = new FieldSetBuilder();
    for (int i = 0; i < set.size(); i++) {
      FieldSet below = set.belowAt(i);
      leaves.add(set.elementAt(i), set.isMemberAt(i) && below.isEmpty(), leaves(below));
    }
    return leaves.build();
  }
}
