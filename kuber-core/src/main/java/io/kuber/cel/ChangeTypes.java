package io.kuber.cel;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The types of what mutating policies make: {@code JSONPatch}, and {@code Object} with a type for
 * each of its fields, {@code Object.spec}, {@code Object.spec.template} and so on. Their fields may
 * be anything (apiserver, pkg/cel/mutation/typeresolver.go): whether an object has such a field is
 * seen when it is laid over one.
 */
final class ChangeTypes {
  private static final String OBJECT = "Object";
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final CelType PATCH =
      Environment.struct(
          "JSONPatch",
          ImmutableMap.of(
              "op", SimpleType.STRING,
              "path", SimpleType.STRING,
              "from", SimpleType.STRING,
              "value", SimpleType.DYN));

  private ChangeTypes() {}

  /** The types that an expression may mention; their fields are all names that occur in it. */
  static CelTypes in(String text) {
    ImmutableMap<String, CelType> fields =
        IDENTIFIER
            .matcher(text)
            .results()
            .map(found -> found.group())
            .distinct()
            .collect(
                Collectors.collectingAndThen(
                    Collectors.toMap(name -> name, name -> SimpleType.DYN), ImmutableMap::copyOf));
    return name ->
        name.equals("JSONPatch")
            ? Optional.of(PATCH)
            : name.equals(OBJECT) || name.startsWith(OBJECT + ".")
                ? Optional.of(Environment.struct(name, fields))
                : Optional.empty();
  }
}
