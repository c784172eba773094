package io.kuber.managed;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds an applied configuration against its type, in the words of structured-merge-diff. */
final class ConfigCheck {
  /** More complaints than this help nobody. */
  private static final int MAX_COMPLAINTS = 20;

  private final List<String> complaints = new ArrayList<>();
  private final StringBuilder path = new StringBuilder();

  private ConfigCheck() {}

  /** What is wrong with a configuration. */
  static Optional<String> check(Tree config, TypeSchema type) {
    ConfigCheck check = new ConfigCheck();
    check.value(config, Place.of(type));
    if (check.complaints.size() < 2) {
      return check.complaints.stream().findFirst();
    }
    return Optional.of("errors:\n  " + String.join("\n  ", check.complaints));
  }

  private void complain(String what) {
    if (complaints.size() < MAX_COMPLAINTS) {
      complaints.add(path.length() == 0 ? what : path + ": " + what);
    }
  }

  private void value(Object value, Place place) {
    if (value == Nil.NIL) {
      return;
    }
    if (place.shape() instanceof Listed list) {
      if (value instanceof Items items) {
        elements(items, place, list);
      } else {
        complain("expected list, got " + described(value));
      }
    } else if (value instanceof Tree tree && hasFields(place)) {
      fields(tree, place);
    } else if (hasFields(place) && !place.allows("")) {
      complain("expected map, got " + described(value));
    }
  }

  private static boolean hasFields(Place place) {
    return place.shape() instanceof TypeSchema || place.shape() instanceof Mapped;
  }

  private static String described(Object value) {
    return "&{" + value + "}";
  }

  private void fields(Tree tree, Place place) {
    int length = path.length();
    for (int i = 0; i < tree.size(); i++) {
      path.append('.').append(tree.nameAt(i));
      if (place.allows(tree.nameAt(i))) {
        value(tree.valueAt(i), place.child(tree.nameAt(i)));
      } else {
        complain("field not declared in schema");
      }
      path.setLength(length);
    }
  }

  private void elements(Items items, Place place, Listed list) {
    int length = path.length();
    Set<PathElement> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      if (list.isAtomic()) {
        path.append('[').append(i).append(']');
      } else {
        try {
          PathElement element = Elements.path(items.get(i), list);
          if (!seen.add(element)) {
            complain("duplicate entries for key " + element);
          }
          path.append(element);
        } catch (MisfitException misfit) {
          complain("element " + i + ": " + misfit.text());
          return;
        }
      }
      value(items.get(i), place.element());
      path.setLength(length);
    }
  }
}
