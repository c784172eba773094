package io.kuber.node.image.registry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry wants to see, from the header {@code WWW-Authenticate} (RFC 7235).
 *
 * @param scheme {@code basic}, {@code bearer}, in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final int LONGEST = 4096;
  private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z]+)(?:\\s+(.*))?");
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z_-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))\\s*,?\\s*");

  Challenge {
    parameters = Map.copyOf(parameters);
  }

  static Optional<Challenge> parse(String header) {
    Matcher scheme = SCHEME.matcher(header);
    if (header.length() > LONGEST || !scheme.matches()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    String rest = scheme.group(2) == null ? "" : scheme.group(2);
    Matcher parameter = PARAMETER.matcher(rest);
    while (parameter.lookingAt()) {
      String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
      parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value);
      parameter.region(parameter.end(), rest.length());
    }
    return Optional.of(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }
}
