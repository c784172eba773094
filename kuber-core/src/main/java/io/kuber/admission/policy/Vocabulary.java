package io.kuber.admission.policy;

import io.kuber.admission.match.MatchConditions;
import io.kuber.cel.CelExpression;
import io.kuber.cel.library.Authorization;
import io.kuber.cel.value.DeclaredType;
import io.kuber.cel.value.DeclaredType.Field;
import io.kuber.cel.value.DeclaredType.Kind;
import io.kuber.cel.value.DeclaredType.Scalar;
import io.kuber.cel.value.DeclaredType.Struct;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the expressions of a policy may mention.
 *
 * @param names and their types
 */
record Vocabulary(Map<String, DeclaredType> names) {
  static final String PARAMS = "params";
  static final String NAMESPACE = "namespaceObject";
  static final String AUTHORIZER = "authorizer";
  static final String REQUESTED = "authorizer.requestResource";
  static final String VARIABLES = "variables";

  private static final Map<String, Kind> SCALARS =
      Map.of(
          "bool", Kind.BOOL,
          "int", Kind.INT,
          "double", Kind.DOUBLE,
          "string", Kind.STRING,
          "bytes", Kind.BYTES);

  Vocabulary {
    names = Map.copyOf(names);
  }

  /** What match conditions may mention, before there are variables. */
  static Vocabulary of(boolean hasParams) {
    Map<String, DeclaredType> names = new HashMap<>(MatchConditions.VARIABLES);
    names.put(NAMESPACE, DeclaredType.ANY);
    names.put(AUTHORIZER, new DeclaredType.Named(Authorization.ASKER));
    names.put(REQUESTED, new DeclaredType.Named(Authorization.RESOURCE_CHECK));
    if (hasParams) {
      names.put(PARAMS, DeclaredType.ANY);
    }
    return new Vocabulary(names);
  }

  /** This about objects and parameters whose fields are known. */
  Vocabulary ofKind(DeclaredType object, Optional<DeclaredType> params) {
    Vocabulary typed = plus("object", object).plus("oldObject", object);
    return params.map(type -> typed.plus(PARAMS, type)).orElse(typed);
  }

  /** This and the variables so far, whose fields an expression may name. */
  Vocabulary with(Map<String, Expression> variables) {
    Map<String, Field> fields = new LinkedHashMap<>();
    variables.forEach(
        (name, expression) ->
            fields.put(
                name,
                new Field(
                    name, expression.compiled().map(Vocabulary::type).orElse(DeclaredType.ANY))));
    return plus(VARIABLES, new Struct("kubernetes.variables", fields, 2));
  }

  /** This without questions to the authorizer, which messages may not ask. */
  Vocabulary withoutAuthorizer() {
    Map<String, DeclaredType> less = new HashMap<>(names);
    less.remove(AUTHORIZER);
    less.remove(REQUESTED);
    return new Vocabulary(less);
  }

  private Vocabulary plus(String name, DeclaredType type) {
    Map<String, DeclaredType> more = new HashMap<>(names);
    more.put(name, type);
    return new Vocabulary(more);
  }

  private static DeclaredType type(CelExpression expression) {
    Kind kind = SCALARS.get(expression.resultType());
    return kind == null ? DeclaredType.ANY : new Scalar(kind, Long.MAX_VALUE, 1);
  }
}
