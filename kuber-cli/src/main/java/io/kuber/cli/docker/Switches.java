package io.kuber.cli.docker;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Switches written with a value, as in {@code --no-cache=true}, which picocli does not take. */
final class Switches {
  private Switches() {}

  /**
   * The same words without such values.
   *
   * @param endsAtFirstWord whether words that follow the first one without a dash stay as they are
   */
  static List<String> plain(CommandSpec command, List<String> words, boolean endsAtFirstWord) {
    List<String> plain = new ArrayList<>();
    int i = 0;
    while (i < words.size() && !words.get(i).equals("--")) {
      String word = words.get(i);
      if (!word.startsWith("-") && endsAtFirstWord) {
        break;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      OptionSpec option = command.optionsMap().get(name);
      boolean isSwitch = option != null && option.arity().max() == 0;
      if (isSwitch && value.equals("true")) {
        plain.add(name);
      } else if (!isSwitch || !value.equals("false")) {
        plain.add(word);
      }
      i++;
      if (equals < 0 && takesNext(command, word) && i < words.size()) {
        plain.add(words.get(i));
        i++;
      }
    }
    plain.addAll(words.subList(i, words.size()));
    return plain;
  }

  /** Whether the word behind it is its value: of several letters the last one may have one. */
  private static boolean takesNext(CommandSpec command, String word) {
    if (word.startsWith("--") || word.length() <= 2 || !word.startsWith("-")) {
      return takesValue(command, word);
    }
    for (int i = 1; i < word.length() - 1; i++) {
      if (takesValue(command, "-" + word.charAt(i))) {
        return false;
      }
    }
    return takesValue(command, "-" + word.charAt(word.length() - 1));
  }

  private static boolean takesValue(CommandSpec command, String name) {
    OptionSpec option = command.optionsMap().get(name);
    return option != null && option.arity().min() > 0;
  }
}
