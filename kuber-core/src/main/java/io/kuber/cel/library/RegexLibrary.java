package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.member;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.kuber.cel.value.CelFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Regular expressions with RE2's syntax (apiserver, pkg/cel/library/regex.go), and {@code matches}
 * of the standard.
 */
public final class RegexLibrary {
  /** Patterns that are kept, as those of rules come again with every object. */
  private static final int MAX_CACHED = 256;

  /** Longer patterns are compiled each time, lest a few fill the memory. */
  private static final int MAX_CACHED_LENGTH = 1024;

  private static final Cache<String, Pattern> CACHE =
      CacheBuilder.newBuilder().maximumSize(MAX_CACHED).build();

  private RegexLibrary() {}

  static List<Overload> overloads() {
    return List.of(
        member(
            "find",
            "string_find_string",
            "string, string -> string",
            (args, meter) -> {
              Matcher matcher = pattern(args[1]).matcher((String) args[0]);
              return matcher.find() ? matcher.group() : "";
            }),
        member(
            "findAll",
            "string_find_all_string",
            "string, string -> list(string)",
            (args, meter) -> findAll(args, -1)),
        member(
            "findAll",
            "string_find_all_string_int",
            "string, string, int -> list(string)",
            (args, meter) -> findAll(args, (Long) args[2])));
  }

  /** Whether a pattern is found anywhere in a text. */
  public static boolean matches(Object text, Object pattern) {
    return pattern(pattern).matcher(Containers.text(text)).find();
  }

  /** Compiles a pattern; fails for what is none. */
  static Pattern pattern(Object value) {
    String text = Containers.text(value);
    Pattern cached = CACHE.getIfPresent(text);
    if (cached != null) {
      return cached;
    }
    try {
      Pattern pattern = Pattern.compile(text);
      if (text.length() <= MAX_CACHED_LENGTH) {
        CACHE.put(text, pattern);
      }
      return pattern;
    } catch (PatternSyntaxException wrong) {
      throw new CelFailure("Illegal regex: " + wrong.getMessage());
    }
  }

  private static Object findAll(Object[] args, long most) {
    List<Object> found = new ArrayList<>();
    Matcher matcher = pattern(args[1]).matcher((String) args[0]);
    while ((most < 0 || found.size() < most) && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
