package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Spoils values, all drawn from one source of chance. */
final class MutatedBody {
  /** One value in so many is spoiled where the walk stands, and not deeper inside. */
  private static final int STOPS = 6;

  private static final List<Object> ODD =
      List.of(
          Nil.NIL,
          "",
          "x",
          -1L,
          0L,
          new BigDecimal("1e30"),
          new BigDecimal("0.5"),
          true,
          Tree.EMPTY,
          Items.EMPTY,
          Tree.of("", ""),
          Items.of(Nil.NIL),
          Items.of(Items.EMPTY));

  private static final List<Object> TEXTS =
      List.of(
          "",
          " ",
          "x".repeat(300),
          "9".repeat(400),
          "\u0000",
          "\ud83d\ude00",
          "é",
          "../..",
          "..",
          ".",
          "/",
          "//",
          "a/b/c",
          "/a",
          "a/",
          "*",
          "-",
          "-1",
          "+1",
          "0",
          "007",
          "1.5",
          ".5",
          "5.",
          "1.2.3",
          "%",
          "0%",
          "101%",
          "-5%",
          "99999999999999999999%",
          "99999999999999999999",
          "1e9",
          "1e999999999",
          "1E",
          "1Ei",
          "0x10",
          "NaN",
          "1h",
          "1.s",
          "99999999999h",
          "-1h",
          "[",
          "{",
          "]",
          "(",
          "a=b",
          "a=",
          "=",
          "!",
          "a,b",
          "a in (",
          "\\",
          "\"",
          "'",
          "$(",
          "${",
          "::",
          ":",
          "::1/129",
          "1.2.3.4/33",
          "1.2.3.4/-1",
          "1.2.3.4/",
          "256.1.1.1",
          "1.2.3",
          "fe80::1%eth0",
          "::ffff:1.2.3.4",
          "http://[",
          "* * * * *",
          "*/0 * * * *",
          "0-99999999999 * * * *",
          "@every 1h",
          "TZ=Nowhere * * * * *",
          "2026-13-01T00:00:00Z",
          "+9999999-01-01T00:00:00Z",
          "2026-01-01T00:00Z",
          "None",
          "True",
          "v1",
          "a/v1",
          "Pod",
          "self.x",
          "AAA=",
          "\n");

  private static final List<Object> NUMBERS =
      List.of(
          -1L,
          0L,
          1L,
          65_535L,
          65_536L,
          (long) Integer.MAX_VALUE,
          (long) Integer.MIN_VALUE,
          1L << 31,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          new BigDecimal("1e30"),
          new BigDecimal("0.5"));

  private final Random random;

  MutatedBody(Random random) {
    this.random = random;
  }

  /** One of these. */
  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A text that few expect. */
  String text() {
    return (String) oneOf(TEXTS);
  }

  /** The value with one thing in it, somewhere, replaced, removed, added or doubled. */
  Object spoiled(Object value) {
    boolean deeper = random.nextInt(STOPS) > 0;
    if (deeper && value instanceof Tree tree && !tree.isEmpty()) {
      int at = random.nextInt(tree.size());
      return tree.with(tree.nameAt(at), spoiled(tree.valueAt(at)));
    }
    if (deeper && value instanceof Items items && !items.isEmpty()) {
      int at = random.nextInt(items.size());
      return items.with(at, spoiled(items.get(at)));
    }
    return random.nextInt(STOPS) == 0 ? oneOf(ODD) : odd(value);
  }

  /** Something odd of the same shape, which gets past those who look at shapes only. */
  private Object odd(Object value) {
    if (value instanceof String) {
      return text();
    }
    if (value instanceof Number) {
      return oneOf(NUMBERS);
    }
    if (value instanceof Tree tree) {
      return tree.isEmpty() || random.nextInt(3) == 0
          ? tree.with(text(), oneOf(ODD))
          : tree.without(tree.nameAt(random.nextInt(tree.size())));
    }
    return value instanceof Items items ? doubled(items) : oneOf(ODD);
  }

  private Items doubled(Items items) {
    List<Object> all = new ArrayList<>();
    items.forEach(all::add);
    if (random.nextBoolean() || all.isEmpty()) {
      all.add(oneOf(ODD));
    } else {
      items.forEach(all::add);
    }
    return Items.copyOf(all);
  }

  /** The bytes of a value, one in a few times with something wrong in them. */
  byte[] bytes(Object value) {
    byte[] bytes = Json.print(value);
    if (random.nextInt(10) > 0 || bytes.length == 0) {
      return bytes;
    }
    String text = new String(bytes, UTF_8);
    int cut = random.nextInt(text.length());
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, cut).getBytes(UTF_8);
      case 1 -> (text.substring(0, cut) + text() + text.substring(cut)).getBytes(UTF_8);
      default -> {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        yield bytes;
      }
    };
  }
}
