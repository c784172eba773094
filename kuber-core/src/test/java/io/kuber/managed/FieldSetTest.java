package io.kuber.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSetTest {
  private static FieldSet set(String json) {
    return FieldSet.fromJson(Sample.json(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'f:spec':{'f:replicas':{}}}",
        "{'f:metadata':{'f:labels':{'.':{},'f:app':{}}}}",
        "{'f:spec':{'f:ports':{'k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}':{'.':{},'f:port':{}}}}}",
        "{'f:metadata':{'f:finalizers':{'.':{},'v:\\\"a/b\\\"':{}}}}",
        "{'f:a':{'i:0':{},'i:12':{}}}",
        "{'f:s':{'v:true':{},'v:7':{}}}"
      })
  void printsWhatItRead(String json) {
    FieldSet read = set(json);

    assertThat(FieldsV1.print(read)).isEqualTo(Sample.json(json));
    assertThat(FieldsV1.read(FieldsV1.print(read))).isEqualTo(read);
  }

  @Test
  void readsFieldsInAnyOrderAndPrintsThemSorted() {
    FieldSet read = set("{'f:b':{},'f:a':{'f:z':{},'.':{},'f:y':{}}}");

    assertThat(Sample.paths(read)).isEqualTo(".a .a.y .a.z .b");
    assertThat(Sample.text(FieldsV1.print(read)))
        .isEqualTo("{'f:a':{'.':{},'f:y':{},'f:z':{}},'f:b':{}}");
  }

  @Test
  void leavesOutElementsOfUnknownKind() {
    assertThat(Sample.paths(set("{'x:b':{},'f:a':{}}"))).isEqualTo(".a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'f':{}}", "{'spec':{}}", "{'k:[]':{}}", "{'k:{':{}}", "{'i:x':{}}"})
  void refusesWhatIsNoElement(String json) {
    assertThatThrownBy(() -> set(json)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "-",
      textBlock =
          """
          {'f:a':{}} | {'f:b':{}} | .a .b
          {'f:a':{}} | {'f:a':{}} | .a
          {'f:a':{'f:x':{}}} | {'f:a':{}} | .a .a.x
          {'f:a':{'f:x':{}}} | {'f:a':{'f:y':{}},'f:b':{}} | .a.x .a.y .b
          {} | {'f:b':{}} | .b
          """)
  void unites(String left, String right, String both) {
    assertThat(Sample.paths(set(left).union(set(right)))).isEqualTo(both);
    assertThat(Sample.paths(set(right).union(set(left)))).isEqualTo(both);
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'f:a':{},'f:b':{}} | {'f:b':{},'f:c':{}} | .b
          {'f:a':{'f:x':{}}} | {'f:a':{}} | ""
          {'f:a':{'.':{},'f:x':{}}} | {'f:a':{}} | .a
          {'f:a':{'f:x':{},'f:y':{}}} | {'f:a':{'f:y':{}}} | .a.y
          {} | {'f:b':{}} | ""
          """)
  void intersects(String left, String right, String common) {
    assertThat(Sample.paths(set(left).intersection(set(right)))).isEqualTo(common);
    assertThat(Sample.paths(set(right).intersection(set(left)))).isEqualTo(common);
  }

  @ParameterizedTest(name = "{0} without {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'f:a':{},'f:b':{}} | {'f:b':{}} | .a | .a
          {'f:a':{'.':{},'f:x':{}}} | {'f:a':{}} | .a.x | ""
          {'f:a':{'.':{},'f:x':{}}} | {'f:a':{'f:x':{}}} | .a | .a
          {'f:a':{'f:x':{'f:y':{}}}} | {'f:a':{'f:x':{}}} | .a.x.y | ""
          {'f:a':{'f:x':{}}} | {'f:b':{}} | .a.x | .a.x
          {'f:a':{'f:x':{}}} | {'f:a':{'f:x':{}}} | "" | ""
          """)
  void subtracts(String left, String right, String fields, String withAllBelow) {
    assertThat(Sample.paths(set(left).difference(set(right)))).isEqualTo(fields);
    assertThat(Sample.paths(set(left).recursiveDifference(set(right)))).isEqualTo(withAllBelow);
  }

  @Test
  void givesBackItselfWhenNothingIsSubtracted() {
    FieldSet fields = set("{'f:a':{'f:x':{},'f:y':{}},'f:b':{}}");

    assertThat(fields.difference(set("{'f:a':{'f:z':{}},'f:c':{}}"))).isSameAs(fields);
  }

  @Test
  void keepsOnlyLeaves() {
    assertThat(Sample.paths(set("{'f:a':{'.':{},'f:x':{}},'f:b':{}}").leaves()))
        .isEqualTo(".a.x .b");
  }

  @Test
  void knowsItsMembers() {
    FieldSet fields = set("{'f:a':{'f:x':{}}}");

    assertThat(fields.has(new PathElement.FieldName("a"))).isFalse();
    assertThat(fields.has(new PathElement.FieldName("a"), new PathElement.FieldName("x"))).isTrue();
    assertThat(fields.has()).isFalse();
    assertThat(FieldSet.ofNames("a", "x")).isEqualTo(fields);
  }
}
