package io.kuber.ingress.route;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Another path for the backend, as {@code nginx.ingress.kubernetes.io/rewrite-target} has it: the
 * rule's path is an expression, and {@code $1}, {@code $2} in the target are its groups. RE2 takes
 * time in proportion to the path, whatever people write.
 */
public record Rewrite(Pattern expression, String target) {
  /**
   * The rewriting of a rule.
   *
   * @throws com.google.re2j.PatternSyntaxException when the path is no expression
   */
  static Rewrite of(String path, String target) {
    return new Rewrite(Pattern.compile("^" + path, Pattern.CASE_INSENSITIVE), target);
  }

  /** Whether the rule is for that path. */
  boolean matches(String path) {
    return expression.matcher(path).find();
  }

  /** The path that the backend gets. */
  public String apply(String path) {
    Matcher matcher = expression.matcher(path);
    if (!matcher.find()) {
      return path;
    }
    StringBuilder rewritten = new StringBuilder();
    for (int i = 0; i < target.length(); i++) {
      char here = target.charAt(i);
      int group = i + 1 < target.length() ? Character.digit(target.charAt(i + 1), 10) : -1;
      if (here == '$' && group >= 0) {
        rewritten.append(group(matcher, group));
        i++;
      } else {
        rewritten.append(here);
      }
    }
    return rewritten.isEmpty() || rewritten.charAt(0) != '/'
        ? "/" + rewritten
        : rewritten.toString();
  }

  private static String group(Matcher matcher, int group) {
    String text = group <= matcher.groupCount() ? matcher.group(group) : null;
    return text == null ? "" : text;
  }
}
