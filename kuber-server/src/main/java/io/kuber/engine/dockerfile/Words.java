package io.kuber.engine.dockerfile;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes what follows an instruction apart. Pure. */
public final class Words {
  private Words() {}

  /** A list of texts in JSON; empty when the text is not one. */
  public static Optional<List<String>> json(String text) {
    if (!text.startsWith("[")) {
      return Optional.empty();
    }
    try {
      Object value = Json.parseValue(text.getBytes(StandardCharsets.UTF_8));
      boolean isList =
          value instanceof Items items && items.stream().allMatch(each -> each instanceof String);
      return isList ? Optional.of(((Items) value).texts()) : Optional.empty();
    } catch (MalformedException e) {
      // Docker takes it for the shell's, too.
      return Optional.empty();
    }
  }

  /** Words between white space; quotes mean nothing. */
  public static List<String> plain(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /** Words between white space that is neither quoted nor escaped; quotes stay in them. */
  public static List<String> quoted(String text, char escape) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean isWord = false;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(each)) {
        if (isWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        isWord = false;
        continue;
      }
      isWord = true;
      word.append(each);
      if (each == escape && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
      } else if (quote == 0 && (each == '"' || each == '\'')) {
        quote = each;
      } else if (each == quote) {
        quote = 0;
      }
    }
    if (isWord) {
      words.add(word.toString());
    }
    return words;
  }

  /**
   * Reads {@code key=value key2="other value"}, or {@code key the rest} where the first word has no
   * {@code =}; quotes stay in the values.
   *
   * @throws DockerfileException when a word is no assignment
   */
  public static Map<String, String> assignments(Instruction of, char escape)
      throws DockerfileException {
    of.needsArguments();
    List<String> words = quoted(of.rest(), escape);
    Map<String, String> found = new LinkedHashMap<>();
    if (words.get(0).indexOf('=') < 0) {
      String[] parts = of.rest().split("\\s+", 2);
      if (parts.length < 2) {
        throw of.fault(of.name() + " must have two arguments");
      }
      found.put(parts[0], parts[1]);
      return found;
    }
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw of.fault(
            "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
      }
      if (equals == 0) {
        throw of.fault(of.name() + " names can not be blank");
      }
      found.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return found;
  }
}
