package io.kuber.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSelectorTest {
  private static final Map<String, String> POD =
      Map.of("metadata.name", "web", "status.phase", "Running", "spec.odd", "a,b=c\\");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name=web                       | true",
        "metadata.name==web                      | true",
        "metadata.name!=web                      | false",
        "status.phase!=Failed,status.phase!=Done | true",
        "metadata.name=web,status.phase=Failed   | false",
        "spec.nodeName=                          | true",
        "spec.odd=a\\,b\\=c\\\\                  | true",
        "' '                                     | true",
        ",                                       | true",
      })
  void selectsAsKubernetesDoes(String selector, boolean selected) {
    FieldSelector parsed = FieldSelector.parse(selector.trim());
    assertThat(parsed.matches(field -> POD.getOrDefault(field, ""))).isEqualTo(selected);
    assertThat(FieldSelector.parse(parsed.toString())).isEqualTo(parsed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name    | invalid selector: 'name'; can't understand 'name'",
        "a=b=c   | invalid field selector: unescaped character in value: 61",
        "a=b\\c  | invalid field selector: invalid escape sequence: \\c",
        "a=b\\   | invalid field selector: invalid escape sequence: \\",
      })
  void refusesInTheWordsOfKubernetes(String selector, String message) {
    assertThatThrownBy(() -> FieldSelector.parse(selector))
        .isInstanceOf(InvalidSelectorException.class)
        .hasMessage(message);
  }

  @Test
  void knowsTheValueThatAFieldMustHave() {
    FieldSelector selector = FieldSelector.parse("spec.nodeName=n1,status.phase!=Failed");
    assertThat(selector.required("spec.nodeName")).isEqualTo("n1");
    assertThat(selector.required("status.phase")).isNull();
  }
}
