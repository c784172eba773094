package io.kuber.resource.builtin;

import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.Version;
import java.util.List;
import java.util.Set;

/** {@code v1 Binding}: can only be posted. */
final class Bindings implements KindRules {
  static final Kind KIND =
      new Kind(
          List.of(Version.of(Resources.BINDINGS, Columns.NAME_AND_AGE)),
          List.of(Verb.CREATE),
          Set.of(),
          new Bindings());

  private Bindings() {}
}
