package io.kuber.schema.proto;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a tree of one message. Not thread-safe; lives as long as the message is read. */
final class MessageDecoder {
  private final ProtoCodec codec;
  private final Tree.Builder tree;
  private final Map<String, List<Object>> lists = new LinkedHashMap<>();
  private final Map<String, Tree.Builder> maps = new LinkedHashMap<>();

  private MessageDecoder(ProtoCodec codec, Tree.Builder tree) {
    this.codec = codec;
    this.tree = tree;
  }

  static Tree decode(ProtoCodec codec, ProtoReader message, TypeSchema type) {
    return decodeInto(Tree.builder(), codec, message, type).build();
  }

  static Tree.Builder decodeInto(
      Tree.Builder tree, ProtoCodec codec, ProtoReader message, TypeSchema type) {
    MessageDecoder decoder = new MessageDecoder(codec, tree);
    while (message.next()) {
      Field field = type.fieldNumbered(message.field());
      if (field == null) {
        message.skip();
      } else {
        decoder.read(message, field);
      }
    }
    decoder.lists.forEach((name, items) -> tree.put(name, Items.copyOf(items)));
    decoder.maps.forEach((name, map) -> tree.put(name, map.build()));
    return tree;
  }

  private void read(ProtoReader message, Field field) {
    Shape shape = field.shape();
    if (shape instanceof Listed list && list.wrapped()) {
      tree.put(field.name(), wrapped(message.message()));
    } else if (shape instanceof Listed list) {
      readElement(message, list.element(), list(field));
    } else if (shape instanceof Mapped map) {
      readEntry(message.message(), map.value(), field);
    } else if (shape instanceof TypeSchema type && field.facts().isInline()) {
      decodeInto(tree, codec, message.message(), type);
    } else if (shape instanceof TypeSchema type) {
      tree.put(field.name(), decode(codec, message.message(), type));
    } else {
      readScalar(message, field, (Scalar) shape);
    }
  }

  /** Go writes zeros of all fields that are no pointers; in JSON it leaves them out again. */
  private void readScalar(ProtoReader message, Field field, Scalar scalar) {
    Object value = ScalarProto.read(codec, message, scalar);
    boolean keepsZero = field.facts().hasZero() || field.facts().isRequired();
    if (!ScalarProto.isAbsent(value) && (keepsZero || !ScalarProto.isZero(value, scalar))) {
      tree.put(field.name(), value);
    }
  }

  private List<Object> list(Field field) {
    return lists.computeIfAbsent(field.name(), name -> new ArrayList<>());
  }

  private void readElement(ProtoReader message, Shape element, List<Object> list) {
    boolean isNumber = element == Scalar.INT32 || element == Scalar.INT64;
    if (isNumber && message.hasLength()) {
      ProtoReader packed = message.message();
      while (packed.hasMore()) {
        list.add(packed.packedNumber());
      }
    } else {
      list.add(value(message, element));
    }
  }

  private void readEntry(ProtoReader entry, Shape valueShape, Field field) {
    String key = "";
    Object value = ScalarProto.zero(valueShape);
    while (entry.next()) {
      if (entry.field() == 1) {
        key = entry.text();
      } else if (entry.field() == 2) {
        value = value(entry, valueShape);
      } else {
        entry.skip();
      }
    }
    maps.computeIfAbsent(field.name(), name -> Tree.builder()).put(key, value);
  }

  private Object value(ProtoReader message, Shape shape) {
    if (shape instanceof TypeSchema type) {
      return decode(codec, message.message(), type);
    }
    if (shape instanceof Listed) {
      return wrapped(message.message());
    }
    return ScalarProto.read(codec, message, (Scalar) shape);
  }

  private static Items wrapped(ProtoReader message) {
    List<Object> items = new ArrayList<>();
    while (message.next()) {
      items.add(message.text());
    }
    return Items.copyOf(items);
  }
}
