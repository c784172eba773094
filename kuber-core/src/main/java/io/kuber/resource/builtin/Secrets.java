package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** {@code v1 Secret}. */
final class Secrets implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.SECRETS,
              new Secrets(),
              Columns.none()
                  .name()
                  .text("Type", (secret, now) -> secret.tree().text("type"))
                  .text("Data", (secret, now) -> Long.toString(secret.tree().tree("data").size()))
                  .age())
          .selectable("type");

  private Secrets() {}

  /** What was written as text is kept as data; it is never shown again. */
  @Override
  public KubeObject defaulted(KubeObject secret) {
    Tree data = secret.tree().tree("data");
    for (Map.Entry<String, String> text : secret.tree().tree("stringData").texts().entrySet()) {
      byte[] bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
      data = data.with(text.getKey(), Base64.getEncoder().encodeToString(bytes));
    }
    Tree tree = secret.tree().without("stringData");
    tree = data.isEmpty() ? tree : tree.with("data", data);
    return KubeObject.of(tree.text("type").isEmpty() ? tree.with("type", "Opaque") : tree);
  }

  @Override
  public void check(KubeObject secret, Problems problems) {
    MetadataCheck.check(secret, Names.SUBDOMAIN, problems);
    DataCheck.checkKeys("data", secret.tree().tree("data"), problems);
    long size = DataCheck.sizeOfBytes(secret.tree().tree("data"));
    DataCheck.checkSize(FieldPath.ROOT.child("data"), size, problems);
    SecretCheck.check(secret, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(
        FieldPath.ROOT.child("type"),
        updated.tree().text("type"),
        old.tree().text("type"),
        problems);
    DataCheck.checkImmutable(updated, old, problems, "data");
  }
}
