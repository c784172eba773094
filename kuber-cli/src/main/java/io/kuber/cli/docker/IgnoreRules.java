package io.kuber.cli.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a {@code .dockerignore} leaves out: patterns as of Go's {@code filepath.Match} and {@code
 * **}, each of which also speaks of all that is below; the last one that fits decides.
 */
final class IgnoreRules {
  /** Those that leave out nothing. */
  static final IgnoreRules NONE = new IgnoreRules(List.of());

  private final List<Rule> rules;

  private IgnoreRules(List<Rule> rules) {
    this.rules = rules;
  }

  private record Rule(Pattern pattern, String text, boolean keeps) {
    boolean fits(String name) {
      for (String part = name; ; part = part.substring(0, part.lastIndexOf('/'))) {
        if (pattern.matcher(part).matches()) {
          return true;
        }
        if (part.indexOf('/') < 0) {
          return false;
        }
      }
    }
  }

  /** Reads the lines of a file. */
  static IgnoreRules of(List<String> lines) {
    List<Rule> rules = new ArrayList<>();
    for (String line : lines) {
      String text = line.startsWith("#") ? "" : line.strip();
      boolean keeps = text.startsWith("!");
      String path = clean(keeps ? text.substring(1).strip() : text);
      if (!path.isEmpty()) {
        rules.add(new Rule(pattern(path), path, keeps));
      }
    }
    return new IgnoreRules(rules);
  }

  /** Whether a file is left out; the name has slashes and no leading one. */
  boolean leavesOut(String name) {
    boolean out = false;
    for (Rule rule : rules) {
      if (rule.keeps == out && rule.fits(name)) {
        out = !rule.keeps;
      }
    }
    return out;
  }

  /** Whether something below a directory that is left out may be wanted nevertheless. */
  boolean mayKeepBelow(String directory) {
    return rules.stream()
        .anyMatch(
            rule ->
                rule.keeps && (rule.text.contains("*") || rule.text.startsWith(directory + "/")));
  }

  /** Without leading and trailing slashes, and dots that lead nowhere. */
  private static String clean(String path) {
    String text = path.replaceAll("/+", "/").replaceAll("/$", "").replaceFirst("^/", "");
    while (text.startsWith("./")) {
      text = text.substring(2);
    }
    return text.equals(".") ? "" : text;
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char letter = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 3;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i += 2;
      } else if (letter == '[' && glob.indexOf(']', i + 1) > 0) {
        int end = glob.indexOf(']', i + 1);
        regex.append('[').append(glob.substring(i + 1, end).replace("\\", "\\\\")).append(']');
        i = end + 1;
      } else if (letter == '\\' && i + 1 < glob.length()) {
        regex.append(Pattern.quote(glob.substring(i + 1, i + 2)));
        i += 2;
      } else {
        regex.append(
            switch (letter) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(String.valueOf(letter));
            });
        i++;
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
