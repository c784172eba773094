package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.global;
import static io.kuber.cel.library.Overload.member;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Meter;
import java.util.ArrayList;
import java.util.List;

/** Texts (cel-go, ext/strings.go, version 2). Places are counted in code points. */
final class StringLibrary {
  /** Longer results are not made: no sensible rule needs them, and memory is bounded. */
  private static final long MAX_LENGTH = 16 << 20;

  private StringLibrary() {}

  static List<Overload> overloads() {
    return List.of(
        member("charAt", "string_char_at_int", "string, int -> string", (args, m) -> charAt(args)),
        member(
            "indexOf", "string_index_of_string", "string, string -> int", StringLibrary::indexOf),
        member(
            "indexOf",
            "string_index_of_string_int",
            "string, string, int -> int",
            StringLibrary::indexOf),
        member(
            "lastIndexOf",
            "string_last_index_of_string",
            "string, string -> int",
            StringLibrary::lastIndexOf),
        member(
            "lastIndexOf",
            "string_last_index_of_string_int",
            "string, string, int -> int",
            StringLibrary::lastIndexOf),
        member("join", "list_join", "list(string) -> string", (args, m) -> join(args, m)),
        member(
            "join",
            "list_join_string",
            "list(string), string -> string",
            (args, m) -> join(args, m)),
        member(
            "lowerAscii",
            "string_lower_ascii",
            "string -> string",
            (args, m) -> Ascii.toLowerCase((String) args[0])),
        member(
            "upperAscii",
            "string_upper_ascii",
            "string -> string",
            (args, m) -> Ascii.toUpperCase((String) args[0])),
        member(
            "replace",
            "string_replace_string_string",
            "string, string, string -> string",
            (args, m) -> replace(args, m)),
        member(
            "replace",
            "string_replace_string_string_int",
            "string, string, string, int -> string",
            (args, m) -> replace(args, m)),
        member(
            "split",
            "string_split_string",
            "string, string -> list(string)",
            (args, m) -> split(args, m)),
        member(
            "split",
            "string_split_string_int",
            "string, string, int -> list(string)",
            (args, m) -> split(args, m)),
        member(
            "substring",
            "string_substring_int",
            "string, int -> string",
            (args, m) -> substring(args)),
        member(
            "substring",
            "string_substring_int_int",
            "string, int, int -> string",
            (args, m) -> substring(args)),
        member(
            "trim",
            "string_trim",
            "string -> string",
            (args, m) -> CharMatcher.whitespace().trimFrom((String) args[0])),
        member(
            "reverse",
            "string_reverse",
            "string -> string",
            (args, m) -> new StringBuilder((String) args[0]).reverse().toString()),
        member(
            "format",
            "string_format",
            "string, list(dyn) -> string",
            (args, m) -> TextFormat.format((String) args[0], (List<?>) args[1], m)),
        global(
            "strings.quote",
            "strings_quote",
            "string -> string",
            (args, m) -> TextFormat.quoted((String) args[0])));
  }

  private static Object charAt(Object[] args) {
    String text = (String) args[0];
    long place = (Long) args[1];
    int length = length(text);
    if (place == length) {
      return "";
    }
    int start = text.offsetByCodePoints(0, checked(place, length));
    return Character.toString(text.codePointAt(start));
  }

  private static Object indexOf(Object[] args, Meter meter) {
    String text = (String) args[0];
    String part = (String) args[1];
    searched(text, part, meter);
    int from = args.length > 2 ? checked((Long) args[2], length(text)) : 0;
    int found = text.indexOf(part, text.offsetByCodePoints(0, from));
    return found < 0 ? -1L : (long) text.codePointCount(0, found);
  }

  private static Object lastIndexOf(Object[] args, Meter meter) {
    String text = (String) args[0];
    String part = (String) args[1];
    searched(text, part, meter);
    int length = length(text);
    int from = args.length > 2 ? checked((Long) args[2], length) : length;
    int found = text.lastIndexOf(part, text.offsetByCodePoints(0, from));
    return found < 0 ? -1L : (long) text.codePointCount(0, found);
  }

  /** A search compares the part at every place of the text, in the worst case. */
  private static void searched(String text, String part, Meter meter) {
    meter.work(text.length() * Math.max(1L, part.length() / 16L));
  }

  private static Object join(Object[] args, Meter meter) {
    String separator = args.length > 1 ? (String) args[1] : "";
    long length = 0;
    List<String> texts = new ArrayList<>();
    for (Object item : (List<?>) args[0]) {
      String text = Containers.text(item);
      length += text.length() + (long) separator.length();
      bounded(length);
      texts.add(text);
    }
    meter.work(length);
    return String.join(separator, texts);
  }

  private static Object replace(Object[] args, Meter meter) {
    String text = (String) args[0];
    String old = (String) args[1];
    String other = (String) args[2];
    searched(text, old, meter);
    long most = args.length > 3 ? (Long) args[3] : -1;
    StringBuilder result = new StringBuilder();
    int start = 0;
    for (long count = 0; most < 0 || count < most; count++) {
      int found = text.indexOf(old, old.isEmpty() && count > 0 ? start + 1 : start);
      if (found < 0 || old.isEmpty() && start >= text.length() && count > 0) {
        break;
      }
      bounded(result.length() + (long) (found - start) + other.length());
      result.append(text, start, found).append(other);
      start = found + old.length();
    }
    meter.work(result.length());
    return result.append(text, start, text.length()).toString();
  }

  private static Object split(Object[] args, Meter meter) {
    String text = (String) args[0];
    String separator = (String) args[1];
    searched(text, separator, meter);
    long most = args.length > 2 ? (Long) args[2] : -1;
    List<Object> parts = new ArrayList<>();
    if (most == 0 || separator.isEmpty() && text.isEmpty()) {
      return parts;
    }
    int start = 0;
    while (most < 0 || parts.size() < most - 1) {
      int end = separator.isEmpty() ? afterFirst(text, start) : text.indexOf(separator, start);
      if (end < 0 || separator.isEmpty() && end >= text.length()) {
        break;
      }
      parts.add(text.substring(start, end));
      start = end + separator.length();
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static int afterFirst(String text, int start) {
    return text.offsetByCodePoints(start, 1);
  }

  private static Object substring(Object[] args) {
    String text = (String) args[0];
    int length = length(text);
    int start = checked((Long) args[1], length);
    int end = args.length > 2 ? checked((Long) args[2], length) : length;
    if (start > end) {
      throw new CelFailure("invalid substring range. start: " + start + ", end: " + end);
    }
    int from = text.offsetByCodePoints(0, start);
    return text.substring(from, text.offsetByCodePoints(from, end - start));
  }

  private static int checked(long place, int length) {
    if (place < 0 || place > length) {
      throw new CelFailure("index out of range: " + place);
    }
    return (int) place;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void bounded(long length) {
    if (length > MAX_LENGTH) {
      throw new CelFailure("result is longer than " + MAX_LENGTH + " characters");
    }
  }
}
