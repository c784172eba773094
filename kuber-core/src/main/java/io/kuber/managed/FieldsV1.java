package io.kuber.managed;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.managed.PathElement.FieldName;
import io.kuber.managed.PathElement.Index;
import io.kuber.managed.PathElement.Keyed;
import io.kuber.managed.PathElement.Value;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The form of a field set in {@code metadata.managedFields[].fieldsV1}: {@code f:} before names,
 * {@code k:} before keys, {@code v:} before values, {@code i:} before indices, and a dot for a
 * field that is in the set together with fields below it.
 */
final class FieldsV1 {
  private static final String SELF = ".";

  /** Letters of the kinds of elements. */
  private static final String KNOWN = "fkvi";

  /** Letter and colon before what an element says. */
  private static final int PREFIX = 2;

  private FieldsV1() {}

  /** Prints a set. */
  static Tree print(FieldSet set) {
    return print(set, false);
  }

  private static Tree print(FieldSet set, boolean isMember) {
    if (set.isEmpty()) {
      return Tree.EMPTY;
    }
    Tree.Builder json = Tree.builder();
    if (isMember) {
      json.put(SELF, Tree.EMPTY);
    }
    for (int i = 0; i < set.size(); i++) {
      FieldSet below = set.belowAt(i);
      Tree written = below.written();
      boolean isMemberToo = set.isMemberAt(i);
      json.put(
          text(set.elementAt(i)),
          written.isEmpty() ? print(below, isMemberToo) : marked(written, isMemberToo));
    }
    return json.build();
  }

  /** A set below a field, with a dot if the field is in the set itself. */
  static Tree marked(Tree below, boolean isMember) {
    if (below.isEmpty() || below.has(SELF) == isMember) {
      return below;
    }
    if (!isMember) {
      return below.without(SELF);
    }
    Tree.Builder marked = Tree.builder().put(SELF, Tree.EMPTY);
    below.forEach(marked::put);
    return marked.build();
  }

  private static String text(PathElement element) {
    if (element instanceof FieldName field) {
      return "f:".concat(field.name());
    }
    if (element instanceof Keyed key) {
      return "k:".concat(json(key.fields()));
    }
    return element instanceof Value value
        ? "v:".concat(json(value.value()))
        : "i:" + ((Index) element).index();
  }

  private static String json(Object value) {
    return new String(Json.print(value), StandardCharsets.UTF_8);
  }

  /**
   * Reads a set; elements of kinds that nobody knows yet are left out.
   *
   * @throws MalformedException when a name is no element of a path
   */
  static FieldSet read(Tree json) {
    return read(json, FieldsV1::read);
  }

  /** Reads the top level of a set that was read in full before, and leaves the rest as it is. */
  static FieldSet level(Tree json) {
    return read(json, FieldSet::ofStored);
  }

  private static FieldSet read(Tree json, Function<Tree, FieldSet> deeper) {
    if (json.isEmpty()) {
      return FieldSet.EMPTY;
    }
    FieldSetBuilder set = new FieldSetBuilder(json.size());
    for (int i = 0; i < json.size(); i++) {
      String text = json.nameAt(i);
      Optional<PathElement> element = text.equals(SELF) ? Optional.empty() : element(text);
      if (element.isPresent()) {
        Tree inner = json.valueAt(i) instanceof Tree tree ? tree : Tree.EMPTY;
        FieldSet below = deeper.apply(inner);
        set.add(element.get(), below.isEmpty() || inner.has(SELF), below);
      }
    }
    return set.build();
  }

  /** Whether a set has any field, as far as is known what fields there are. */
  static boolean hasFields(Tree json) {
    for (int i = 0; i < json.size(); i++) {
      String text = json.nameAt(i);
      if (text.length() >= PREFIX && KNOWN.indexOf(text.charAt(0)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the set has nothing inside of what is one value to its owners; says so without a look
   * at every field as an element of a path.
   */
  static boolean isCutLike(Tree json, Place place) {
    for (int i = 0; i < json.size(); i++) {
      if (json.valueAt(i) instanceof Tree below && hasFields(below)) {
        String text = json.nameAt(i);
        Place inner = text.charAt(0) == 'f' ? place.child(text.substring(PREFIX)) : place.element();
        if (inner.isAtomic() || !isCutLike(below, inner)) {
          return false;
        }
      }
    }
    return true;
  }

  private static Optional<PathElement> element(String text) {
    if (text.length() < PREFIX || text.charAt(1) != ':') {
      throw new MalformedException("no element of a path: " + text);
    }
    return switch (text.charAt(0)) {
      case 'f' -> Optional.of(new FieldName(text.substring(PREFIX)));
      case 'k' -> Optional.of(new Keyed(sorted(value(text))));
      case 'v' -> Optional.of(new Value(value(text)));
      case 'i' -> Optional.of(new Index(index(text)));
      default -> Optional.empty();
    };
  }

  private static Object value(String text) {
    return Json.parseValue(text.substring(PREFIX).getBytes(StandardCharsets.UTF_8));
  }

  private static Tree sorted(Object key) {
    if (!(key instanceof Tree fields)) {
      throw new MalformedException("the key of a list element has to be an object");
    }
    if (fields.size() == 1) {
      return fields;
    }
    TreeMap<String, Object> byName = new TreeMap<>();
    fields.forEach(byName::put);
    Tree.Builder sorted = Tree.builder();
    byName.forEach(sorted::put);
    return sorted.build();
  }

  private static int index(String text) {
    try {
      return Integer.parseInt(text, PREFIX, text.length(), 10);
    } catch (NumberFormatException e) {
      throw new MalformedException("no index of a list: " + text);
    }
  }
}
