package io.kuber.resource.builtin;

import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code v1 Binding}: can only be posted. */
final class Bindings implements KindRules {
  static final Kind KIND =
      new Kind(
          Resources.BINDINGS,
          List.of(Verb.CREATE),
          List.of(),
          Set.of(),
          Map.of(),
          new Bindings(),
          Columns.NAME_AND_AGE);

  private Bindings() {}
}
