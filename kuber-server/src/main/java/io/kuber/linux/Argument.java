package io.kuber.linux;

import java.util.ArrayList;
import java.util.List;

/**
 * An argument of a step of a {@link Program}: a number, or something the kernel gets a pointer to.
 */
public sealed interface Argument {
  /** A number as it is. */
  record Value(long value) implements Argument {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A descriptor of this process that the child keeps under the same number. */
  record Inherited(int descriptor) implements Argument {
    @Override
    public String toString() {
      return Integer.toString(descriptor);
    }
  }

  /** A pointer to a string that ends with a zero byte. */
  record Text(String value) implements Argument {
    @Override
    public String toString() {
      return value;
    }
  }

  /** A pointer to bytes, which the kernel may write to; two buffers are never the same. */
  final class Buffer implements Argument {
    private final byte[] content;

    Buffer(byte[] content) {
      this.content = content.clone();
    }

    byte[] content() {
      return content.clone();
    }

    @Override
    public String toString() {
      return content.length + " bytes";
    }
  }

  /** A pointer to 8-byte words, each an argument itself: arrays of pointers, and structures. */
  record Words(List<Argument> words) implements Argument {
    public Words {
      words = List.copyOf(words);
    }

    @Override
    public String toString() {
      return words.toString();
    }
  }

  /** The result of an earlier step, filled in when that step has run. */
  record Result(int step) implements Argument {
    @Override
    public String toString() {
      return "result of step " + step;
    }
  }

  /** Zero bytes for the kernel to write to. */
  static Buffer space(int size) {
    return new Buffer(new byte[size]);
  }

  /** Words in order; each of a kind that {@link #of} takes. */
  static Words words(Object... words) {
    List<Argument> list = new ArrayList<>();
    for (Object word : words) {
      list.add(of(word));
    }
    return new Words(list);
  }

  /** The array of pointers that {@code execve} takes: the strings and a null pointer. */
  static Words strings(List<String> strings) {
    List<Argument> list = new ArrayList<>();
    strings.forEach(string -> list.add(new Text(string)));
    list.add(new Value(0));
    return new Words(list);
  }

  /** Numbers, strings, bytes and arguments, as arguments. */
  static Argument of(Object value) {
    if (value instanceof Argument argument) {
      return argument;
    }
    if (value instanceof Number number) {
      return new Value(number.longValue());
    }
    if (value instanceof String text) {
      return new Text(text);
    }
    if (value instanceof byte[] bytes) {
      return new Buffer(bytes);
    }
    throw new IllegalArgumentException("not an argument of a system call: " + value);
  }
}
