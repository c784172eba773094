package io.kuber.kuard;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line: {@code --name=value}, {@code --name value}, and {@code --name} for a switch.
 * What is not given is looked up in the environment as {@code KUARD_NAME}, then has its default.
 * Words that are no flags are let pass, as the original lets them.
 */
final class Flags {
  /** A flag that exists. A switch needs no value. */
  private record Flag(String fallback, boolean isSwitch, String help) {}

  private final Map<String, Flag> known = new LinkedHashMap<>();
  private final Map<String, String> given = new LinkedHashMap<>();

  Flags text(String name, String fallback, String help) {
    known.put(name, new Flag(fallback, false, help));
    return this;
  }

  Flags toggle(String name, String help) {
    known.put(name, new Flag("false", true, help));
    return this;
  }

  /**
   * Throws IllegalArgumentException with a sentence for a flag that is unknown or lacks a value.
   */
  Flags parse(List<String> args, Map<String, String> environment) {
    known.keySet().forEach(name -> fromEnvironment(name, environment));
    Iterator<String> words = args.iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals("--")) {
        break;
      }
      if (word.startsWith("--")) {
        one(word.substring(2), words);
      }
    }
    return this;
  }

  String text(String name) {
    String value = given.get(name);
    return value != null ? value : flag(name).fallback;
  }

  boolean isOn(String name) {
    String value = text(name);
    return switch (value) {
      case "true", "1", "t", "T", "TRUE", "True" -> true;
      case "false", "0", "f", "F", "FALSE", "False", "" -> false;
      default ->
          throw new IllegalArgumentException(
              "--" + name + "=" + value + " is neither true nor false");
    };
  }

  int number(String name, int min, int max) {
    String value = text(name);
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below together with the numbers that are out of range.
    }
    throw new IllegalArgumentException(
        "--" + name + "=" + value + " is not a whole number from " + min + " to " + max);
  }

  String usage() {
    StringBuilder out = new StringBuilder("Usage of kuard:\n");
    known.forEach(
        (name, flag) ->
            out.append("  --")
                .append(name)
                .append('=')
                .append(flag.fallback)
                .append("\t")
                .append(flag.help)
                .append('\n'));
    return out.toString();
  }

  private void one(String word, Iterator<String> rest) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (equals >= 0) {
      put(name, word.substring(equals + 1));
    } else if (flag(name).isSwitch) {
      put(name, "true");
    } else if (rest.hasNext()) {
      put(name, rest.next());
    } else {
      throw new IllegalArgumentException("--" + name + " needs a value");
    }
  }

  private void put(String name, String value) {
    flag(name);
    given.put(name, value);
  }

  /**
   * {@code --port} has no variable: a Service named kuard makes the kubelet set {@code KUARD_PORT}
   * to something like {@code tcp://10.96.0.7:80} in every pod.
   */
  private void fromEnvironment(String name, Map<String, String> environment) {
    StringBuilder variable = new StringBuilder("KUARD_");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      variable.append(c == '-' ? '_' : Character.toUpperCase(c));
    }
    String value = name.equals("port") ? null : environment.get(variable.toString());
    if (value != null) {
      given.put(name, value);
    }
  }

  private Flag flag(String name) {
    @Nullable Flag flag = known.get(name);
    if (flag == null) {
      throw new IllegalArgumentException("unknown flag: --" + name);
    }
    return flag;
  }
}
