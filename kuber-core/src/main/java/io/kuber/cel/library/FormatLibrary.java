package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.global;
import static io.kuber.cel.library.Overload.member;

import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Opaque;
import io.kuber.cel.value.Texts;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.selector.LabelSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Named forms of texts (apiserver, pkg/cel/library/format.go). */
final class FormatLibrary {
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private static final List<Format> ALL =
      List.of(
          name("dns1123Label", Names.LABEL, ""),
          name("dns1123Subdomain", Names.SUBDOMAIN, ""),
          name("dns1035Label", Names.LABEL_1035, ""),
          name("dns1123LabelPrefix", Names.LABEL, "a"),
          name("dns1123SubdomainPrefix", Names.SUBDOMAIN, "a"),
          name("dns1035LabelPrefix", Names.LABEL_1035, "a"),
          new Format("qualifiedName", LabelSyntax::keyErrors),
          new Format("labelValue", LabelSyntax::valueErrors),
          new Format("uri", text -> unless(UrlLibrary.isUrl(text), "invalid URI")),
          new Format(
              "uuid",
              text -> unless(UUID.matcher(text).matches(), "does not match the UUID format")),
          new Format("byte", text -> unless(parses(() -> Texts.base64(text)), "invalid base64")),
          new Format(
              "date",
              text ->
                  unless(
                      DATE.matcher(text).matches() && parses(() -> Texts.timestamp(text)),
                      "invalid date")),
          new Format(
              "datetime",
              text ->
                  unless(
                      !DATE.matcher(text).matches() && parses(() -> Texts.timestamp(text)),
                      "invalid datetime")));

  private FormatLibrary() {}

  private interface Check {
    List<String> errors(String text);
  }

  /** A named form. */
  private record Format(String name, Check check) implements Opaque {
    @Override
    public String typeName() {
      return "kubernetes.NamedFormat";
    }
  }

  static List<Overload> overloads() {
    List<Overload> all = new ArrayList<>();
    for (Format format : ALL) {
      all.add(
          global(
              "format." + format.name(),
              "format-" + format.name(),
              "-> kubernetes.NamedFormat",
              (args, m) -> format));
    }
    all.add(
        global(
            "format.named",
            "format-named",
            "string -> optional(kubernetes.NamedFormat)",
            (args, m) -> ALL.stream().filter(format -> format.name().equals(args[0])).findFirst()));
    all.add(
        member(
            "validate",
            "format-validate",
            "kubernetes.NamedFormat, string -> optional(list(string))",
            (args, m) -> validate((Format) args[0], (String) args[1])));
    return all;
  }

  private static Object validate(Format format, String text) {
    List<String> errors = format.check().errors(text);
    return errors.isEmpty() ? Optional.empty() : Optional.of(errors);
  }

  private static Format name(String name, Names form, String suffix) {
    return new Format(
        name,
        text -> {
          Problems problems = new Problems();
          String whole = text.endsWith("-") && !suffix.isEmpty() ? text + suffix : text;
          form.check(FieldPath.ROOT, whole, problems);
          String prefix = "Invalid value: \"" + whole + "\": ";
          return problems.found().stream()
              .map(problem -> problem.message().replace(prefix, ""))
              .toList();
        });
  }

  private static List<String> unless(boolean holds, String error) {
    return holds ? List.of() : List.of(error);
  }

  private static boolean parses(Runnable parser) {
    try {
      parser.run();
      return true;
    } catch (CelFailure wrong) {
      return false;
    }
  }
}
