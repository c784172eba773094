package io.kuber.schema.proto;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;

/** Writes trees as messages. What is no value of its field's shape is left out. */
final class MessageEncoder {
  private MessageEncoder() {}

  static void write(ProtoCodec codec, ProtoWriter writer, Tree tree, TypeSchema type) {
    for (Field field : type.numberedFields()) {
      if (field.facts().isInline() && field.shape() instanceof TypeSchema inlined) {
        if (hasAny(tree, inlined)) {
          writer.message(field.number(), inner -> write(codec, inner, tree, inlined));
        }
      } else {
        Object value = tree.get(field.name());
        if (value != null && value != Nil.NIL) {
          write(codec, writer, field.number(), value, field.shape());
        }
      }
    }
  }

  private static boolean hasAny(Tree tree, TypeSchema inlined) {
    for (int i = 0; i < tree.size(); i++) {
      if (inlined.field(tree.nameAt(i)) != null) {
        return true;
      }
    }
    return false;
  }

  private static void write(
      ProtoCodec codec, ProtoWriter writer, int number, Object value, Shape shape) {
    if (shape instanceof Scalar scalar) {
      ScalarProto.write(codec, writer, number, value, scalar);
    } else if (shape instanceof TypeSchema type && value instanceof Tree tree) {
      writer.message(number, inner -> write(codec, inner, tree, type));
    } else if (shape instanceof Mapped map && value instanceof Tree tree) {
      writeMap(codec, writer, number, tree, map.value());
    } else if (shape instanceof Listed list && value instanceof Items items) {
      writeList(codec, writer, number, items, list);
    }
  }

  private static void writeList(
      ProtoCodec codec, ProtoWriter writer, int number, Items items, Listed list) {
    if (list.wrapped()) {
      writer.message(number, inner -> items.texts().forEach(text -> inner.text(1, text)));
      return;
    }
    for (Object item : items) {
      write(codec, writer, number, item, list.element());
    }
  }

  private static void writeMap(
      ProtoCodec codec, ProtoWriter writer, int number, Tree map, Shape valueShape) {
    map.forEach(
        (key, value) ->
            writer.message(
                number,
                entry -> {
                  entry.text(1, key);
                  if (value != Nil.NIL) {
                    write(codec, entry, 2, value, valueShape);
                  }
                }));
  }
}
