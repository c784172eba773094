package io.kuber.testkit.assertj;

import io.kuber.object.Items;
import io.kuber.testkit.history.FieldPointer;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What can be said of one field. Each method returns to the object, as patient as it is.
 *
 * @param <SELF> the assertions on the object
 */
public final class FieldAssert<SELF extends ResourceAssert<SELF>> {
  private final SELF object;
  private final String path;
  private final FieldPointer pointer;

  FieldAssert(SELF object, String path) {
    this.object = object;
    this.path = path;
    this.pointer = FieldPointer.of(path);
  }

  /** It has that value; numbers, texts, booleans, lists and maps are compared as JSON has them. */
  public SELF isEqualTo(Object value) {
    Optional<Object> wanted = Optional.of(Values.of(value));
    return expect("to have " + path + " " + Values.shown(value), actual -> actual.equals(wanted));
  }

  /** It has another value, or none. */
  public SELF isNotEqualTo(Object value) {
    Optional<Object> other = Optional.of(Values.of(value));
    return expect(
        "not to have " + path + " " + Values.shown(value), actual -> !actual.equals(other));
  }

  /** It is there, whatever its value is. */
  public SELF isPresent() {
    return expect("to have a field " + path, Optional::isPresent);
  }

  /** It is not there. */
  public SELF isAbsent() {
    return expect("to have no field " + path, Optional::isEmpty);
  }

  /** Its text contains that text, or its list that value. */
  public SELF contains(Object part) {
    return expect(
        "to have " + path + " contain " + Values.shown(part),
        actual -> actual.isPresent() && contains(actual.get(), Values.of(part)));
  }

  private static boolean contains(Object whole, Object part) {
    return whole instanceof Items items
        ? items.contains(part)
        : String.valueOf(whole).contains(String.valueOf(part));
  }

  private SELF expect(String expectation, Predicate<Optional<Object>> isSo) {
    return object.expectOf(
        expectation,
        now -> {
          Optional<Object> actual = pointer.in(now.tree());
          return ResourceAssert.unless(
              isSo.test(actual),
              actual
                  .map(value -> "it has " + path + " " + Values.shown(value))
                  .orElse("it has no such field"));
        });
  }
}
