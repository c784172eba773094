package io.kuber.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchTest {
  private static Object value(String json) {
    return Json.parseValue(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String patched(String object, String patch) {
    Tree patched = JsonPatch.apply((Tree) value(object), (Items) value(patch));
    return new String(Json.print(patched), StandardCharsets.UTF_8).replace('"', '\'');
  }

  @ParameterizedTest(name = "{0} + {1} = {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {} | {'op':'add','path':'/a','value':1} | {'a':1}
          {'a':1} | {'op':'add','path':'/a','value':[2]} | {'a':[2]}
          {'a':[1,3]} | {'op':'add','path':'/a/1','value':2} | {'a':[1,2,3]}
          {'a':[1]} | {'op':'add','path':'/a/-','value':2} | {'a':[1,2]}
          {'a':[1]} | {'op':'add','path':'/a/1','value':2} | {'a':[1,2]}
          {'a':{}} | {'op':'add','path':'/a/x~1y~0z','value':null} | {'a':{'x/y~z':null}}
          {'a':1,'b':2} | {'op':'remove','path':'/a'} | {'b':2}
          {'a':[1,2,3]} | {'op':'remove','path':'/a/-1'} | {'a':[1,2]}
          {'a':{'b':[{'c':1}]}} | {'op':'replace','path':'/a/b/0/c','value':2} | {'a':{'b':[{'c':2}]}}
          {'a':1} | {'op':'replace','path':'','value':{'b':2}} | {'b':2}
          {'a':1} | {'op':'move','from':'/a','path':'/b'} | {'b':1}
          {'a':[1,2,3]} | {'op':'move','from':'/a/0','path':'/a/2'} | {'a':[2,3,1]}
          {'a':{'x':1}} | {'op':'copy','from':'/a','path':'/b'} | {'a':{'x':1},'b':{'x':1}}
          {'a':{'x':1}} | {'op':'test','path':'/a','value':{'x':1.0}} | {'a':{'x':1}}
          {} | {'op':'test','path':'/a','value':null} | {}
          """)
  void appliesOperations(String object, String operation, String result) {
    assertThat(patched(object, "[" + operation + "]")).isEqualTo(result);
  }

  @ParameterizedTest(name = "{0} + {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'a':1} | {'op':'test','path':'/a','value':2} | TEST_FAILED | testing value /a failed: test failed
          {} | {'op':'remove','path':'/a'} | UNAPPLICABLE | remove operation does not apply: doc is missing path: "/a"
          {} | {'op':'replace','path':'/a','value':1} | UNAPPLICABLE | replace operation does not apply: doc is missing path: "/a"
          {} | {'op':'add','path':'/a/b','value':1} | UNAPPLICABLE | add operation does not apply: doc is missing path: "/a/b"
          {'a':[1]} | {'op':'add','path':'/a/5','value':1} | UNAPPLICABLE | Unable to access invalid index: 5
          {'a':[1]} | {'op':'add','path':'/a/01','value':1} | UNAPPLICABLE | Unable to access invalid index: 01
          {'a':{}} | {'op':'move','from':'/a','path':'/a/b'} | UNAPPLICABLE | /a/b is inside /a
          {} | {'op':'copy','from':'/a','path':'/b'} | UNAPPLICABLE | copy operation does not apply: doc is missing key: /a
          {} | {'op':'explode','path':'/a'} | MALFORMED | no operation "explode"
          {} | {'op':'add','path':'a','value':1} | MALFORMED | must begin with /
          {} | {'op':'add','path':'/a'} | MALFORMED | operation without "value"
          {} | {'op':'add','value':1} | MALFORMED | operation without "path"
          {} | 7 | MALFORMED | must be an object
          {} | {'op':'replace','path':'','value':1} | UNAPPLICABLE | no object
          """)
  void refusesWhatDoesNotApply(
      String object, String operation, PatchException.Reason reason, String message) {
    assertThatThrownBy(() -> patched(object, "[" + operation + "]"))
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            PatchException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void leavesTheObjectAsItWasWhenALaterOperationFails() {
    Tree object = Tree.of("a", 1L);

    assertThatThrownBy(
            () ->
                JsonPatch.apply(
                    object,
                    (Items)
                        value("[{'op':'add','path':'/b','value':1},{'op':'remove','path':'/c'}]")))
        .isInstanceOf(PatchException.class);
    assertThat(object).isEqualTo(Tree.of("a", 1L));
  }

  @Test
  void refusesTooManyOperations() {
    Tree operation = Tree.of("op", "test", "path", "/a");
    Items allowed = Items.copyOf(Collections.nCopies(JsonPatch.MAX_OPERATIONS, operation));

    assertThat(JsonPatch.apply(Tree.EMPTY, allowed)).isEqualTo(Tree.EMPTY);
    assertThatThrownBy(() -> JsonPatch.apply(Tree.EMPTY, allowed.plus(operation)))
        .hasMessage("The allowed maximum operations in a JSON patch is 10000, got 10001");
  }

  @Test
  void refusesCopiesThatMultiply() {
    String big = "x".repeat(1 << 20);
    Items copies =
        Items.copyOf(Collections.nCopies(4, Tree.of("op", "copy", "from", "/a", "path", "/b")));

    assertThatThrownBy(() -> JsonPatch.apply(Tree.of("a", big), copies))
        .hasMessageStartingWith("Unable to complete the copy")
        .isInstanceOfSatisfying(
            PatchException.class,
            e -> assertThat(e.reason()).isEqualTo(PatchException.Reason.TOO_LARGE));
  }
}
