package io.kuber.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.cel.value.DeclaredType;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions meant to hurt: each ends by its budget, which counts work and no time, before it has
 * taken the memory or the processor that it asks for.
 */
class HostileExpressionsTest {
  private static final String TEXT = "a".repeat(1 << 20);
  private static final Map<String, Tree> OBJECT =
      Map.of("object", Tree.of("text", TEXT, "list", numbers(20_000)));

  private static Items numbers(int count) {
    List<Object> numbers = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      numbers.add(i);
    }
    return Items.copyOf(numbers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.list.all(a, object.list.all(b, object.list.all(c, a + b + c >= 0)))",
        "object.list.exists(a, object.list.exists_one(b, a + b < 0))",
        "object.list.map(a, object.list.map(b, a + b)).size() > 0",
        "object.list.filter(a, object.list.filter(b, b > a).size() >= 0).size() > 0",
        "object.list.all(a, size(object.text + object.text) > 0)",
        "object.list.map(a, object.text.lowerAscii()).size() > 0",
        "object.list.map(a, '%s%s'.format([object.text, object.text])).size() > 0",
        "'%s'.format([object.list.map(a, object.text)]).size() > 0",
        "object.list.map(a, 'aaaa'.replace('a', object.text)).size() > 0",
        "object.list.map(a, ['', '', ''].join(object.text)).size() > 0",
        "object.text.split('').map(c, object.text.split('')).size() > 0",
        "object.list.all(a, object.text.replace('a', 'b').size() > 0)",
        "object.list.all(a, object.text.findAll('b').size() == 0)",
        "object.list.all(a, object.text.indexOf('b') < 0)",
        "object.list.all(a, object.text.matches('^(a|aa)+$'))",
        "sets.contains(object.list, object.list)",
      })
  void endByTheirBudget(String expression) throws CelCompileException {
    CelExpression compiled = compile(expression);

    assertThat(compiled.evaluate(OBJECT, CelLimits.PER_CALL))
        .isInstanceOf(CelResult.OverBudget.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.text.replace('a', object.text).size() > 0",
        "object.text.split('').join(object.text).size() > 0",
      })
  void failWhenTheyMakeATextThatIsTooLong(String expression) throws CelCompileException {
    CelExpression compiled = compile(expression);

    assertThat(compiled.evaluate(OBJECT, CelLimits.PER_OBJECT))
        .isInstanceOfSatisfying(
            CelResult.Failed.class,
            failed -> assertThat(failed.message()).startsWith("result is longer than"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(|1|)", "[|1|]", "{1: |1|}", "-(|1|)", "[1].map(x, |x|)", "size([|1|])"})
  void doNotCompileWhenTheyAreNestedTooDeep(String shape) {
    String[] parts = shape.split("\\|");
    String deep = parts[0].repeat(2_000) + parts[1] + parts[2].repeat(2_000);

    assertThatThrownBy(() -> compile(deep + " == 1")).isInstanceOf(CelCompileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1|+1", "true|&&true", "[1]|+[1]", "object|.a", "object|[0]"})
  void doNotCompileWhenTheyAreTooLong(String shape) {
    String[] parts = shape.split("\\|");
    String end = parts[1].repeat(200_000);

    assertThatThrownBy(() -> compile(parts[0] + end)).isInstanceOf(CelCompileException.class);
  }

  private static CelExpression compile(String expression) throws CelCompileException {
    return CelExpression.compile(expression, Map.of("object", DeclaredType.ANY));
  }
}
