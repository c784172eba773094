package io.kuber.resource.custom;

import com.google.common.collect.ImmutableMap;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.custom.Structural.Junctors;
import io.kuber.resource.custom.Structural.Others;
import io.kuber.schema.ListType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the trees that definitions hold. What the tree says wrongly reads as not said. */
final class SchemaReader {
  /** What kubectl users must not spell out: the two types of an int-or-string. */
  private static final Items INT_OR_STRING =
      Items.of(Tree.of("type", "integer"), Tree.of("type", "string"));

  private SchemaReader() {}

  static Structural read(Tree schema) {
    Object others = schema.get("additionalProperties");
    boolean intOrString = schema.isTrue("x-kubernetes-int-or-string");
    return new Structural(
        schema.text("type"),
        intOrString,
        schema.isTrue("nullable"),
        schema.isTrue("x-kubernetes-preserve-unknown-fields"),
        schema.isTrue("x-kubernetes-embedded-resource"),
        present(schema.get("default")),
        fields(schema.tree("properties")),
        others(others),
        others instanceof Tree values ? read(values) : null,
        schema.get("items") instanceof Tree items ? read(items) : null,
        listType(schema.text("x-kubernetes-list-type")),
        schema.items("x-kubernetes-list-map-keys").texts(),
        schema.text("x-kubernetes-map-type").equals("atomic"),
        limits(schema),
        junctors(schema, intOrString),
        schema.items("x-kubernetes-validations").trees());
  }

  private static @Nullable Object present(@Nullable Object value) {
    return value == Nil.NIL ? null : value;
  }

  private static Map<String, Structural> fields(Tree properties) {
    ImmutableMap.Builder<String, Structural> fields = ImmutableMap.builder();
    properties.forEach(
        (name, value) -> fields.put(name, read(value instanceof Tree field ? field : Tree.EMPTY)));
    return fields.buildKeepingLast();
  }

  private static Others others(@Nullable Object others) {
    if (others instanceof Boolean allowed) {
      return allowed ? Others.ALLOWED : Others.FORBIDDEN;
    }
    return others instanceof Tree ? Others.ALLOWED : Others.UNSAID;
  }

  private static ListType listType(String word) {
    return switch (word) {
      case "atomic" -> ListType.ATOMIC;
      case "set" -> ListType.SET;
      case "map" -> ListType.MAP;
      default -> ListType.UNSAID;
    };
  }

  private static Limits limits(Tree schema) {
    return new Limits(
        Formats.known(schema.text("type"), schema.text("format")),
        pattern(schema.text("pattern")),
        count(schema, "maxLength"),
        count(schema, "minLength"),
        number(schema, "maximum"),
        schema.isTrue("exclusiveMaximum"),
        number(schema, "minimum"),
        schema.isTrue("exclusiveMinimum"),
        number(schema, "multipleOf"),
        count(schema, "maxItems"),
        count(schema, "minItems"),
        schema.isTrue("uniqueItems"),
        count(schema, "maxProperties"),
        count(schema, "minProperties"),
        schema.get("enum") instanceof Items allowed && !allowed.isEmpty()
            ? allowed.stream().toList()
            : null,
        schema.items("required").texts());
  }

  private static @Nullable Pattern pattern(String text) {
    try {
      return text.isEmpty() ? null : Pattern.compile(text);
    } catch (PatternSyntaxException malformed) {
      return null; // The definition is refused for it before anything is held against it.
    }
  }

  private static @Nullable Long count(Tree schema, String name) {
    return schema.get(name) instanceof Number number ? number.longValue() : null;
  }

  private static @Nullable BigDecimal number(Tree schema, String name) {
    Object number = schema.get(name);
    if (number instanceof Long whole) {
      return BigDecimal.valueOf(whole);
    }
    return number instanceof BigDecimal fraction ? fraction : null;
  }

  private static Junctors junctors(Tree schema, boolean intOrString) {
    Items any = schema.items("anyOf");
    Structural not = schema.get("not") instanceof Tree denied ? read(denied) : null;
    Junctors junctors =
        new Junctors(
            all(schema.items("allOf")),
            intOrString && any.equals(INT_OR_STRING) ? List.of() : all(any),
            all(schema.items("oneOf")),
            not);
    return junctors.equals(Junctors.NONE) ? Junctors.NONE : junctors;
  }

  private static List<Structural> all(Items schemas) {
    List<Structural> all = new ArrayList<>(schemas.size());
    schemas.trees().forEach(schema -> all.add(read(schema)));
    return all;
  }
}
