package io.kuber.resource;

import io.kuber.object.Tree;
import io.kuber.schema.FieldCheck;
import io.kuber.schema.FieldCheck.Findings;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The fields that objects of one version may have.
 *
 * @param source makes the type when it is first needed; empty where nothing is known, so that all
 *     fields are allowed
 * @param check what is unknown or of the wrong type in an object that a client sent
 * @param openApi of a custom resource its {@code openAPIV3Schema}; empty for built-in kinds, which
 *     OpenAPI describes from the type
 * @param isCustom whether a custom resource definition brought it
 */
public record KindSchema(
    Supplier<Optional<TypeSchema>> source,
    Function<Tree, Findings> check,
    Tree openApi,
    boolean isCustom) {
  /** That of a built-in kind, read from the generated schema when it is first asked for. */
  public static KindSchema builtIn(String apiVersion, String kind) {
    Supplier<Optional<TypeSchema>> type = () -> Schemas.builtIn().of(apiVersion, kind);
    return new KindSchema(type, object -> checked(object, type.get()), Tree.EMPTY, false);
  }

  private static Findings checked(Tree object, Optional<TypeSchema> type) {
    return type.map(known -> FieldCheck.check(object, known))
        .orElseGet(() -> new Findings(object, List.of(), Optional.empty()));
  }

  /** That of a custom resource. */
  public static KindSchema custom(
      Supplier<Optional<TypeSchema>> type, Function<Tree, Findings> check, Tree openApi) {
    return new KindSchema(type, check, openApi, true);
  }

  /** The type, where one is known. */
  public Optional<TypeSchema> type() {
    return source.get();
  }
}
