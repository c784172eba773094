package io.kuber.resource.check;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts that have to be there, and texts that have to have a form. */
public final class Texts {
  private static final int MAX_DRIVER = 63;
  private static final int MIN_SEGMENTS = 3;
  private static final String HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
  private static final Pattern HTTP_PATH_PATTERN = Pattern.compile(HTTP_PATH);

  private Texts() {}

  /** Reports a text that is missing. */
  public static void checkSet(FieldPath path, Tree tree, String name, Problems problems) {
    if (tree.text(name).isEmpty()) {
      problems.required(path.child(name), "");
    }
  }

  /** Reports a text that is missing or has not the form. */
  public static void checkSet(
      FieldPath path, Tree tree, String name, NameForm form, Problems problems) {
    checkSet(path, tree, name, problems);
    checkForm(path, tree, name, form, problems);
  }

  /** Reports a text that has not the form; a missing one is no problem. */
  public static void checkForm(
      FieldPath path, Tree tree, String name, NameForm form, Problems problems) {
    if (!tree.text(name).isEmpty()) {
      form.check(path.child(name), tree.text(name), problems);
    }
  }

  /** Reports a text that has not the form, be it that it is empty; only none is no problem. */
  public static void checkFormIfPresent(
      FieldPath path, Tree tree, String name, NameForm form, Problems problems) {
    if (tree.has(name)) {
      form.check(path.child(name), tree.text(name), problems);
    }
  }

  /** Reports a text that is missing or none of those there are. */
  public static void checkOneOf(
      FieldPath path, Tree tree, String name, List<String> supported, Problems problems) {
    String value = tree.text(name);
    if (!supported.contains(value)) {
      problems.notSupported(path.child(name), value, supported);
    }
  }

  /** Reports items that are none of those there are, at their own index. */
  public static void checkEachOneOf(
      FieldPath field, Items values, List<String> supported, Problems problems) {
    List<String> texts = values.texts();
    for (int i = 0; i < texts.size(); i++) {
      if (!supported.contains(texts.get(i))) {
        problems.notSupported(field.index(i), texts.get(i), supported);
      }
    }
  }

  /** Reports items that stand in the list a second time, at their own index. */
  public static void checkUnique(FieldPath field, List<String> values, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).isEmpty() && !seen.add(values.get(i))) {
        problems.duplicate(field.index(i), values.get(i));
      }
    }
  }

  /** Reports the name of a driver of volumes that is none (ValidateCSIDriverName). */
  public static void checkDriver(FieldPath field, String name, Problems problems) {
    if (name.isEmpty()) {
      problems.required(field, "");
    }
    if (name.length() > MAX_DRIVER) {
      problems.tooLong(field, MAX_DRIVER);
    }
    Problems form = new Problems();
    Names.SUBDOMAIN.check(field, name.toLowerCase(Locale.ROOT), form);
    form.found().forEach(problem -> problems.invalid(field, name, detail(problem.message())));
  }

  private static String detail(String message) {
    return message.substring(message.indexOf("\": ") + 3);
  }

  /** Reports a domain of fewer than three labels (IsFullyQualifiedName). */
  public static void checkFullyQualified(FieldPath field, String name, Problems problems) {
    if (name.isEmpty()) {
      problems.required(field, "");
    } else if (!Names.SUBDOMAIN.isMatchedBy(name)) {
      Names.SUBDOMAIN.check(field, name, problems);
    } else if (name.split("\\.", -1).length < MIN_SEGMENTS) {
      problems.invalid(
          field, name, "should be a domain with at least three segments separated by dots");
    }
  }

  /** Reports what is not of the form {@code acme.io/foo} (IsDomainPrefixedPath). */
  public static void checkDomainPrefixedPath(FieldPath field, String value, Problems problems) {
    int slash = value.indexOf('/');
    if (slash <= 0 || slash == value.length() - 1) {
      problems.invalid(field, value, "must be a domain-prefixed path (such as \"acme.io/foo\")");
      return;
    }
    Names.SUBDOMAIN.check(field, value.substring(0, slash), problems);
    String path = value.substring(slash + 1);
    if (!HTTP_PATH_PATTERN.matcher(path).matches()) {
      problems.invalid(
          field, path, "Invalid path (regex used for validation is '" + HTTP_PATH + "')");
    }
  }
}
