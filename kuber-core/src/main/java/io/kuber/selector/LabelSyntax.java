package io.kuber.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What keys and values of labels may look like, and what Kubernetes says when they do not
 * (k8s.io/apimachinery, pkg/util/validation).
 */
public final class LabelSyntax {
  private static final int MAX_NAME = 63;
  private static final int MAX_SUBDOMAIN = 253;

  private static final String NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String VALUE = "(" + NAME + ")?";
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";

  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);
  private static final Pattern VALUE_PATTERN = Pattern.compile(VALUE);
  private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);

  private static final String NAME_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', "
          + regex(NAME);
  private static final String VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', "
          + regex(VALUE);
  private static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', "
          + regex(SUBDOMAIN);

  private LabelSyntax() {}

  /** What is wrong with a key ({@code [prefix/]name}); empty when nothing is. */
  public static List<String> keyErrors(String key) {
    String[] parts = key.split("/", -1);
    if (parts.length > 2) {
      return List.of(
          "a qualified name "
              + NAME_RULE
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    List<String> errors = new ArrayList<>();
    if (parts.length == 2) {
      prefixErrors(parts[0]).forEach(error -> errors.add("prefix part " + error));
    }
    nameErrors(parts[parts.length - 1]).forEach(error -> errors.add("name part " + error));
    return errors;
  }

  /** What is wrong with a value; empty when nothing is. */
  public static List<String> valueErrors(String value) {
    List<String> errors = new ArrayList<>();
    if (value.length() > MAX_NAME) {
      errors.add(tooLong(MAX_NAME));
    }
    if (!VALUE_PATTERN.matcher(value).matches()) {
      errors.add(VALUE_RULE);
    }
    return errors;
  }

  private static List<String> prefixErrors(String prefix) {
    if (prefix.isEmpty()) {
      return List.of("must be non-empty");
    }
    List<String> errors = new ArrayList<>();
    if (prefix.length() > MAX_SUBDOMAIN) {
      errors.add(tooLong(MAX_SUBDOMAIN));
    }
    if (!SUBDOMAIN_PATTERN.matcher(prefix).matches()) {
      errors.add(SUBDOMAIN_RULE);
    }
    return errors;
  }

  private static List<String> nameErrors(String name) {
    List<String> errors = new ArrayList<>();
    if (name.isEmpty()) {
      errors.add("must be non-empty");
    } else if (name.length() > MAX_NAME) {
      errors.add(tooLong(MAX_NAME));
    }
    if (!NAME_PATTERN.matcher(name).matches()) {
      errors.add(NAME_RULE);
    }
    return errors;
  }

  private static String tooLong(int limit) {
    return "must be no more than " + limit + " bytes";
  }

  private static String regex(String pattern) {
    return "regex used for validation is '" + pattern + "')";
  }
}
