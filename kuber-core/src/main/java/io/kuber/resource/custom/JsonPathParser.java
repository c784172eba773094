package io.kuber.resource.custom;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kuber.resource.custom.JsonPath.Every;
import io.kuber.resource.custom.JsonPath.FieldNamed;
import io.kuber.resource.custom.JsonPath.Operand;
import io.kuber.resource.custom.JsonPath.Slice;
import io.kuber.resource.custom.JsonPath.Step;
import io.kuber.resource.custom.JsonPath.Union;
import io.kuber.resource.custom.JsonPath.Where;
import io.kuber.resource.custom.JsonPath.Within;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of a path. Not thread-safe; lives as long as one reading. */
final class JsonPathParser {
  private static final Pattern INDEX = Pattern.compile("-?\\d{1,9}");
  private static final Pattern SLICE =
      Pattern.compile("(-?\\d{1,9})?:(-?\\d{1,9})?(?::(\\d{1,9}))?");
  private static final Pattern COMPARISON = Pattern.compile("^(.+?)\\s*(==|!=|<=|>=|<|>)\\s*(.+)$");
  private static final String END_OF_FIELD = ".[]{}() \t";

  private final String text;
  private int at;

  JsonPathParser(String text) {
    this.text = text.startsWith("$") || text.startsWith("@") ? text.substring(1) : text;
  }

  JsonPath parse() {
    List<Step> steps = new ArrayList<>();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.') {
        at++;
        if (at < text.length() && text.charAt(at) == '.') {
          at++;
          steps.add(new Within());
        }
        afterDot(steps);
      } else if (c == '[') {
        steps.add(bracket(closing()));
      } else {
        throw malformed();
      }
    }
    return JsonPath.of(steps);
  }

  private void afterDot(List<Step> steps) {
    if (at < text.length() && text.charAt(at) == '*') {
      at++;
      steps.add(new Every());
      return;
    }
    StringBuilder name = new StringBuilder();
    while (at < text.length() && END_OF_FIELD.indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      name.append(text.charAt(at++));
    }
    if (!name.isEmpty()) {
      steps.add(new FieldNamed(name.toString()));
    }
  }

  /** What stands between this bracket and the one that closes it; quotes may hold brackets. */
  private String closing() {
    int start = ++at;
    int depth = 1;
    char quote = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '[') {
        depth++;
      } else if (c == ']' && --depth == 0) {
        return text.substring(start, at++);
      }
    }
    throw malformed();
  }

  private Step bracket(String inside) {
    String trimmed = inside.trim();
    if (trimmed.startsWith("?(") && trimmed.endsWith(")")) {
      return where(trimmed.substring(2, trimmed.length() - 1).trim());
    }
    List<Step> parts = new ArrayList<>();
    for (String part : parts(trimmed)) {
      parts.add(part(part.trim()));
    }
    return parts.size() == 1 ? parts.get(0) : new Union(List.copyOf(parts));
  }

  private static List<String> parts(String inside) {
    List<String> parts = new ArrayList<>();
    char quote = 0;
    int start = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == ',') {
        parts.add(inside.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(inside.substring(start));
    return parts;
  }

  private Step part(String part) {
    if (part.equals("*")) {
      return new Every();
    }
    if (isQuoted(part)) {
      return new FieldNamed(part.substring(1, part.length() - 1));
    }
    if (INDEX.matches(part)) {
      int index = Integer.parseInt(part);
      return new Slice(index, index == -1 ? null : Integer.valueOf(index + 1), 1);
    }
    Matcher slice = SLICE.matcher(part);
    if (slice.matches()) {
      String step = slice.group(3);
      int by = step == null ? 1 : Integer.parseInt(step);
      if (by > 0) {
        return new Slice(number(slice.group(1)), number(slice.group(2)), by);
      }
    }
    throw malformed();
  }

  private static @Nullable Integer number(@Nullable String digits) {
    return digits == null ? null : Integer.valueOf(digits);
  }

  private Step where(String condition) {
    Matcher comparison = COMPARISON.matcher(condition);
    if (!comparison.matches()) {
      return new Where(operand(condition), "", new Operand(null, null));
    }
    return new Where(
        operand(comparison.group(1)), comparison.group(2), operand(comparison.group(3)));
  }

  private Operand operand(String operand) {
    if (operand.startsWith("@") || operand.startsWith("$") || operand.startsWith(".")) {
      return new Operand(new JsonPathParser(operand).parse(), null);
    }
    if (isQuoted(operand)) {
      return new Operand(null, operand.substring(1, operand.length() - 1));
    }
    if (operand.equals("true") || operand.equals("false")) {
      return new Operand(null, operand.equals("true"));
    }
    try {
      return new Operand(null, new BigDecimal(operand));
    } catch (NumberFormatException noNumber) {
      throw malformed();
    }
  }

  private static boolean isQuoted(String part) {
    return part.length() > 1
        && (part.charAt(0) == '\'' || part.charAt(0) == '"')
        && part.charAt(part.length() - 1) == part.charAt(0);
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("unrecognized path \"" + text + '"');
  }
}
