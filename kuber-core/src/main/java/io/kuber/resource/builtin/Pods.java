package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;
import io.kuber.resource.Verb;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.pod.PodCheck;
import io.kuber.resource.pod.PodDefaults;
import io.kuber.resource.pod.PodUpdateCheck;
import io.kuber.resource.pod.QosClass;
import java.util.List;

/** {@code v1 Pod}. */
final class Pods implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.PODS, new Pods(), PodColumns.COLUMNS)
          .with(Trait.STATUS, Trait.GENERATION, Trait.GRACEFUL_DELETION, Trait.ANSWERS_WITH_DELETED)
          .with(Subresource.ofStream("attach", "v1", "PodAttachOptions"))
          .with(Subresource.ofCreate("binding", "v1", "Binding"))
          .with(Subresource.ofReadAndWrite("ephemeralcontainers", "v1", "Pod"))
          .with(Subresource.ofCreate("eviction", "policy/v1", "Eviction"))
          .with(Subresource.ofStream("exec", "v1", "PodExecOptions"))
          .with(new Subresource("log", "v1", "Pod", List.of(Verb.GET)))
          .with(Subresource.ofStream("portforward", "v1", "PodPortForwardOptions"))
          .with(Subresource.ofStream("proxy", "v1", "PodProxyOptions"))
          .with(Subresource.ofReadAndWrite("resize", "v1", "Pod"))
          .selectable("spec.nodeName")
          .selectable("spec.host", "spec.nodeName")
          .selectable("spec.restartPolicy")
          .selectable("spec.schedulerName")
          .selectable("spec.serviceAccountName")
          .selectable("spec.hostNetwork")
          .selectable("status.phase")
          .selectable("status.podIP")
          .selectable("status.podIPs", "status.podIP")
          .selectable("status.nominatedNodeName");

  /** The scheduler does not look at such a pod, so the API says why it waits. */
  private static final Tree GATED =
      Tree.of(
          "type", "PodScheduled",
          "status", "False",
          "reason", "SchedulingGated",
          "message", "Scheduling is blocked due to non-empty scheduling gates");

  private Pods() {}

  @Override
  public String absent(String field) {
    return field.equals("spec.hostNetwork") ? "false" : "";
  }

  @Override
  public KubeObject defaulted(KubeObject pod) {
    return pod.with(PodDefaults.ofPod(pod.spec()), "spec");
  }

  /** A pod begins pending, and with the class of service that its requests and limits give it. */
  @Override
  public KubeObject prepared(KubeObject created) {
    Tree status = Tree.of("phase", "Pending", "qosClass", QosClass.of(created.spec()));
    boolean gated = !created.spec().items("schedulingGates").isEmpty();
    return created.with(gated ? status.with("conditions", Items.of(GATED)) : status, "status");
  }

  @Override
  public void check(KubeObject pod, Problems problems) {
    MetadataCheck.check(pod, Names.SUBDOMAIN, problems);
    PodCheck.check(FieldPath.SPEC, pod.spec(), problems);
  }

  @Override
  public void checkCreate(KubeObject pod, Problems problems) {
    if (!pod.spec().items("ephemeralContainers").isEmpty()) {
      problems.forbidden(FieldPath.SPEC.child("ephemeralContainers"), "cannot be set on create");
    }
    boolean gated = !pod.spec().items("schedulingGates").isEmpty();
    if (gated && !pod.spec().text("nodeName").isEmpty()) {
      problems.forbidden(
          FieldPath.SPEC.child("nodeName"),
          "cannot be set until all schedulingGates have been cleared");
    }
  }

  @Override
  public void checkSubresource(
      String subresource, KubeObject updated, KubeObject old, Problems problems) {
    KindRules.super.checkSubresource(subresource, updated, old, problems);
    if (!subresource.equals("resize")) {
      return;
    }
    String told = old.status().text("qosClass");
    String before = told.isEmpty() ? QosClass.of(old.spec()) : told;
    if (!QosClass.of(updated.spec()).equals(before)) {
      problems.invalid(
          FieldPath.SPEC, before, "Pod QOS Class may not change as a result of resizing");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    PodUpdateCheck.check(updated.spec(), old.spec(), problems);
  }
}
