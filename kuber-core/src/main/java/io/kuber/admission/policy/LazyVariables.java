package io.kuber.admission.policy;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The variables of a policy: each is evaluated when it is first looked at. */
final class LazyVariables extends AbstractMap<Object, Object> {
  private final Map<String, Expression> expressions;
  private final Evaluation evaluation;
  private final Map<String, Object> known = new HashMap<>();

  LazyVariables(Map<String, Expression> expressions, Evaluation evaluation) {
    this.expressions = expressions;
    this.evaluation = evaluation;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    Expression expression = name instanceof String text ? expressions.get(text) : null;
    if (expression == null || !(name instanceof String text)) {
      return null;
    }
    return value(text, expression);
  }

  private Object value(String name, Expression expression) {
    Object value = known.get(name);
    if (value == null) {
      value = evaluation.variable(name, expression);
      known.put(name, value);
    }
    return value;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name instanceof String && expressions.containsKey(name);
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    return expressions.entrySet().stream()
        .map(
            each -> Map.<Object, Object>entry(each.getKey(), value(each.getKey(), each.getValue())))
        .collect(Collectors.toSet());
  }
}
