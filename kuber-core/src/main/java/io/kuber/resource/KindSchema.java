package io.kuber.resource;

import io.kuber.object.Tree;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The fields that objects of one version may have.
 *
 * @param source makes the type when it is first needed; empty where nothing is known, so that all
 *     fields are allowed
 * @param openApi of a custom resource its {@code openAPIV3Schema}; empty for built-in kinds, which
 *     OpenAPI describes from the type
 * @param isCustom whether a custom resource definition brought it
 */
public record KindSchema(Supplier<Optional<TypeSchema>> source, Tree openApi, boolean isCustom) {
  /** That of a built-in kind, read from the generated schema when it is first asked for. */
  public static KindSchema builtIn(String apiVersion, String kind) {
    return new KindSchema(() -> Schemas.builtIn().of(apiVersion, kind), Tree.EMPTY, false);
  }

  /** That of a custom resource. */
  public static KindSchema custom(TypeSchema type, Tree openApi) {
    return new KindSchema(() -> Optional.of(type), openApi, true);
  }

  /** The type, where one is known. */
  public Optional<TypeSchema> type() {
    return source.get();
  }
}
