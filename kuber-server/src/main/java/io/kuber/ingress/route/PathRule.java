package io.kuber.ingress.route;

import java.util.Comparator;

/**
 * What paths a rule is for, and where it leads.
 *
 * @param path the rule's own path; a prefix ends without a slash
 */
record PathRule(Type type, String path, Destination destination) {
  /** The longest path first, and an exact one before a prefix of the same length. */
  static final Comparator<PathRule> BEST_FIRST =
      Comparator.comparingInt((PathRule rule) -> rule.path.length())
          .reversed()
          .thenComparing(PathRule::type);

  /** How a rule's path is compared with a request's. */
  enum Type {
    EXACT,
    /** By elements: {@code /a} leads {@code /a/b}, and not {@code /ab}. */
    PREFIX,
    /** By the expression of the destination's rewriting. */
    EXPRESSION
  }

  static PathRule exact(String path, Destination destination) {
    return new PathRule(Type.EXACT, path, destination);
  }

  static PathRule expression(String path, Destination destination) {
    return new PathRule(Type.EXPRESSION, path, destination);
  }

  static PathRule prefix(String path, Destination destination) {
    String withoutSlash = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new PathRule(Type.PREFIX, withoutSlash, destination);
  }

  boolean matches(String requested) {
    return switch (type) {
      case EXACT -> requested.equals(path);
      case PREFIX ->
          requested.startsWith(path)
              && (requested.length() == path.length() || requested.charAt(path.length()) == '/');
      case EXPRESSION -> destination.rewrite().orElseThrow().matches(requested);
    };
  }
}
