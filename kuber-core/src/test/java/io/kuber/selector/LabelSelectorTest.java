package io.kuber.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1             | a=1     | true",
        "a==1            | a=1     | true",
        "a=1             | a=2     | false",
        "a!=1            | a=2     | true",
        "a!=1            | b=1     | true",
        "a!=1            | a=1     | false",
        "a               | a=      | true",
        "a               | b=1     | false",
        "!a              | b=1     | true",
        "!a              | a=1     | false",
        "a in (1, 2)     | a=2     | true",
        "a in (1,2)      | b=2     | false",
        "a notin (1,2)   | a=3     | true",
        "a notin (1,2)   | b=3     | true",
        "a notin (1,2)   | a=1     | false",
        "a in (,1)       | a=      | true",
        "a in ()         | a=      | true",
        "in in (in,notin)| in=in   | true",
        "a>3             | a=4     | true",
        "a<3             | a=4     | false",
        "a>3             | a=x     | false",
        "a=1,b=2         | a=1 b=2 | true",
        "a=1,b=2         | a=1     | false",
        "a=              | a=      | true",
        "a=              | b=1     | false",
        "example.com/a=1 | example.com/a=1 | true",
        "' '             | a=1     | true",
      })
  void selectsAsKubernetesDoes(String selector, String labels, boolean selected) {
    Map<String, String> map =
        Arrays.stream(labels.split(" "))
            .collect(Collectors.toMap(l -> l.split("=", -1)[0], l -> l.split("=", -1)[1]));
    LabelSelector parsed = LabelSelector.parse(selector);
    assertThat(parsed.test(map)).isEqualTo(selected);
    assertThat(parsed.matches(Tree.ofTexts(map))).isEqualTo(selected);
    assertThat(LabelSelector.parse(parsed.toString())).isEqualTo(parsed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,=   | found '=', expected: identifier after ','",
        "a=1 b | found 'b', expected: ',' or 'end of string'",
        "=a    | found '=', expected: !, identifier, or 'end of string'",
        "a in  | unable to parse requirement: found '' expected: '('",
        "a in (=) | unable to parse requirement: found '=', expected: ',', ')' or identifier",
        "a in (b c) | unable to parse requirement: found 'c', expected: ',' or ')'",
        "a b   | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a=(   | unable to parse requirement: found '(', expected: identifier",
        "a>x   | unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt'"
            + " operators, the value must be an integer",
        "/a    | unable to parse requirement: <nil>: Invalid value: \"/a\": prefix part must be"
            + " non-empty",
        "-a=1  | unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist"
            + " of alphanumeric characters, '-', '_' or '.', and must start and end with an"
            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
            + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "a=b@c | unable to parse requirement: values[0][a]: Invalid value: \"b@c\": a valid label"
            + " must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
            + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value', "
            + " or '12345', regex used for validation is"
            + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      })
  void refusesInTheWordsOfKubernetes(String selector, String message) {
    assertThatThrownBy(() -> LabelSelector.parse(selector))
        .isInstanceOf(InvalidSelectorException.class)
        .hasMessage(message);
  }

  @Test
  void readsTheFormOfObjects() {
    Tree tree =
        Tree.of(
            "matchLabels", Tree.of("app", "web"),
            "matchExpressions",
                Items.of(
                    Tree.of("key", "tier", "operator", "In", "values", Items.of("b", "a")),
                    Tree.of("key", "old", "operator", "DoesNotExist")));
    LabelSelector selector = LabelSelector.of(tree);
    assertThat(selector).hasToString("app=web,!old,tier in (a,b)");
    assertThat(selector.test(Map.of("app", "web", "tier", "a"))).isTrue();
    assertThat(selector.test(Map.of("app", "web", "tier", "a", "old", "yes"))).isFalse();
  }

  @Test
  void anEmptyObjectSelectsAllAndAMissingOneNothing() {
    assertThat(LabelSelector.of(Tree.EMPTY).test(Map.of())).isTrue();
    assertThat(LabelSelector.of((Tree) null).test(Map.of())).isFalse();
  }

  @Test
  void refusesUnknownOperatorsOfObjects() {
    Tree tree = Tree.of("matchExpressions", Items.of(Tree.of("key", "a", "operator", "Seriously")));
    assertThatThrownBy(() -> LabelSelector.of(tree))
        .hasMessage("\"Seriously\" is not a valid label selector operator");
  }
}
