package io.kuber.cel;

import io.kuber.cel.value.Identifiers;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of fields as expressions write them (apiserver, pkg/cel/escaping.go). */
final class FieldNames {
  private static final Pattern ESCAPABLE = Pattern.compile("[a-zA-Z_.\\-/][a-zA-Z0-9_.\\-/]*");

  private FieldNames() {}

  /** The name in expressions; none for a field that no expression can name. */
  static Optional<String> escaped(String name) {
    if (!ESCAPABLE.matcher(name).matches()) {
      return Optional.empty();
    }
    if (Identifiers.isReserved(name)) {
      return Optional.of("__" + name + "__");
    }
    return Optional.of(
        name.replace("__", "__underscores__")
            .replace(".", "__dot__")
            .replace("-", "__dash__")
            .replace("/", "__slash__"));
  }
}
