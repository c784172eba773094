package io.kuber.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
  private static Tree tree(String json) {
    return Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0} + {1} = {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'a':'b'} | {'a':'c'} | {'a':'c'}
          {'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}
          {'a':'b','b':'c'} | {'a':null} | {'b':'c'}
          {'a':['b']} | {'a':'c'} | {'a':'c'}
          {'a':'c'} | {'a':['b']} | {'a':['b']}
          {'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}
          {'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}
          {'a':'foo'} | {'a':{'b':{'c':null}}} | {'a':{'b':{}}}
          {'e':null} | {'a':1} | {'e':null,'a':1}
          """)
  void mergesAsTheStandardSays(String object, String patch, String result) {
    assertThat(MergePatch.apply(tree(object), tree(patch))).isEqualTo(tree(result));
  }
}
