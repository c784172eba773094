package io.kuber.resource.builtin.registration;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.check.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one webhook may say (pkg/apis/admissionregistration/validation). */
final class WebhookCheck {
  private static final List<String> VERSIONS = List.of("v1", "v1beta1");

  /** Of {@code v1}, which wants to know. */
  static final List<String> SIDE_EFFECTS = List.of("None", "NoneOnDryRun");

  private static final List<String> OLD_SIDE_EFFECTS =
      List.of("None", "NoneOnDryRun", "Some", "Unknown");
  private static final int MAX_SECONDS = 30;

  private WebhookCheck() {}

  static void check(FieldPath field, Tree hook, Problems problems) {
    Texts.checkFullyQualified(field.child("name"), hook.text("name"), problems);
    MatchCheck.checkRules(field.child("rules"), hook.items("rules"), problems);
    Texts.checkOneOf(field, hook, "failurePolicy", MatchCheck.FAILURE_POLICIES, problems);
    Texts.checkOneOf(field, hook, "matchPolicy", MatchCheck.MATCH_POLICIES, problems);
    if (hook.has("sideEffects")) {
      Texts.checkOneOf(field, hook, "sideEffects", OLD_SIDE_EFFECTS, problems);
    } else {
      problems.required(
          field.child("sideEffects"), "must specify one of " + String.join(", ", SIDE_EFFECTS));
    }
    long seconds = hook.number(1, "timeoutSeconds");
    if (seconds < 1 || seconds > MAX_SECONDS) {
      problems.invalid(
          field.child("timeoutSeconds"),
          seconds,
          "the timeout value must be between 1 and 30 seconds");
    }
    for (String selector : new String[] {"namespaceSelector", "objectSelector"}) {
      SelectorCheck.check(field.child(selector), hook.tree(selector), problems);
    }
    Numbers.checkOneOf(field, hook, "reinvocationPolicy", MatchCheck.REINVOCATIONS, problems);
    checkClient(field.child("clientConfig"), hook.tree("clientConfig"), problems);
    MatchCheck.checkConditions(
        field.child("matchConditions"), hook.items("matchConditions"), problems);
    checkVersions(
        field.child("admissionReviewVersions"), hook.items("admissionReviewVersions"), problems);
  }

  private static void checkClient(FieldPath field, Tree client, Problems problems) {
    if (client.has("url") == client.has("service")) {
      problems.required(field, "exactly one of url or service is required");
    } else if (client.has("url")) {
      checkUrl(field.child("url"), client.text("url"), problems);
    } else {
      checkService(field.child("service"), client.tree("service"), problems);
    }
  }

  /** The form is that of apiserver, pkg/util/webhook/validation.go. */
  private static void checkUrl(FieldPath field, String url, Problems problems) {
    String form = "; desired format: https://host[/path]";
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      problems.required(field, "url must be a valid URL: " + e.getMessage() + form);
      return;
    }
    if (!"https".equals(uri.getScheme())) {
      problems.invalid(
          field, String.valueOf(uri.getScheme()), "'https' is the only allowed URL scheme" + form);
    }
    if (uri.getRawAuthority() == null) {
      problems.invalid(field, "", "host must be specified" + form);
    }
    if (uri.getRawUserInfo() != null) {
      problems.invalid(field, uri.getRawUserInfo(), "user information is not permitted in the URL");
    }
    if (uri.getRawFragment() != null) {
      problems.invalid(field, uri.getRawFragment(), "fragments are not permitted in the URL");
    }
    if (uri.getRawQuery() != null) {
      problems.invalid(field, uri.getRawQuery(), "query parameters are not permitted in the URL");
    }
  }

  private static void checkService(FieldPath field, Tree service, Problems problems) {
    if (service.text("name").isEmpty()) {
      problems.required(field.child("name"), "service name is required");
    }
    if (service.text("namespace").isEmpty()) {
      problems.required(field.child("namespace"), "service namespace is required");
    }
    Problems port = new Problems();
    Numbers.checkPort(field.child("port"), service.number(0, "port"), port);
    if (!port.isEmpty()) {
      problems.invalid(
          field.child("port"),
          service.number(0, "port"),
          "port is not valid: must be between 1 and 65535, inclusive");
    }
    if (service.has("path")) {
      checkPath(field.child("path"), service.text("path"), problems);
    }
  }

  private static void checkPath(FieldPath field, String path, Problems problems) {
    if (!path.startsWith("/")) {
      problems.invalid(field, path, "must start with a '/'");
    }
    String inner = path.replaceFirst("^/", "").replaceFirst("/$", "");
    String[] segments = inner.isEmpty() ? new String[0] : inner.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      if (segments[i].isEmpty()) {
        problems.invalid(field, path, "segment[" + i + "] may not be empty");
      } else if (!Names.SUBDOMAIN.isMatchedBy(segments[i])) {
        Names.SUBDOMAIN.check(field, segments[i], problems);
      }
    }
  }

  private static void checkVersions(FieldPath field, Items versions, Problems problems) {
    List<String> texts = versions.texts();
    if (texts.isEmpty()) {
      problems.required(field, "must specify one of " + String.join(", ", VERSIONS));
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      if (seen.add(texts.get(i))) {
        Names.LABEL_1035.check(field.index(i), texts.get(i), problems);
      } else {
        problems.invalid(field.index(i), texts.get(i), "duplicate version");
      }
    }
    if (VERSIONS.stream().noneMatch(texts::contains)) {
      problems.invalid(
          field, versions, "must include at least one of " + String.join(", ", VERSIONS));
    }
  }
}
