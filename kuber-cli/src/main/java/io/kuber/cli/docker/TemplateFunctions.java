package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The functions of templates: Docker's own and those of Go that people use with them. */
final class TemplateFunctions {
  private static final Set<String> NAMES =
      Set.of(
          "json",
          "index",
          "len",
          "join",
          "split",
          "lower",
          "upper",
          "title",
          "truncate",
          "print",
          "println",
          "eq",
          "ne",
          "not",
          "and",
          "or");

  private TemplateFunctions() {}

  static boolean has(String name) {
    return NAMES.contains(name);
  }

  static Object call(String name, List<Object> arguments) {
    int needed = arity(name);
    if (arguments.size() < needed) {
      throw new CommandFailure(
          "template parsing error: " + name + " takes " + needed + " arguments");
    }
    return switch (name) {
      case "json" -> new String(Json.print(arguments.get(0)), StandardCharsets.UTF_8);
      case "index" -> index(arguments);
      case "len" -> TemplateValues.length(arguments.get(0));
      case "join" -> join(arguments.get(0), text(arguments, 1));
      case "split" -> Items.of((Object[]) parts(text(arguments, 0), text(arguments, 1)));
      case "lower" -> text(arguments, 0).toLowerCase(Locale.ROOT);
      case "upper" -> text(arguments, 0).toUpperCase(Locale.ROOT);
      case "title" -> title(text(arguments, 0));
      case "truncate" -> truncate(text(arguments, 0), arguments.get(1));
      case "print", "println" ->
          arguments.stream().map(TemplateValues::text).collect(Collectors.joining(" "))
              + (name.equals("println") ? "\n" : "");
      case "eq" -> arguments.stream().skip(1).anyMatch(each -> each.equals(arguments.get(0)));
      case "ne" -> !arguments.get(0).equals(arguments.get(1));
      case "not" -> !TemplateValues.holds(arguments.get(0));
      case "and" -> first(arguments, false);
      default -> first(arguments, true);
    };
  }

  private static int arity(String name) {
    return switch (name) {
      case "print", "println" -> 0;
      case "join", "split", "truncate", "eq", "ne", "index" -> 2;
      default -> 1;
    };
  }

  /** The first that holds, or that does not; else the last. */
  private static Object first(List<Object> arguments, boolean holds) {
    return arguments.stream()
        .filter(each -> TemplateValues.holds(each) == holds)
        .findFirst()
        .orElse(arguments.get(arguments.size() - 1));
  }

  private static Object index(List<Object> arguments) {
    Object value = arguments.get(0);
    for (Object key : arguments.subList(1, arguments.size())) {
      if (value instanceof Items items && key instanceof Long place) {
        if (place < 0 || place >= items.size()) {
          throw new CommandFailure("template parsing error: index out of range: " + place);
        }
        value = items.get(place.intValue());
      } else {
        Object next =
            value instanceof Tree tree && key instanceof String name ? tree.get(name) : null;
        value = next == null ? Nil.NIL : next;
      }
    }
    return value;
  }

  private static String join(Object list, String between) {
    return list instanceof Items items
        ? items.stream().map(TemplateValues::text).collect(Collectors.joining(between))
        : "";
  }

  private static String[] parts(String text, String at) {
    return text.split(Pattern.quote(at), -1);
  }

  private static String title(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String truncate(String text, Object length) {
    return length instanceof Long most && text.length() > most
        ? text.substring(0, Math.max(0, most.intValue()))
        : text;
  }

  private static String text(List<Object> arguments, int index) {
    return TemplateValues.text(arguments.get(index));
  }
}
