package io.kuber.testkit.assertj;

/** Assertions on an object of any kind. */
public final class ObjectAssert extends ResourceAssert<ObjectAssert> {
  ObjectAssert(Subject subject) {
    super(subject, ObjectAssert.class);
  }
}
