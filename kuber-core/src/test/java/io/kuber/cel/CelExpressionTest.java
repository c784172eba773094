package io.kuber.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.cel.value.DeclaredType;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions on an object without a schema, as policies have them. */
class CelExpressionTest {
  private static final Tree OBJECT =
      Tree.of(
          "name",
          "web",
          "replicas",
          3L,
          "ratio",
          new BigDecimal("0.5"),
          "labels",
          Tree.of("app", "web", "tier", "front"),
          "ports",
          Items.of(80L, 443L),
          "containers",
          Items.of(Tree.of("name", "a", "image", "x/a:1"), Tree.of("name", "b")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.replicas + 1 == 4",
        "object.replicas < 3.5 && object.ratio == 0.5",
        "object.name.startsWith('w') && object.name.matches('^w.b$')",
        "has(object.labels.app) && !has(object.labels.gone)",
        "'app' in object.labels && object.labels['tier'] == 'front'",
        "80 in object.ports && size(object.ports) == 2",
        "object.containers.all(c, has(c.name))",
        "object.containers.exists(c, has(c.image) && c.image.contains('/'))",
        "object.containers.exists_one(c, c.name == 'b')",
        "object.containers.map(c, c.name) == ['a', 'b']",
        "object.containers.filter(c, !has(c.image)).map(c, c.name) == ['b']",
        "object.labels.all(k, v, k != '' && v != '')",
        "object.labels.transformMap(k, v, v.upperAscii())['app'] == 'WEB'",
        "object.ports.transformList(i, p, i + p) == [80, 444]",
        "object.?labels.?gone.orValue('none') == 'none'",
        "object.?labels.app.optMap(a, a + '!').value() == 'web!'",
        "object.labels[?'app'].hasValue() && !object[?'gone'].hasValue()",
        "optional.none().or(optional.of(1)).value() == 1",
        "[1, 2, 3].sum() == 6 && [1, 3, 2].max() == 3 && ['b', 'a'].min() == 'a'",
        "[1, 2, 2].isSorted() && [1, 2, 2].lastIndexOf(2) == 2 && [0.5, 0.25].sum() == 0.75",
        "'a,b,c'.split(',').join('-') == 'a-b-c' && 'abc'.substring(1, 2) == 'b'",
        "'tacocat'.indexOf('o') == 3 && 'x'.charAt(0) == 'x' && ' a '.trim() == 'a'",
        "'a-b-a'.replace('a', 'c') == 'c-b-c' && 'aaa'.replace('a', 'b', 2) == 'bba'",
        "'%s is %d or %.2f'.format([dyn('x'), 5, 1.5]) == 'x is 5 or 1.50'",
        "strings.quote('a\"b') == '\"a\\\\\"b\"'",
        "'abc 123'.find('[0-9]+') == '123' && '1 2 3'.findAll('[0-9]', 2) == ['1', '2']",
        "sets.contains([1, 2, 3], [2]) && sets.equivalent([1, 2], [2, 1, 1])",
        "!sets.intersects([1], [2])",
        "quantity('1.5Gi').isGreaterThan(quantity('1Gi')) && quantity('1k').asInteger() == 1000",
        "quantity('50k').add(20).compareTo(quantity('50020')) == 0 && !isQuantity('x')",
        "quantity('2').sub(quantity('1')) == quantity('1000m') && quantity('-1').sign() == -1",
        "ip('10.0.0.1').family() == 4 && ip('::1').isLoopback() && !isIP('10.0.0.256')",
        "string(ip('2001:db8:0:0::1')) == '2001:db8::1' && !ip.isCanonical('2001:DB8::1')",
        "cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsIP('11.0.0.1')",
        "cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16')) && isCIDR('::/0')",
        "cidr('192.168.1.5/24').masked() == cidr('192.168.1.0/24')",
        "cidr('10.0.0.0/8').prefixLength() == 8 && type(ip('1.1.1.1')) == net.IP",
        "url('https://a.b:80/p?x=1&x=2').getHost() == 'a.b:80'",
        "url('https://a.b:80/p?x=1&x=2').getQuery()['x'] == ['1', '2'] && isURL('/p')",
        "url('https://[::1]:80/a%20b').getHostname() == '::1' && !isURL('../p')",
        "url('https://a.b/a%20b').getEscapedPath() == '/a%20b'",
        "!format.dns1123Label().validate('my-name').hasValue()",
        "format.named('uuid').value().validate('nope').value() == ['does not match the UUID format']",
        "!format.named('nope').hasValue() && format.date().validate('2021-13-01').hasValue()",
        "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('v1.2', true).minor() == 2",
        "semver('1.0.0-alpha.1').compareTo(semver('1.0.0')) == -1 && !isSemver('1.2')",
        "duration('1h30m') == duration('90m') && duration('90s').getMinutes() == 1",
        "timestamp('2024-02-29T10:00:00Z') + duration('24h') > timestamp('2024-03-01T09:59:59Z')",
        "timestamp('2024-02-29T10:00:00Z').getMonth() == 1",
        "timestamp('2024-02-29T23:30:00Z').getDate('Europe/Berlin') == 1",
        "string(1.0) == '1' && string(1e30) == '1e+30' && string(duration('1500ms')) == '1.5s'",
        "int('42') == 42 && int(3.9) == 3 && double('1.5') == 1.5 && uint(7) == 7u && bool('t')",
        "b'abc' + b'd' == bytes('abcd') && string(b'xy') == 'xy' && size(b'abc') == 3",
        "type(1) == int && type('') == string && type(object.labels) == map && type(null) == null_type",
        "dyn(1) == 1.0 && dyn(1u) == 1 && !(dyn('1') == dyn(1))",
        "false && (1 / 0 == 1) || true",
        "(1 / 0 == 1) || true",
        "[1, 2, 3].exists(i, i / (i - 1) == 2)",
        "object.replicas > 5 ? false : object.name == 'web'",
        "{'a': 1, 'b': 2}.b == 2 && [1, 2] + [3] == [1, 2, 3]",
        "[?optional.none(), ?optional.of(1)] == [1] && {?'a': optional.none()} == {}",
        "'😀x'.size() == 2 && '😀x'.indexOf('x') == 1",
      })
  void isTrue(String expression) throws CelCompileException {
    CelExpression compiled = compile(expression);

    assertThat(compiled.resultType()).isEqualTo("bool");
    assertThat(evaluate(compiled))
        .isInstanceOfSatisfying(
            CelResult.Value.class, value -> assertThat(value.value()).isEqualTo(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.name == 'web'",
        "has(object.name)",
        "object.?name.orValue('') == ''",
        "[1].exists(i, object.name == 'a')",
        "{'a': [object.name]} == {}",
      })
  void tellsWhichFieldsItMentions(String expression) throws CelCompileException {
    CelExpression compiled = compile(expression);

    assertThat(compiled.uses("object", "name")).isTrue();
    assertThat(compiled.uses("object", "replicas")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.gone == 1 | no such key: gone",
        "object.ports[7] == 1 | index out of bounds: 7",
        "object.replicas / 0 == 1 | division by zero",
        "object.replicas % 0 == 1 | modulus by zero",
        "9223372036854775807 + object.replicas > 0 | integer overflow",
        "object.name + 1 == 1 | no such overload",
        "object.name > 1 | no such overload",
        "object.name.matches(object.name + '(') | Illegal regex: error parsing regexp: missing closing ): `web(`",
        "optional.none().value() == 1 | optional.none() dereference",
        "quantity(object.name) == quantity('1') | quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        "[].min() == 1 | min called on empty list",
        "object.name == missing | no such attribute(s): missing",
        "object.ports.all(p, p / 0 == 1) | division by zero",
      })
  void fails(String row) throws CelCompileException {
    int bar = row.indexOf(" | ");

    CelResult result = evaluate(compile(row.substring(0, bar)));

    assertThat(result)
        .isInstanceOfSatisfying(
            CelResult.Failed.class,
            failed -> assertThat(failed.message()).isEqualTo(row.substring(bar + 3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.name == | mismatched input '<EOF>'",
        "nothing == 1 | undeclared reference to 'nothing'",
        "'a' + 1 == 'a' | found no matching overload for '_+_' applied to '(string, int)'",
        "[1, 'a'] == [] | expected type 'int' but found 'string'",
        "'a'.matches('(') | invalid matches argument",
        "duration('x') == duration('1s') | invalid duration argument",
        "object.all(x) == true | undeclared reference to 'all'",
      })
  void doesNotCompile(String row) {
    int bar = row.indexOf(" | ");

    assertThatThrownBy(() -> compile(row.substring(0, bar)))
        .isInstanceOf(CelCompileException.class)
        .hasMessageContaining("ERROR: <input>:1:")
        .hasMessageContaining(row.substring(bar + 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true | 0",
        "object.replicas == 3 | 3",
        "has(object.labels.app) | 2",
        "object.ports.all(p, p > 0) | 13",
        "'aaaaaaaaaaaaaaaaaaaa' + 'b' == 'b' | 4",
        "[1, 2].size() == 2 | 12",
      })
  void costsWhatKubernetesCharges(String row) throws CelCompileException {
    int bar = row.indexOf(" | ");

    CelResult result = evaluate(compile(row.substring(0, bar)));

    assertThat(result.cost()).isEqualTo(Long.parseLong(row.substring(bar + 3)));
  }

  private static CelExpression compile(String expression) throws CelCompileException {
    return CelExpression.compile(
        expression, Map.of("object", DeclaredType.ANY, "missing", DeclaredType.ANY));
  }

  private static CelResult evaluate(CelExpression expression) {
    return expression.evaluate(Map.of("object", OBJECT), CelLimits.PER_CALL);
  }
}
