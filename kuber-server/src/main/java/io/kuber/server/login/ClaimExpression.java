package io.kuber.server.login;

import io.kuber.cel.CelCompileException;
import io.kuber.cel.CelExpression;
import io.kuber.cel.CelLimits;
import io.kuber.cel.CelResult;
import io.kuber.cel.value.DeclaredType;
import io.kuber.cel.value.DeclaredType.Field;
import io.kuber.cel.value.DeclaredType.Kind;
import io.kuber.cel.value.DeclaredType.ListOf;
import io.kuber.cel.value.DeclaredType.MapOf;
import io.kuber.cel.value.DeclaredType.Scalar;
import io.kuber.cel.value.DeclaredType.Struct;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An expression over the claims of a token, or over the user that was made of them (apiserver,
 * pkg/authentication/cel). For any thread.
 *
 * @param text as it was written
 * @param variable what it may mention
 */
record ClaimExpression(String text, String variable, CelExpression compiled) {
  private static final long ANY_NUMBER = Long.MAX_VALUE;
  private static final DeclaredType TEXT = new Scalar(Kind.STRING, ANY_NUMBER, 2);
  private static final DeclaredType TEXTS = new ListOf(TEXT, ANY_NUMBER, List.of(), false);
  private static final String CLAIMS = "claims";
  private static final String USER = "user";
  private static final String NO_TEXTS = "expression must return a string or a list of strings";

  private static final Map<String, DeclaredType> OF_CLAIMS =
      Map.of(CLAIMS, new MapOf(DeclaredType.ANY, ANY_NUMBER));
  private static final Map<String, DeclaredType> OF_USER =
      Map.of(
          USER,
          new Struct(
              "kubernetes.UserInfo",
              Map.of(
                  "username", new Field("username", TEXT),
                  "uid", new Field("uid", TEXT),
                  "groups", new Field("groups", TEXTS),
                  "extra", new Field("extra", new MapOf(TEXTS, ANY_NUMBER))),
              2));

  /** One over {@code claims}. */
  static ClaimExpression ofClaims(String text) throws CelCompileException {
    return new ClaimExpression(text, CLAIMS, CelExpression.compile(text, OF_CLAIMS));
  }

  /** One over {@code user}. */
  static ClaimExpression ofUser(String text) throws CelCompileException {
    return new ClaimExpression(text, USER, CelExpression.compile(text, OF_USER));
  }

  /** Whether it always comes to true or false. */
  boolean isCondition() {
    return compiled.resultType().equals("bool");
  }

  /** Whether it looks at a claim. */
  boolean usesClaim(String name) {
    return compiled.uses(CLAIMS, name);
  }

  /** What it comes to, as {@code io.kuber.cel.value} lists values. */
  Object of(Tree value) throws ClaimException {
    CelResult result = compiled.evaluate(Map.of(variable, value), CelLimits.PER_CALL);
    if (result instanceof CelResult.Value found) {
      return found.value();
    }
    throw new ClaimException(
        "expression '%s' resulted in error: %s"
            .formatted(
                text,
                result instanceof CelResult.Failed failed
                    ? failed.message()
                    : "operation cancelled: actual cost limit exceeded"));
  }

  /** The text that it comes to. */
  String text(Tree value) throws ClaimException {
    if (of(value) instanceof String found) {
      return found;
    }
    throw new ClaimException("claim expression must return a string");
  }

  /** The texts that it comes to; a text is a list of one, empty ones are left out. */
  List<String> texts(Tree value) throws ClaimException {
    Object found = of(value);
    if (found == Nil.NIL) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Object each : found instanceof List<?> list ? list : List.of(found)) {
      if (!(each instanceof String text)) {
        throw new ClaimException(NO_TEXTS);
      }
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }
}
