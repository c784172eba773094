package io.kuber.admission.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.admission.match.Rounds;
import io.kuber.api.Admission.Request;
import io.kuber.api.AuditNotes;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;

/**
 * What webhooks leave in an audit log (plugin/webhook/mutating/dispatcher.go and
 * validating/dispatcher.go).
 */
final class Told {
  private static final String DOMAIN = ".webhook.admission.k8s.io/";

  private Told() {}

  /** Whether a webhook has changed what is written; how, where bodies are wanted. */
  static void mutation(
      Hook hook, Rounds.Turn turn, boolean hasChanged, Items patch, Request request) {
    AuditNotes notes = request.context().notes();
    if (!notes.isTaken()) {
      return;
    }
    Tree who = Tree.of("configuration", hook.configuration(), "webhook", hook.name());
    notes.note("mutation" + DOMAIN + turn, text(who.with("mutated", hasChanged)));
    if (notes.takesBodies() && !patch.isEmpty()) {
      notes.note(
          "patch" + DOMAIN + turn, text(who.with("patch", patch).with("patchType", "JSONPatch")));
    }
  }

  /**
   * A write went on though a webhook could not be asked; {@code kind} is what webhooks it is of.
   */
  static void failedOpen(Hook hook, String kind, Rounds.Turn turn, Request request) {
    request.context().notes().note("failed-open." + kind + DOMAIN + turn, hook.name());
  }

  /** What a webhook itself has to say. */
  static void said(Hook hook, Tree annotations, Request request) {
    annotations
        .texts()
        .forEach((key, value) -> request.context().notes().note(hook.name() + "/" + key, value));
  }

  private static String text(Tree tree) {
    return new String(Json.print(tree), UTF_8);
  }
}
