package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Numbers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a definition may say of how its versions are converted, in the form of v1beta1. */
final class ConversionCheck {
  private static final int DEFAULT_PORT = 443;
  private static final List<String> STRATEGIES = List.of("None", "Webhook");
  private static final List<String> REVIEWS = List.of("v1", "v1beta1");
  private static final String FORM = "; desired format: https://host[/path]";

  private ConversionCheck() {}

  static void check(Tree conversion, boolean preserves, FieldPath path, Problems problems) {
    if (conversion.isEmpty()) {
      return;
    }
    String strategy = conversion.text("strategy");
    if (preserves && !strategy.equals("None")) {
      problems.invalid(
          path.child("strategy"), strategy, "must be None if spec.preserveUnknownFields is true");
    }
    if (strategy.isEmpty()) {
      problems.required(path.child("strategy"), "");
    } else if (!STRATEGIES.contains(strategy)) {
      problems.notSupported(path.child("strategy"), strategy, STRATEGIES);
    }
    FieldPath client = path.child("webhookClientConfig");
    FieldPath reviews = path.child("conversionReviewVersions");
    if (strategy.equals("Webhook")) {
      checkClient(conversion, client, problems);
      checkReviews(conversion.items("conversionReviewVersions"), reviews, problems);
      return;
    }
    String must = "should not be set when strategy is not set to Webhook";
    if (conversion.has("webhookClientConfig")) {
      problems.forbidden(client, must);
    }
    if (!conversion.items("conversionReviewVersions").isEmpty()) {
      problems.forbidden(reviews, must);
    }
  }

  private static void checkClient(Tree conversion, FieldPath path, Problems problems) {
    if (!(conversion.get("webhookClientConfig") instanceof Tree client)) {
      problems.required(path, "required when strategy is set to Webhook");
    } else if (client.has("url") == client.has("service")) {
      problems.required(path, "exactly one of url or service is required");
    } else if (client.has("url")) {
      checkUrl(client.text("url"), path.child("url"), problems);
    } else {
      checkService(client.tree("service"), path.child("service"), problems);
    }
  }

  private static void checkUrl(String url, FieldPath path, Problems problems) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException malformed) {
      problems.required(path, "url must be a valid URL: " + malformed.getMessage() + FORM);
      return;
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (!scheme.equals("https")) {
      problems.invalid(path, scheme, "'https' is the only allowed URL scheme" + FORM);
    }
    if (uri.getHost() == null) {
      problems.invalid(path, "", "host must be specified" + FORM);
    }
    checkAbsent(uri.getUserInfo(), "user information is", path, problems);
    checkAbsent(uri.getFragment(), "fragments are", path, problems);
    checkAbsent(uri.getQuery(), "query parameters are", path, problems);
  }

  private static void checkAbsent(
      @Nullable String part, String what, FieldPath path, Problems problems) {
    if (part != null && !part.isEmpty()) {
      problems.invalid(path, part, what + " not permitted in the URL");
    }
  }

  private static void checkService(Tree service, FieldPath path, Problems problems) {
    for (String name : new String[] {"name", "namespace"}) {
      if (service.text(name).isEmpty()) {
        problems.required(path.child(name), "");
      }
    }
    long port = service.number(DEFAULT_PORT, "port");
    Problems range = new Problems();
    Numbers.checkPort(path.child("port"), port, range);
    if (!range.isEmpty()) {
      problems.invalid(
          path.child("port"), port, "port is not valid: must be between 1 and 65535, inclusive");
    }
    String at = service.text("path");
    if (!at.isEmpty() && !at.startsWith("/")) {
      problems.invalid(path.child("path"), at, "must start with a '/'");
    }
    if (at.equals("//")) {
      problems.invalid(path.child("path"), at, "segment[0] may not be empty");
    }
  }

  private static void checkReviews(Items versions, FieldPath path, Problems problems) {
    if (versions.isEmpty()) {
      problems.required(path, "");
      return;
    }
    Set<String> seen = new HashSet<>();
    List<String> names = versions.texts();
    for (int i = 0; i < names.size(); i++) {
      if (seen.add(names.get(i))) {
        DefinitionNames.checkLabelOrEmpty(names.get(i), path.index(i), problems);
      } else {
        problems.invalid(path.index(i), names.get(i), "duplicate version");
      }
    }
    if (REVIEWS.stream().noneMatch(seen::contains)) {
      problems.invalid(
          path, versions, "must include at least one of " + String.join(", ", REVIEWS));
    }
  }
}
