package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Definitions as {@code apiextensions.k8s.io/v1beta1} writes them: what all versions share stands
 * once at the top (apiextensions-apiserver, pkg/apis/apiextensions/v1/conversion.go). Upstream
 * checks definitions of every version in this form, which is why messages name its paths.
 */
public final class BetaForm implements Conversion {
  /** What may stand at the top, and the name it has in a version. */
  private static final List<Shared> SHARED =
      List.of(
          new Shared("subresources", "subresources"),
          new Shared("validation", "schema"),
          new Shared("additionalPrinterColumns", "additionalPrinterColumns"),
          new Shared("selectableFields", "selectableFields"));

  @Override
  public KubeObject toStored(KubeObject sent) {
    return toV1(sent);
  }

  @Override
  public KubeObject fromStored(KubeObject stored) {
    return fromV1(stored);
  }

  private record Shared(String top, String perVersion) {}

  /** A definition of v1beta1 in the words of v1, with the defaults that v1beta1 has of its own. */
  static KubeObject toV1(KubeObject beta) {
    Tree spec = beta.spec();
    List<Object> versions = new ArrayList<>(named(spec).trees());
    Tree v1 = spec.without("version");
    for (Shared shared : SHARED) {
      Object top = spec.get(shared.top());
      v1 = v1.without(shared.top());
      if (top != null) {
        versions.replaceAll(version -> ((Tree) version).with(shared.perVersion(), top));
      }
    }
    versions.replaceAll(version -> withPathsNamed((Tree) version, "JSONPath", "jsonPath"));
    v1 = v1.with("versions", Items.copyOf(versions));
    if (spec.text("scope").isEmpty()) {
      v1 = v1.with("scope", "Namespaced");
    }
    v1 =
        Boolean.FALSE.equals(spec.get("preserveUnknownFields"))
            ? v1.without("preserveUnknownFields")
            : v1.with("preserveUnknownFields", true);
    if (spec.get("conversion") instanceof Tree conversion) {
      v1 = v1.with("conversion", conversionToV1(conversion));
    }
    return beta.with(v1, "spec");
  }

  private static Items named(Tree spec) {
    Items versions = spec.items("versions");
    String only = spec.text("version");
    return versions.isEmpty() && !only.isEmpty()
        ? Items.of(Tree.of("name", only, "served", true, "storage", true))
        : versions;
  }

  private static Tree conversionToV1(Tree conversion) {
    Tree webhook = Tree.EMPTY;
    if (conversion.has("webhookClientConfig")) {
      webhook = webhook.with("clientConfig", conversion.tree("webhookClientConfig"));
    }
    if (conversion.has("conversionReviewVersions")) {
      webhook =
          webhook.with("conversionReviewVersions", conversion.items("conversionReviewVersions"));
    } else if (conversion.text("strategy").equals("Webhook")) {
      webhook = webhook.with("conversionReviewVersions", Items.of("v1beta1"));
    }
    Tree v1 = conversion.without("webhookClientConfig").without("conversionReviewVersions");
    return webhook.isEmpty() ? v1 : v1.with("webhook", webhook);
  }

  /** A definition of v1 in the words of v1beta1. */
  static KubeObject fromV1(KubeObject v1) {
    return v1.with(spec(v1.spec()), "spec");
  }

  /** The spec of a definition of v1 in the words of v1beta1. */
  static Tree spec(Tree v1) {
    List<Tree> versions =
        new ArrayList<>(
            v1.items("versions").trees().stream()
                .map(version -> withPathsNamed(version, "jsonPath", "JSONPath"))
                .toList());
    Tree beta = v1.without("versions");
    if (!v1.has("preserveUnknownFields")) {
      beta = beta.with("preserveUnknownFields", false);
    }
    if (!versions.isEmpty()) {
      beta = beta.with("version", versions.get(0).text("name"));
    }
    for (Shared shared : SHARED) {
      Object top = versions.isEmpty() ? null : versions.get(0).get(shared.perVersion());
      if (top != null && versions.stream().allMatch(v -> top.equals(v.get(shared.perVersion())))) {
        beta = beta.with(shared.top(), top);
        versions.replaceAll(version -> version.without(shared.perVersion()));
      }
    }
    beta = beta.with("versions", Items.copyOf(versions));
    return v1.get("conversion") instanceof Tree conversion
        ? beta.with("conversion", conversionFromV1(conversion))
        : beta;
  }

  private static Tree conversionFromV1(Tree conversion) {
    Tree webhook = conversion.tree("webhook");
    Tree beta = conversion.without("webhook");
    if (webhook.has("clientConfig")) {
      beta = beta.with("webhookClientConfig", webhook.tree("clientConfig"));
    }
    return webhook.has("conversionReviewVersions")
        ? beta.with("conversionReviewVersions", webhook.items("conversionReviewVersions"))
        : beta;
  }

  private static Tree withPathsNamed(Tree version, String old, String name) {
    Items columns = version.items("additionalPrinterColumns");
    UnaryOperator<Object> renamed =
        column ->
            column instanceof Tree tree && tree.get(old) instanceof String path
                ? tree.without(old).with(name, path)
                : column;
    return columns.isEmpty()
        ? version
        : version.with(
            "additionalPrinterColumns", Items.of(columns.stream().map(renamed).toArray()));
  }
}
