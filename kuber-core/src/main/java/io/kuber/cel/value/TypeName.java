package io.kuber.cel.value;

import com.google.common.primitives.UnsignedLong;
import io.kuber.object.Nil;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The type of a value as a value, which {@code type(x)} gives.
 *
 * @param name as cel-go prints it, such as {@code string}
 */
public record TypeName(String name) {
  /** The type of a value. */
  public static TypeName of(Object value) {
    return new TypeName(nameOf(value));
  }

  /** The name of a value's type. */
  public static String nameOf(Object value) {
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Long) {
      return "int";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Map) {
      return "map";
    }
    if (value instanceof List) {
      return "list";
    }
    if (value instanceof Double) {
      return "double";
    }
    return rareNameOf(value);
  }

  private static String rareNameOf(Object value) {
    if (value instanceof Nil) {
      return "null_type";
    }
    if (value instanceof Instant) {
      return "google.protobuf.Timestamp";
    }
    if (value instanceof Duration) {
      return "google.protobuf.Duration";
    }
    if (value instanceof Bytes) {
      return "bytes";
    }
    if (value instanceof UnsignedLong) {
      return "uint";
    }
    if (value instanceof Optional) {
      return "optional_type";
    }
    if (value instanceof TypeName) {
      return "type";
    }
    if (value instanceof Opaque opaque) {
      return opaque.typeName();
    }
    throw new IllegalArgumentException("no value of CEL: " + value.getClass());
  }

  @Override
  public String toString() {
    return name;
  }
}
