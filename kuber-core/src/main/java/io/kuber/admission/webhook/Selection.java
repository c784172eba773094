package io.kuber.admission.webhook;

import io.kuber.api.Admission.Request;
import io.kuber.api.ApiException;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a webhook is asked about a write (generic/webhook.go, ShouldCallHook). Pure. */
final class Selection {
  private static final String REGISTRATION = "admissionregistration.k8s.io";

  /** Parts of objects that are written in a form of their own, which is not at hand here. */
  private static final Set<String> UNSEEN = Set.of("binding", "scale");

  private Selection() {}

  /** What the webhook is to be asked; empty when it is not. */
  static Optional<Question> of(Hook hook, Request request) {
    if (!isInNamespace(hook, request) || !isSelected(hook.objects(), request)) {
      return Optional.empty();
    }
    Optional<Question> question =
        version(hook, request).map(served -> Question.of(request, served));
    return hook.conditions().isEmpty()
        ? question
        : question.filter(asked -> meetsConditions(hook, asked));
  }

  /** Whether any webhook may be asked about the kind at all. */
  static boolean isShown(ResourceType type, String subresource) {
    return !type.group().equals(REGISTRATION) && !UNSEEN.contains(subresource);
  }

  /** Whether the webhook may have a say about the resource, whatever is done with it. */
  static boolean mayConcern(Hook hook, Kind kind, String subresource) {
    return isShown(kind.type(), subresource)
        && kind.served().stream()
            .anyMatch(
                served ->
                    hook.rules().stream().anyMatch(rule -> rule.isOf(served.type(), subresource)));
  }

  /** The version in which the webhook wants the object: that of the request, or another one. */
  private static Optional<Served> version(Hook hook, Request request) {
    Kind kind = request.kind();
    if (!isShown(kind.type(), request.subresource())) {
      return Optional.empty();
    }
    ResourceType asked = request.context().asked();
    Optional<Served> same =
        kind.served().stream()
            .filter(served -> isSame(served.type(), asked))
            .filter(served -> wants(hook, request, served.type()))
            .findFirst();
    if (same.isPresent() || hook.isExact()) {
      return same;
    }
    return hook.rules().stream()
        .flatMap(
            rule -> kind.served().stream().filter(served -> wants(rule, request, served.type())))
        .findFirst();
  }

  private static boolean isSame(ResourceType one, ResourceType other) {
    return one.apiVersion().equals(other.apiVersion()) && one.plural().equals(other.plural());
  }

  private static boolean wants(Hook hook, Request request, ResourceType type) {
    return hook.rules().stream().anyMatch(rule -> wants(rule, request, type));
  }

  private static boolean wants(HookRule rule, Request request, ResourceType type) {
    return rule.matches(
        Question.operation(request.verb()), type, request.subresource(), type.namespaced());
  }

  /** Objects of cluster scope are in any namespace, but for namespaces, which are in themselves. */
  private static boolean isInNamespace(Hook hook, Request request) {
    if (hook.namespaces().equals(LabelSelector.EVERYTHING)) {
      return true;
    }
    KubeObject object = request.object();
    boolean isNamespace = request.kind().type().equals(Resources.NAMESPACES);
    if (isNamespace && request.verb() != Verb.DELETE && request.subresource().isEmpty()) {
      return hook.namespaces().test(object.labels());
    }
    String name = isNamespace ? object.name() : object.namespace();
    return name.isEmpty() || hook.namespaces().test(namespace(request.image(), name).labels());
  }

  private static KubeObject namespace(Image image, String name) {
    Stored stored = image.get(Resources.NAMESPACES.key("", name));
    if (stored == null) {
      throw Failures.notFound(Resources.NAMESPACES, name);
    }
    return stored.object();
  }

  /** One of both states has to be selected. */
  private static boolean isSelected(LabelSelector selector, Request request) {
    return selector.test(request.object().labels()) || isSelected(selector, request.old());
  }

  private static boolean isSelected(LabelSelector selector, @Nullable KubeObject old) {
    return old != null && selector.test(old.labels());
  }

  private static boolean meetsConditions(Hook hook, Question question) {
    MatchConditions.Result result = hook.conditions().of(question.variables());
    if (result.complaint().isPresent() && !hook.isLenient()) {
      throw refused(question.request(), result.complaint().get());
    }
    return result.matches();
  }

  private static ApiException refused(Request request, String why) {
    return Failures.forbidden(request.kind().type(), request.object().name(), why);
  }
}
