package io.kuber.resource.old;

import io.kuber.resource.Conversion;
import io.kuber.resource.Kind;
import io.kuber.resource.Subresource;
import io.kuber.resource.Version;
import io.kuber.resource.custom.BetaForm;
import java.util.ArrayList;
import java.util.List;

/**
 * The old versions: one list, with the releases of Kubernetes in which each was deprecated and
 * removed (k8s.io/api, zz_generated.prerelease-lifecycle.go). Here they stay.
 */
public final class OldVersions {
  private static final Conversion SAME = Conversion.NONE;

  /** Of a version that is old and still recommended. */
  private static final int NEVER = 0;

  private static final String EXTENSIONS = "extensions";
  private static final String APPS = "apps";
  private static final String NETWORKING = "networking.k8s.io";
  private static final String STORAGE = "storage.k8s.io";
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String WEBHOOKS = "admissionregistration.k8s.io";

  private static final List<Old> ALL =
      List.of(
          new Old("deployments.apps", EXTENSIONS, "v1beta1", OldDeployments.OF_EXTENSIONS, 8, 16),
          new Old("deployments.apps", APPS, "v1beta1", OldDeployments.OF_V1BETA1, 8, 16),
          new Old("deployments.apps", APPS, "v1beta2", OldDeployments.OF_V1BETA2, 9, 16),
          new Old("replicasets.apps", EXTENSIONS, "v1beta1", new OldReplicaSets(), 8, 16),
          new Old("replicasets.apps", APPS, "v1beta2", SAME, 9, 16),
          new Old("daemonsets.apps", EXTENSIONS, "v1beta1", new OldDaemonSets(), 8, 16),
          new Old("daemonsets.apps", APPS, "v1beta2", SAME, 9, 16),
          new Old("statefulsets.apps", APPS, "v1beta1", new OldStatefulSets(), 8, 16),
          new Old("statefulsets.apps", APPS, "v1beta2", SAME, 9, 16),
          new Old("controllerrevisions.apps", APPS, "v1beta1", SAME, 8, 16),
          new Old("controllerrevisions.apps", APPS, "v1beta2", SAME, 9, 16),
          new Old("ingresses.networking.k8s.io", EXTENSIONS, "v1beta1", new OldIngresses(), 14, 22),
          new Old("ingresses.networking.k8s.io", NETWORKING, "v1beta1", new OldIngresses(), 19, 22),
          new Old("ingressclasses.networking.k8s.io", NETWORKING, "v1beta1", SAME, 19, 22),
          new Old("networkpolicies.networking.k8s.io", EXTENSIONS, "v1beta1", SAME, 9, 16),
          new Old("cronjobs.batch", "batch", "v1beta1", SAME, 21, 25),
          new Old(
              "poddisruptionbudgets.policy",
              "policy",
              "v1beta1",
              new OldDisruptionBudgets(),
              21,
              25),
          new Old(
              "horizontalpodautoscalers.autoscaling",
              "autoscaling",
              "v1",
              new FirstAutoscalers(),
              NEVER,
              NEVER),
          new Old(
              "horizontalpodautoscalers.autoscaling",
              "autoscaling",
              "v2beta1",
              new OldAutoscalers(),
              22,
              25),
          new Old("horizontalpodautoscalers.autoscaling", "autoscaling", "v2beta2", SAME, 23, 26),
          new Old("storageclasses.storage.k8s.io", STORAGE, "v1beta1", SAME, 19, 22),
          new Old("volumeattachments.storage.k8s.io", STORAGE, "v1beta1", SAME, 19, 22),
          new Old("csidrivers.storage.k8s.io", STORAGE, "v1beta1", SAME, 19, 22),
          new Old("csinodes.storage.k8s.io", STORAGE, "v1beta1", SAME, 17, 22),
          new Old("csistoragecapacities.storage.k8s.io", STORAGE, "v1beta1", SAME, 24, 27),
          new Old("roles.rbac.authorization.k8s.io", RBAC, "v1beta1", SAME, 17, 22),
          new Old("rolebindings.rbac.authorization.k8s.io", RBAC, "v1beta1", SAME, 17, 22),
          new Old("clusterroles.rbac.authorization.k8s.io", RBAC, "v1beta1", SAME, 17, 22),
          new Old("clusterrolebindings.rbac.authorization.k8s.io", RBAC, "v1beta1", SAME, 17, 22),
          new Old(
              "mutatingwebhookconfigurations.admissionregistration.k8s.io",
              WEBHOOKS,
              "v1beta1",
              new OldWebhooks(),
              16,
              22),
          new Old(
              "validatingwebhookconfigurations.admissionregistration.k8s.io",
              WEBHOOKS,
              "v1beta1",
              new OldWebhooks(),
              16,
              22),
          new Old(
              "certificatesigningrequests.certificates.k8s.io",
              "certificates.k8s.io",
              "v1beta1",
              new OldSigningRequests(),
              19,
              22),
          new Old(
              "customresourcedefinitions.apiextensions.k8s.io",
              "apiextensions.k8s.io",
              "v1beta1",
              new BetaForm(),
              16,
              22),
          new Old(
              "priorityclasses.scheduling.k8s.io", "scheduling.k8s.io", "v1beta1", SAME, 14, 22),
          new Old("runtimeclasses.node.k8s.io", "node.k8s.io", "v1beta1", SAME, 22, 25),
          new Old("leases.coordination.k8s.io", "coordination.k8s.io", "v1beta1", SAME, 19, 22),
          new Old(
              "endpointslices.discovery.k8s.io",
              "discovery.k8s.io",
              "v1beta1",
              new OldEndpointSlices(),
              21,
              25));

  private OldVersions() {}

  /** The kinds with the old versions that each of them has. */
  public static List<Kind> addedTo(List<Kind> kinds) {
    return kinds.stream().map(OldVersions::addedTo).toList();
  }

  private static Kind addedTo(Kind kind) {
    Kind all = kind;
    for (Old old : ALL) {
      if (old.resource.equals(kind.type().qualifiedName())) {
        all = all.with(old.version(kind.stored()));
      }
    }
    return all;
  }

  /** The resources that the list speaks of. */
  static List<String> resources() {
    List<String> resources = new ArrayList<>();
    ALL.forEach(old -> resources.add(old.resource));
    return resources;
  }

  /**
   * One old version.
   *
   * @param resource the stored kind
   * @param deprecated the minor release that first warned of it
   * @param gone the minor release that no longer had it
   */
  private record Old(
      String resource, String group, String name, Conversion conversion, int deprecated, int gone) {
    Version version(Version stored) {
      Version version = stored.in(group, name, conversion);
      Version scaled =
          version.subresource("scale").isPresent()
              ? version.with(
                  Subresource.ofReadAndWrite("scale", version.type().apiVersion(), "Scale"))
              : version;
      if (deprecated == NEVER) {
        return scaled;
      }
      return scaled.warning(
          "%s %s is deprecated in v1.%d+, unavailable in v1.%d+; use %s %s"
              .formatted(
                  version.type().apiVersion(),
                  version.type().kind(),
                  deprecated,
                  gone,
                  stored.type().apiVersion(),
                  stored.type().kind()));
    }
  }
}
