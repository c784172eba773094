package io.kuber.admission.webhook;

import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets webhooks change what is written, one after the other; those that want it see once more what
 * others have changed behind them (mutating/dispatcher.go).
 */
final class Mutating implements Admission {
  private final Configurations configurations;
  private final Asking asking;
  private final Admission again;

  /**
   * A link.
   *
   * @param again the links before this one that look once more at what webhooks have changed
   */
  Mutating(Configurations configurations, Asking asking, Admission again) {
    this.configurations = configurations;
    this.asking = asking;
    this.again = again;
  }

  @Override
  public KubeObject admit(Request request) {
    List<Hook> hooks = configurations.hooks(request.image());
    if (hooks.isEmpty() || !Selection.isShown(request.kind().type(), request.subresource())) {
      return request.object();
    }
    Round first = new Round(hooks, request);
    KubeObject seen = first.run(hook -> true);
    if (!first.isChanged()) {
      return seen;
    }
    Request changed = request.with(seen);
    KubeObject looked = again.admit(changed);
    Set<String> due = looked.equals(seen) ? first.overtaken : first.reinvocable();
    return due.isEmpty()
        ? looked
        : new Round(hooks, changed.with(looked)).run(hook -> due.contains(hook.id()));
  }

  /** One pass over all webhooks. */
  private final class Round {
    private final List<Hook> hooks;
    private Request request;
    private boolean changed;

    /** Webhooks that want to be asked again if somebody changes something behind them. */
    private final List<String> waiting = new ArrayList<>();

    /** Those behind whom somebody has. */
    private final Set<String> overtaken = new HashSet<>();

    Round(List<Hook> hooks, Request request) {
      this.hooks = hooks;
      this.request = request;
    }

    boolean isChanged() {
      return changed;
    }

    Set<String> reinvocable() {
      Set<String> all = new HashSet<>(overtaken);
      all.addAll(waiting);
      return all;
    }

    KubeObject run(Predicate<Hook> isMeant) {
      for (Hook hook : hooks) {
        Optional<Question> question =
            isMeant.test(hook) ? Selection.of(hook, request) : Optional.empty();
        if (question.isPresent()) {
          ask(hook, question.get());
        }
      }
      return request.object();
    }

    private void ask(Hook hook, Question question) {
      KubeObject before = request.object();
      KubeObject after =
          asking
              .ask(hook, question, true)
              .filter(verdict -> !verdict.patch().isEmpty())
              .map(verdict -> Patched.of(hook, question, verdict.patch()))
              .orElse(before);
      if (!after.equals(before)) {
        changed = true;
        overtaken.addAll(waiting);
        waiting.clear();
        request = request.with(after);
      }
      if (hook.isReinvoked()) {
        waiting.add(hook.id());
      }
    }
  }
}
