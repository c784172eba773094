package io.kuber.resource.builtin.registration;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.Conversion;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What both kinds of webhook configurations have in common. */
final class Webhooks {
  static final Columns COLUMNS =
      Columns.none()
          .name()
          .integer("Webhooks", (object, now) -> (long) object.tree().items("webhooks").size())
          .age();

  private static final FieldPath WEBHOOKS = FieldPath.ROOT.child("webhooks");

  /** New objects of {@code v1} must say that they have no side effects, or none on a dry run. */
  static final Conversion STRICT =
      new Conversion() {
        @Override
        public void checkCreate(KubeObject sent, Problems problems) {
          List<Tree> hooks = sent.tree().items("webhooks").trees();
          for (int i = 0; i < hooks.size(); i++) {
            if (hooks.get(i).has("sideEffects")) {
              Texts.checkOneOf(
                  WEBHOOKS.index(i),
                  hooks.get(i),
                  "sideEffects",
                  WebhookCheck.SIDE_EFFECTS,
                  problems);
            }
          }
        }
      };

  private Webhooks() {}

  static KubeObject defaulted(KubeObject configuration, UnaryOperator<Tree> more) {
    return KubeObject.of(
        configuration.tree().withEach("webhooks", hook -> more.apply(defaulted(hook))));
  }

  private static Tree defaulted(Tree hook) {
    return hook.withDefault("failurePolicy", "Fail")
        .withDefault("matchPolicy", "Equivalent")
        .withDefault("namespaceSelector", Tree.EMPTY)
        .withDefault("objectSelector", Tree.EMPTY)
        .withDefault("timeoutSeconds", 10L)
        .withEach("rules", rule -> rule.withDefault("scope", "*"))
        .withChild(
            "clientConfig",
            client -> client.withChild("service", service -> service.withDefault("port", 443L)));
  }

  static boolean isNewGeneration(KubeObject updated, KubeObject old) {
    return !updated.tree().items("webhooks").equals(old.tree().items("webhooks"));
  }

  static void check(KubeObject configuration, Problems problems) {
    MetadataCheck.check(configuration, Names.SUBDOMAIN, problems);
    List<Tree> hooks = configuration.tree().items("webhooks").trees();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < hooks.size(); i++) {
      WebhookCheck.check(WEBHOOKS.index(i), hooks.get(i), problems);
      String name = hooks.get(i).text("name");
      if (!name.isEmpty() && !names.add(name)) {
        problems.duplicate(WEBHOOKS.index(i).child("name"), name);
      }
    }
  }
}
