package io.kuber.resource;

import java.util.List;
import java.util.Locale;

/** The built-in resources: one list, in the order of discovery. */
public final class Resources {
  /** {@code v1 Namespace}. */
  public static final ResourceType NAMESPACES = cluster("", "v1", "Namespace", "namespaces", "ns");

  /** {@code v1 Node}. */
  public static final ResourceType NODES = cluster("", "v1", "Node", "nodes", "no");

  /** {@code v1 Pod}. */
  public static final ResourceType PODS = inAll("", "v1", "Pod", "pods", "po");

  /** {@code v1 Binding}: nothing is stored of it, posting one binds a pod. */
  public static final ResourceType BINDINGS = namespaced("", "v1", "Binding", "bindings");

  /** {@code v1 Service}. */
  public static final ResourceType SERVICES = inAll("", "v1", "Service", "services", "svc");

  /** {@code v1 Endpoints}. */
  public static final ResourceType ENDPOINTS =
      new ResourceType(
          "", "v1", "Endpoints", "endpoints", "endpoints", true, List.of("ep"), List.of());

  /** {@code v1 ConfigMap}. */
  public static final ResourceType CONFIG_MAPS =
      namespaced("", "v1", "ConfigMap", "configmaps", "cm");

  /** {@code v1 Secret}. */
  public static final ResourceType SECRETS = namespaced("", "v1", "Secret", "secrets");

  /** {@code v1 ServiceAccount}. */
  public static final ResourceType SERVICE_ACCOUNTS =
      namespaced("", "v1", "ServiceAccount", "serviceaccounts", "sa");

  /** {@code v1 ReplicationController}. */
  public static final ResourceType REPLICATION_CONTROLLERS =
      inAll("", "v1", "ReplicationController", "replicationcontrollers", "rc");

  /** {@code v1 PersistentVolume}. */
  public static final ResourceType PERSISTENT_VOLUMES =
      cluster("", "v1", "PersistentVolume", "persistentvolumes", "pv");

  /** {@code v1 PersistentVolumeClaim}. */
  public static final ResourceType PERSISTENT_VOLUME_CLAIMS =
      namespaced("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc");

  /** {@code v1 LimitRange}. */
  public static final ResourceType LIMIT_RANGES =
      namespaced("", "v1", "LimitRange", "limitranges", "limits");

  /** {@code v1 ResourceQuota}. */
  public static final ResourceType RESOURCE_QUOTAS =
      namespaced("", "v1", "ResourceQuota", "resourcequotas", "quota");

  /** {@code v1 PodTemplate}. */
  public static final ResourceType POD_TEMPLATES =
      namespaced("", "v1", "PodTemplate", "podtemplates");

  /** {@code v1 ComponentStatus}: can only be read, and nobody writes it. */
  public static final ResourceType COMPONENT_STATUSES =
      cluster("", "v1", "ComponentStatus", "componentstatuses", "cs");

  /** {@code v1 Event}. */
  public static final ResourceType EVENTS = namespaced("", "v1", "Event", "events", "ev");

  /** {@code apps/v1 Deployment}. */
  public static final ResourceType DEPLOYMENTS =
      inAll("apps", "v1", "Deployment", "deployments", "deploy");

  /** {@code apps/v1 ReplicaSet}. */
  public static final ResourceType REPLICA_SETS =
      inAll("apps", "v1", "ReplicaSet", "replicasets", "rs");

  /** {@code apps/v1 StatefulSet}. */
  public static final ResourceType STATEFUL_SETS =
      inAll("apps", "v1", "StatefulSet", "statefulsets", "sts");

  /** {@code apps/v1 DaemonSet}. */
  public static final ResourceType DAEMON_SETS =
      inAll("apps", "v1", "DaemonSet", "daemonsets", "ds");

  /** {@code apps/v1 ControllerRevision}. */
  public static final ResourceType CONTROLLER_REVISIONS =
      namespaced("apps", "v1", "ControllerRevision", "controllerrevisions");

  /** {@code batch/v1 Job}. */
  public static final ResourceType JOBS = inAll("batch", "v1", "Job", "jobs");

  /** {@code batch/v1 CronJob}. */
  public static final ResourceType CRON_JOBS = inAll("batch", "v1", "CronJob", "cronjobs", "cj");

  /** {@code autoscaling/v2 HorizontalPodAutoscaler}. */
  public static final ResourceType HORIZONTAL_POD_AUTOSCALERS =
      inAll("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa");

  /** {@code policy/v1 PodDisruptionBudget}. */
  public static final ResourceType POD_DISRUPTION_BUDGETS =
      namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb");

  /** {@code discovery.k8s.io/v1 EndpointSlice}. */
  public static final ResourceType ENDPOINT_SLICES =
      namespaced("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");

  /** {@code coordination.k8s.io/v1 Lease}. */
  public static final ResourceType LEASES =
      namespaced("coordination.k8s.io", "v1", "Lease", "leases");

  /** {@code apiextensions.k8s.io/v1 CustomResourceDefinition}. */
  public static final ResourceType CUSTOM_RESOURCE_DEFINITIONS =
      new ResourceType(
          "apiextensions.k8s.io",
          "v1",
          "CustomResourceDefinition",
          "customresourcedefinitions",
          "customresourcedefinition",
          false,
          List.of("crd", "crds"),
          List.of("api-extensions"));

  /** All of which objects are stored. */
  public static final List<ResourceType> ALL =
      List.of(
          NAMESPACES,
          NODES,
          PODS,
          SERVICES,
          ENDPOINTS,
          CONFIG_MAPS,
          SECRETS,
          SERVICE_ACCOUNTS,
          REPLICATION_CONTROLLERS,
          PERSISTENT_VOLUMES,
          PERSISTENT_VOLUME_CLAIMS,
          LIMIT_RANGES,
          RESOURCE_QUOTAS,
          POD_TEMPLATES,
          EVENTS,
          DEPLOYMENTS,
          REPLICA_SETS,
          STATEFUL_SETS,
          DAEMON_SETS,
          CONTROLLER_REVISIONS,
          JOBS,
          CRON_JOBS,
          HORIZONTAL_POD_AUTOSCALERS,
          POD_DISRUPTION_BUDGETS,
          ENDPOINT_SLICES,
          LEASES,
          CUSTOM_RESOURCE_DEFINITIONS);

  private Resources() {}

  private static ResourceType cluster(
      String group, String version, String kind, String plural, String... shortNames) {
    return of(group, version, kind, plural, false, List.of(), shortNames);
  }

  private static ResourceType namespaced(
      String group, String version, String kind, String plural, String... shortNames) {
    return of(group, version, kind, plural, true, List.of(), shortNames);
  }

  private static ResourceType inAll(
      String group, String version, String kind, String plural, String... shortNames) {
    return of(group, version, kind, plural, true, List.of("all"), shortNames);
  }

  private static ResourceType of(
      String group,
      String version,
      String kind,
      String plural,
      boolean namespaced,
      List<String> categories,
      String... shortNames) {
    String singular = kind.toLowerCase(Locale.ROOT);
    return new ResourceType(
        group, version, kind, plural, singular, namespaced, List.of(shortNames), categories);
  }
}
