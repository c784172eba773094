package io.kuber.admission.podsecurity;

import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.resource.Problems;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Set;

/**
 * Refuses pods that the standard of their namespace forbids, and warns of templates that will make
 * such pods (pod-security-admission, admission/admission.go). Audit logs are told which standard
 * held, who is exempt, and what the standard for audits forbids.
 */
public final class PodSecurity implements Admission {
  /** Parts of pods that do not say how they run. */
  private static final Set<String> UNSEEN =
      Set.of(
          "exec",
          "attach",
          "binding",
          "eviction",
          "log",
          "portforward",
          "proxy",
          "status",
          "token");

  private static final String PREFIX = "pod-security.kubernetes.io/";

  private final Exemptions exemptions;
  private final NamespacePolicy defaults;

  /** A link with these settings. */
  public PodSecurity(Settings settings) {
    this.exemptions = settings.exemptions();
    this.defaults = settings.policy();
  }

  @Override
  public KubeObject admit(Request request) {
    ResourceType type = request.kind().type();
    if (request.verb() != Verb.CREATE && request.verb() != Verb.UPDATE) {
      return request.object();
    }
    if (type.equals(Resources.PODS)) {
      ofPod(request);
    } else if (request.subresource().isEmpty()) {
      if (type.equals(Resources.NAMESPACES)) {
        ofNamespace(request);
      } else if (Templates.areIn(type)) {
        ofTemplate(request);
      }
    }
    return request.object();
  }

  private void ofPod(Request request) {
    if (UNSEEN.contains(request.subresource()) || isExempt(request)) {
      return;
    }
    NamespacePolicy policy = policy(request);
    KubeObject pod = request.object();
    KubeObject old = request.old();
    if (old != null && !SignificantChange.between(old, pod)) {
      return;
    }
    if (exemptions.runtimeClasses().contains(pod.spec().text("runtimeClassName"))) {
      note(request, "exempt", "runtimeClass");
      return;
    }
    note(request, "enforce-policy", policy.enforce().text());
    if (policy.isOpen()) {
      return;
    }
    PodView view = PodView.of(pod.tree());
    audit(request, policy.audit(), view);
    List<Violation> found = Checks.violations(policy.enforce(), view);
    if (!found.isEmpty()) {
      throw Failures.forbidden(
          Resources.PODS,
          pod.name(),
          "violates PodSecurity \"%s\": %s"
              .formatted(policy.enforce().text(), Violation.details(found)));
    }
    warn(request, policy.warn(), view);
  }

  private void ofTemplate(Request request) {
    if (isExempt(request)) {
      return;
    }
    NamespacePolicy policy = policy(request);
    if (!policy.warn().isOpen() || !policy.audit().isOpen()) {
      Templates.of(request.kind().type(), request.object())
          .filter(
              template ->
                  !exemptions.runtimeClasses().contains(template.text("spec", "runtimeClassName")))
          .map(PodView::of)
          .ifPresent(
              pods -> {
                audit(request, policy.audit(), pods);
                warn(request, policy.warn(), pods);
              });
    }
  }

  private static void warn(Request request, Standard standard, PodView pod) {
    List<Violation> found = Checks.violations(standard, pod);
    if (!found.isEmpty()) {
      request.context().warnings().accept(wouldViolate(standard, found));
    }
  }

  private static void audit(Request request, Standard standard, PodView pod) {
    if (standard.isOpen() || !request.context().notes().isTaken()) {
      return;
    }
    List<Violation> found = Checks.violations(standard, pod);
    if (!found.isEmpty()) {
      note(request, "audit-violations", wouldViolate(standard, found));
    }
  }

  private static String wouldViolate(Standard standard, List<Violation> found) {
    return "would violate PodSecurity \"%s\": %s"
        .formatted(standard.text(), Violation.details(found));
  }

  private static void note(Request request, String key, String value) {
    request.context().notes().note(PREFIX + key, value);
  }

  private boolean isExempt(Request request) {
    if (exemptions.namespaces().contains(request.object().namespace())) {
      note(request, "exempt", "namespace");
      return true;
    }
    if (exemptions.users().contains(request.user().name())) {
      note(request, "exempt", "user");
      return true;
    }
    return false;
  }

  private NamespacePolicy policy(Request request) {
    String name = request.object().namespace();
    Stored namespace = request.image().get(Resources.NAMESPACES.key("", name));
    return namespace == null
        ? defaults
        : NamespacePolicy.of(namespace.object().labels(), defaults, new Problems());
  }

  private void ofNamespace(Request request) {
    KubeObject namespace = request.object();
    Problems problems = new Problems();
    NamespacePolicy policy = NamespacePolicy.of(namespace.labels(), defaults, problems);
    KubeObject old = request.old();
    Problems before = new Problems();
    NamespacePolicy was = old == null ? policy : NamespacePolicy.of(old.labels(), defaults, before);
    if (!problems.found().equals(before.found()) && !problems.isEmpty()) {
      throw Failures.invalid(Resources.NAMESPACES, namespace.name(), problems.found());
    }
    if (isStricter(policy.enforce(), was.enforce())
        && !exemptions.namespaces().contains(namespace.name())) {
      ExistingPods.warnings(request.image(), namespace.name(), policy.enforce(), exemptions)
          .forEach(request.context().warnings());
    }
  }

  private static boolean isStricter(Standard now, Standard before) {
    return !now.isOpen()
        && !now.equals(before)
        && (!now.version().equals(before.version()) || now.level().compareTo(before.level()) > 0);
  }
}
