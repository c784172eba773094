package io.kuber.schema.proto;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Scalar;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The places in a JSON schema where JSON has a schema or something else; in protobuf a message with
 * the schema in one field and the other thing in another.
 */
final class SchemaProto {
  private static final String SCHEMA =
      "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";

  private SchemaProto() {}

  static Object read(ProtoCodec codec, ProtoReader message, Scalar scalar) {
    return switch (scalar) {
      case JSON_OR_BOOL -> readOrBool(codec, message);
      case JSON_OR_ARRAY -> readOrItems(codec, message, true);
      default -> readOrItems(codec, message, false);
    };
  }

  private static Object readOrBool(ProtoCodec codec, ProtoReader message) {
    boolean allows = false;
    while (message.next()) {
      switch (message.field()) {
        case 1 -> allows = message.number() != 0;
        case 2 -> {
          return MessageDecoder.decode(codec, message.message(), type(codec));
        }
        default -> message.skip();
      }
    }
    return allows;
  }

  private static Object readOrItems(ProtoCodec codec, ProtoReader message, boolean ofSchemas) {
    List<Object> items = new ArrayList<>();
    while (message.next()) {
      if (message.field() == 1) {
        return MessageDecoder.decode(codec, message.message(), type(codec));
      }
      items.add(
          ofSchemas
              ? MessageDecoder.decode(codec, message.message(), type(codec))
              : message.text());
    }
    return Items.copyOf(items);
  }

  static void write(ProtoCodec codec, ProtoWriter writer, Object value, Scalar scalar) {
    if (scalar == Scalar.JSON_OR_BOOL) {
      writer.number(1, value instanceof Tree || Boolean.TRUE.equals(value) ? 1 : 0);
    }
    int schemaField = scalar == Scalar.JSON_OR_BOOL ? 2 : 1;
    if (value instanceof Tree schema) {
      writeSchema(codec, writer, schemaField, schema);
    } else if (value instanceof Items items && scalar == Scalar.JSON_OR_ARRAY) {
      items.trees().forEach(schema -> writeSchema(codec, writer, 2, schema));
    } else if (value instanceof Items items) {
      items.texts().forEach(text -> writer.text(2, text));
    }
  }

  private static void writeSchema(ProtoCodec codec, ProtoWriter writer, int field, Tree schema) {
    writer.message(field, inner -> MessageEncoder.write(codec, inner, schema, type(codec)));
  }

  private static TypeSchema type(ProtoCodec codec) {
    return codec.schemas().named(SCHEMA).orElseThrow();
  }
}
