package io.kuber.resource.check;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.selector.LabelSyntax;
import java.util.regex.Pattern;

/** The forms that names may have (apimachinery, pkg/util/validation). */
public enum Names implements NameForm {
  /** RFC 1123 label: most names that end up in DNS. */
  LABEL(
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
      63,
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '%s')"),
  /** RFC 1123 subdomain: the names of most objects. */
  SUBDOMAIN(
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
      253,
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is '%s')"),
  /** RFC 1035 label: the names of services. */
  LABEL_1035(
      "[a-z]([-a-z0-9]*[a-z0-9])?",
      63,
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
          + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
          + " 'abc-123', regex used for validation is '%s')"),
  /** A subdomain behind {@code *.}, which stands for any one label. */
  WILDCARD(
      "\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
      253,
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which"
          + " must consist of lower case alphanumeric characters, '-' or '.' and end with an"
          + " alphanumeric character (e.g. '*.example.com', regex used for validation is '%s')"),
  /** A key of a ConfigMap or Secret. */
  CONFIG_KEY(
      "[-._a-zA-Z0-9]+",
      253,
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
          + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '%s')");

  private final Pattern pattern;
  private final int longest;
  private final String rule;

  Names(String pattern, int longest, String rule) {
    this.pattern = Pattern.compile(pattern);
    this.longest = longest;
    this.rule = rule.formatted(pattern);
  }

  @Override
  public void check(FieldPath field, String name, Problems problems) {
    check(field, name, "", problems);
  }

  /** This form, with words in front of what is wrong. */
  public NameForm after(String words) {
    return (field, name, problems) -> check(field, name, words, problems);
  }

  private void check(FieldPath field, String name, String words, Problems problems) {
    if (name.length() > longest) {
      problems.invalid(field, name, words + "must be no more than " + longest + " bytes");
    }
    if (!pattern.matcher(name).matches()) {
      problems.invalid(field, name, words + rule);
    }
  }

  /** Whether {@code name} has this form. */
  public boolean isMatchedBy(String name) {
    return name.length() <= longest && pattern.matcher(name).matches();
  }

  /** Reports what is wrong with a key such as {@code a.io/b}. */
  public static void checkKey(FieldPath field, String key, Problems problems) {
    LabelSyntax.keyErrors(key).forEach(error -> problems.invalid(field, key, error));
  }
}
