package io.kuber.schema.proto;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.Listed;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import java.math.BigDecimal;
import java.util.Base64;

/** Scalars in protobuf; many of them are messages there. */
final class ScalarProto {
  private ScalarProto() {}

  static Object read(ProtoCodec codec, ProtoReader message, Scalar scalar) {
    return switch (scalar) {
      case TEXT -> message.text();
      case BOOL -> message.number() != 0;
      case INT32 -> (long) (int) message.number();
      case INT64 -> message.number();
      case DOUBLE -> fraction(message.fraction());
      case BYTES -> Base64.getEncoder().encodeToString(message.bytes());
      case TIME, MICRO_TIME -> TimeProto.readTime(message.message(), scalar);
      case DURATION -> TimeProto.readDuration(message.message());
      case QUANTITY -> textOf(message.message());
      case INT_OR_STRING -> intOrString(message.message());
      case RAW, FIELDS, JSON -> json(codec, message.message());
      case JSON_OR_BOOL, JSON_OR_ARRAY, JSON_OR_TEXTS ->
          SchemaProto.read(codec, message.message(), scalar);
    };
  }

  static void write(ProtoCodec codec, ProtoWriter writer, int number, Object value, Scalar scalar) {
    switch (scalar) {
      case TEXT -> writer.text(number, value.toString());
      case BOOL -> writer.number(number, Boolean.TRUE.equals(value) ? 1 : 0);
      case INT32, INT64 -> writer.number(number, value instanceof Number n ? n.longValue() : 0);
      case DOUBLE -> writer.fraction(number, value instanceof Number n ? n.doubleValue() : 0);
      case BYTES -> writer.bytes(number, Base64.getMimeDecoder().decode(value.toString()));
      case TIME, MICRO_TIME ->
          writer.message(number, inner -> TimeProto.writeTime(inner, value.toString()));
      case DURATION ->
          writer.message(number, inner -> TimeProto.writeDuration(inner, value.toString()));
      case QUANTITY -> writer.message(number, inner -> inner.text(1, value.toString()));
      case INT_OR_STRING -> writer.message(number, inner -> writeIntOrString(inner, value));
      case RAW, FIELDS, JSON -> writer.message(number, inner -> inner.bytes(1, Json.print(value)));
      case JSON_OR_BOOL, JSON_OR_ARRAY, JSON_OR_TEXTS ->
          writer.message(number, inner -> SchemaProto.write(codec, inner, value, scalar));
    }
  }

  private static Object fraction(double value) {
    if (!Double.isFinite(value)) {
      throw new MalformedException("invalid protobuf: JSON has no number " + value);
    }
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return exact.scale() <= 0 && exact.precision() - exact.scale() < 19
        ? (Object) exact.longValueExact()
        : exact;
  }

  private static String textOf(ProtoReader message) {
    String text = "0";
    while (message.next()) {
      text = message.text();
    }
    return text;
  }

  private static Object intOrString(ProtoReader message) {
    long type = 0;
    long number = 0;
    String text = "";
    while (message.next()) {
      switch (message.field()) {
        case 1 -> type = message.number();
        case 2 -> number = (int) message.number();
        case 3 -> text = message.text();
        default -> message.skip();
      }
    }
    return type == 0 ? (Object) number : text;
  }

  private static void writeIntOrString(ProtoWriter writer, Object value) {
    writer.number(1, value instanceof Number ? 0 : 1);
    writer.number(2, value instanceof Number number ? number.longValue() : 0);
    writer.text(3, value instanceof String text ? text : "");
  }

  /** An object inside an object is JSON, or the protobuf form of an object once more. */
  private static Object json(ProtoCodec codec, ProtoReader message) {
    Object value = Nil.NIL;
    while (message.next()) {
      byte[] raw = message.bytes();
      if (ProtoCodec.isProtobuf(raw)) {
        value = codec.decodeInner(raw, message.depth());
      } else if (raw.length > 0) {
        value = Json.parseValue(raw);
      }
    }
    return value;
  }

  static boolean isAbsent(Object value) {
    return value == Nil.NIL;
  }

  /** Whether Go would have sent the value for a field that nobody set. */
  static boolean isZero(Object value, Scalar scalar) {
    return switch (scalar) {
      case TEXT, BYTES -> value.equals("");
      case BOOL -> value.equals(false);
      case INT32, INT64, DOUBLE -> value.equals(0L);
      default -> false;
    };
  }

  /** What an entry of a map has when protobuf leaves its value out. */
  static Object zero(Shape shape) {
    if (shape instanceof Scalar scalar) {
      return switch (scalar) {
        case BOOL -> false;
        case INT32, INT64, DOUBLE, INT_OR_STRING -> 0L;
        case QUANTITY -> "0";
        case TEXT, BYTES -> "";
        default -> Nil.NIL;
      };
    }
    return shape instanceof Listed ? Items.EMPTY : Tree.EMPTY;
  }
}
