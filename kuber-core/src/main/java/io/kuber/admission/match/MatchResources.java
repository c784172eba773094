package io.kuber.admission.match;

import io.kuber.api.Admission.Request;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which writes a webhook, a policy or a binding of one is about (plugin/webhook/generic/webhook.go,
 * plugin/policy/matching/matching.go).
 *
 * @param rules one of which has to fit
 * @param excluded none of which may fit
 * @param isExact whether it is about requests for the versions of its rules alone
 * @param namespaces in which namespaces
 * @param objects about which objects, as they were or as they are to be
 */
public record MatchResources(
    List<MatchRule> rules,
    List<MatchRule> excluded,
    boolean isExact,
    LabelSelector namespaces,
    LabelSelector objects) {
  private static final String REGISTRATION = "admissionregistration.k8s.io";

  /** Copies the rules. */
  public MatchResources {
    rules = List.copyOf(rules);
    excluded = List.copyOf(excluded);
  }

  /** What a webhook is about. */
  public static MatchResources ofHook(Tree hook) {
    return of(hook, "rules");
  }

  /**
   * What a policy or a binding is about: its {@code matchConstraints} or {@code matchResources}.
   */
  public static MatchResources ofPolicy(Tree match) {
    return of(match, "resourceRules");
  }

  private static MatchResources of(Tree match, String rules) {
    return new MatchResources(
        rules(match, rules),
        rules(match, "excludeResourceRules"),
        match.text("matchPolicy").equals("Exact"),
        LabelSelector.of(match.tree("namespaceSelector")),
        LabelSelector.of(match.tree("objectSelector")));
  }

  private static List<MatchRule> rules(Tree match, String list) {
    return match.items(list).trees().stream().map(MatchRule::of).toList();
  }

  /** Whether anybody may be asked about the kind at all. */
  public static boolean isShown(ResourceType type) {
    return !type.group().equals(REGISTRATION);
  }

  /** Whether this may be about the resource, whatever is done with it. */
  public boolean mayConcern(Kind kind, String subresource) {
    return isShown(kind.type())
        && kind.served().stream()
            .anyMatch(
                served -> rules.stream().anyMatch(rule -> rule.isOf(served.type(), subresource)));
  }

  /** Whether this is about a write; no rules are as good as one that fits all. */
  public boolean admits(Request request) {
    return rules.isEmpty()
        ? isSelected(request) && !isExcluded(request)
        : version(request).isPresent();
  }

  /** The version in which the write is to be seen: that of the request, or another one. */
  public Optional<Served> version(Request request) {
    Kind kind = request.kind();
    if (!isShown(kind.type()) || !isSelected(request) || isExcluded(request)) {
      return Optional.empty();
    }
    ResourceType asked = request.context().asked();
    Optional<Served> same =
        kind.served().stream()
            .filter(served -> isSame(served.type(), asked))
            .filter(served -> fits(rules, request, served.type()))
            .findFirst();
    if (same.isPresent() || isExact) {
      return same;
    }
    return rules.stream()
        .flatMap(
            rule -> kind.served().stream().filter(served -> fits(rule, request, served.type())))
        .findFirst();
  }

  private boolean isExcluded(Request request) {
    return !excluded.isEmpty()
        && request.kind().served().stream()
            .filter(served -> !isExact || isSame(served.type(), request.context().asked()))
            .anyMatch(served -> fits(excluded, request, served.type()));
  }

  private static boolean isSame(ResourceType one, ResourceType other) {
    return one.apiVersion().equals(other.apiVersion()) && one.plural().equals(other.plural());
  }

  private static boolean fits(List<MatchRule> rules, Request request, ResourceType type) {
    return rules.stream().anyMatch(rule -> fits(rule, request, type));
  }

  private static boolean fits(MatchRule rule, Request request, ResourceType type) {
    return rule.matches(Question.operation(request), type, request.subresource(), type.namespaced())
        && rule.isAbout(request.object().name());
  }

  private boolean isSelected(Request request) {
    return isInNamespace(request)
        && (isSelected(request, request.isConnect() ? null : request.object())
            || isSelected(request, request.old()));
  }

  /** What is not there, and what cannot have labels, fits only those that want nothing of them. */
  private boolean isSelected(Request request, @Nullable KubeObject object) {
    return object == null
        ? objects.equals(LabelSelector.EVERYTHING)
        : objects.test(request.context().shown(object).labels());
  }

  /** Objects of cluster scope are in any namespace, but for namespaces, which are in themselves. */
  private boolean isInNamespace(Request request) {
    if (namespaces.equals(LabelSelector.EVERYTHING)) {
      return true;
    }
    KubeObject object = request.object();
    boolean isNamespace = request.kind().type().equals(Resources.NAMESPACES);
    if (isNamespace && request.verb() != Verb.DELETE && request.subresource().isEmpty()) {
      return namespaces.test(object.labels());
    }
    String name = isNamespace ? object.name() : object.namespace();
    return name.isEmpty() || namespaces.test(namespace(request.image(), name).labels());
  }

  private static KubeObject namespace(Image image, String name) {
    Stored stored = image.get(Resources.NAMESPACES.key("", name));
    if (stored == null) {
      throw Failures.notFound(Resources.NAMESPACES, name);
    }
    return stored.object();
  }
}
