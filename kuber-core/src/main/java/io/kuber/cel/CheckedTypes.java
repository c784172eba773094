package io.kuber.cel;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import io.kuber.cel.library.TypeSpec;
import io.kuber.cel.value.DeclaredType;
import java.util.Map;

/** The types of schemas and libraries as the checker has them. */
final class CheckedTypes {
  private CheckedTypes() {}

  /** The type of a schema; structs on the way are added to {@code structs}. */
  static CelType of(DeclaredType type, Map<String, CelType> structs) {
    if (type instanceof DeclaredType.ListOf list) {
      return ListType.create(of(list.items(), structs));
    }
    if (type instanceof DeclaredType.MapOf map) {
      return MapType.create(SimpleType.STRING, of(map.values(), structs));
    }
    if (type instanceof DeclaredType.Struct struct) {
      ImmutableMap.Builder<String, CelType> fields = ImmutableMap.builder();
      struct.fields().forEach((name, field) -> fields.put(name, of(field.type(), structs)));
      CelType checked = Environment.struct(struct.name(), fields.buildOrThrow());
      structs.put(struct.name(), checked);
      return checked;
    }
    if (type instanceof DeclaredType.Named named) {
      return OpaqueType.create(named.typeName());
    }
    return switch (((DeclaredType.Scalar) type).kind()) {
      case BOOL -> SimpleType.BOOL;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case STRING -> SimpleType.STRING;
      case BYTES -> SimpleType.BYTES;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case DURATION -> SimpleType.DURATION;
      case DYN -> SimpleType.DYN;
    };
  }

  /** A type that a library writes. */
  static CelType of(TypeSpec type) {
    return switch (type.name()) {
      case "bool" -> SimpleType.BOOL;
      case "int" -> SimpleType.INT;
      case "uint" -> SimpleType.UINT;
      case "double" -> SimpleType.DOUBLE;
      case "string" -> SimpleType.STRING;
      case "bytes" -> SimpleType.BYTES;
      case "dyn" -> SimpleType.DYN;
      case "google.protobuf.Timestamp" -> SimpleType.TIMESTAMP;
      case "google.protobuf.Duration" -> SimpleType.DURATION;
      case "list" -> ListType.create(of(type.parameters().get(0)));
      case "map" -> MapType.create(of(type.parameters().get(0)), of(type.parameters().get(1)));
      case "optional" -> optional(of(type.parameters().get(0)));
      default ->
          type.isParameter() ? TypeParamType.create(type.name()) : OpaqueType.create(type.name());
    };
  }

  /** A value of a type that may be absent. */
  static CelType optional(CelType type) {
    return OptionalType.create(type);
  }
}
