package io.kuber.cel.value;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a schema says of a value: how an expression sees it, and how large it can get. The sizes are
 * those that Kubernetes estimates costs with (apiserver, pkg/cel/types.go).
 */
public sealed interface DeclaredType {
  /** Anything; seen by what it is. */
  DeclaredType ANY = new Scalar(Kind.DYN, Long.MAX_VALUE, 1);

  /** The value that an expression sees; of a tree or items, a view. */
  Object adapt(Object raw);

  /** How many characters, items or entries there can be at most; 0 for what has none. */
  long maxElements();

  /** The length of the shortest JSON of this type. */
  long minSerializedSize();

  /** The kinds of values without parts. */
  enum Kind {
    BOOL,
    INT,
    DOUBLE,
    STRING,
    BYTES,
    TIMESTAMP,
    DURATION,
    DYN
  }

  /**
   * A value without parts, or without a schema.
   *
   * @param kind how it is seen
   * @param maxElements see {@link DeclaredType#maxElements()}
   * @param minSerializedSize see {@link DeclaredType#minSerializedSize()}
   */
  record Scalar(Kind kind, long maxElements, long minSerializedSize) implements DeclaredType {
    @Override
    public Object adapt(Object raw) {
      if (raw instanceof Tree tree) {
        return new TreeView(tree, new MapOf(ANY, Long.MAX_VALUE));
      }
      if (raw instanceof Items items) {
        return new ListView(items, new ListOf(ANY, Long.MAX_VALUE, List.of(), false));
      }
      return switch (kind) {
        case DOUBLE -> raw instanceof Number number ? (Object) number.doubleValue() : raw;
        case TIMESTAMP -> raw instanceof String text ? Texts.timestamp(text) : raw;
        case DURATION -> raw instanceof String text ? Texts.duration(text) : raw;
        case BYTES -> raw instanceof String text ? Texts.base64(text) : raw;
        default -> raw instanceof BigDecimal number ? (Object) number.doubleValue() : raw;
      };
    }
  }

  /**
   * A value that only the functions of one library look into.
   *
   * @param typeName as {@link Opaque#typeName()} has it
   */
  record Named(String typeName) implements DeclaredType {
    @Override
    public Object adapt(Object raw) {
      return raw;
    }

    @Override
    public long maxElements() {
      return 0;
    }

    @Override
    public long minSerializedSize() {
      return 1;
    }
  }

  /**
   * A list.
   *
   * @param items the type of its items
   * @param maxElements how many there can be
   * @param keys by which items are told apart, when it is a map to Kubernetes; or none
   * @param isSet whether it is a set to Kubernetes
   */
  record ListOf(DeclaredType items, long maxElements, List<String> keys, boolean isSet)
      implements DeclaredType {
    public ListOf {
      keys = List.copyOf(keys);
    }

    @Override
    public Object adapt(Object raw) {
      return raw instanceof Items list ? new ListView(list, this) : ANY.adapt(raw);
    }

    @Override
    public long minSerializedSize() {
      return 2;
    }
  }

  /**
   * A map from texts.
   *
   * @param values the type of its values
   * @param maxElements how many entries there can be
   */
  record MapOf(DeclaredType values, long maxElements) implements DeclaredType {
    @Override
    public Object adapt(Object raw) {
      return raw instanceof Tree tree ? new TreeView(tree, this) : ANY.adapt(raw);
    }

    @Override
    public long minSerializedSize() {
      return 2;
    }
  }

  /**
   * An object with named fields.
   *
   * @param name of the type; unique within a schema
   * @param fields by the names that expressions use, which may be escaped
   * @param minSerializedSize see {@link DeclaredType#minSerializedSize()}
   */
  record Struct(String name, Map<String, Field> fields, long minSerializedSize)
      implements DeclaredType {
    public Struct {
      fields = Map.copyOf(fields);
    }

    @Override
    public Object adapt(Object raw) {
      return raw instanceof Tree tree ? new TreeView(tree, this) : ANY.adapt(raw);
    }

    @Override
    public long maxElements() {
      return 0;
    }
  }

  /**
   * A field of a {@link Struct}.
   *
   * @param name as JSON has it
   * @param type of its value
   */
  record Field(String name, DeclaredType type) {}

  /** The value of a raw one that may be absent: null is the null of JSON. */
  static Object adaptNullable(DeclaredType type, Object raw) {
    return raw == Nil.NIL ? Nil.NIL : Objects.requireNonNull(type.adapt(raw));
  }
}
