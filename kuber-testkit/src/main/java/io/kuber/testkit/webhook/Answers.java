package io.kuber.testkit.webhook;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reviews as they travel, from what lambdas say. */
final class Answers {
  private static final long FORBIDDEN = 403;

  private Answers() {}

  /** Answers an {@code AdmissionReview}. */
  static UnaryOperator<Tree> of(Reviewer reviewer) {
    return review -> {
      Tree request = review.tree("request");
      Verdict verdict = reviewer.review(new Review(request));
      return answer(review, response(request, verdict));
    };
  }

  private static Tree response(Tree request, Verdict verdict) {
    Tree response =
        Tree.of("uid", request.text("uid"), "allowed", verdict.reason().isEmpty())
            .with("warnings", Items.copyOf(verdict.warnings()));
    if (verdict.reason().isPresent()) {
      Tree status =
          Tree.of("message", verdict.reason().get(), "reason", "Forbidden", "code", FORBIDDEN);
      return response.with("status", status);
    }
    return verdict
        .object()
        .map(object -> response.with("patchType", "JSONPatch").with("patch", patch(object)))
        .orElse(response);
  }

  private static String patch(KubeObject object) {
    Tree whole = Tree.of("op", "replace", "path", "", "value", object.tree());
    String patch = "[" + new String(Json.print(whole), StandardCharsets.UTF_8) + "]";
    return Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers a {@code ConversionReview}. */
  static UnaryOperator<Tree> of(Converter converter) {
    return review -> {
      Tree request = review.tree("request");
      String wanted = request.text("desiredAPIVersion");
      String version = wanted.substring(wanted.indexOf('/') + 1);
      List<Tree> converted = new ArrayList<>();
      for (Tree object : request.items("objects").trees()) {
        converted.add(
            converter.convert(KubeObject.of(object), version).with(wanted, "apiVersion").tree());
      }
      return answer(
          review,
          Tree.of(
              "uid", request.text("uid"),
              "convertedObjects", Items.copyOf(converted),
              "result", Tree.of("status", "Success")));
    };
  }

  private static Tree answer(Tree review, Tree response) {
    return Tree.of(
        "kind", review.text("kind"), "apiVersion", review.text("apiVersion"), "response", response);
  }
}
