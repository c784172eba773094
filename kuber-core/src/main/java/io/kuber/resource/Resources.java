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

  /** {@code networking.k8s.io/v1 Ingress}. */
  public static final ResourceType INGRESSES =
      namespaced("networking.k8s.io", "v1", "Ingress", "ingresses", "ing");

  /** {@code networking.k8s.io/v1 IngressClass}. */
  public static final ResourceType INGRESS_CLASSES =
      cluster("networking.k8s.io", "v1", "IngressClass", "ingressclasses");

  /** {@code networking.k8s.io/v1 NetworkPolicy}. */
  public static final ResourceType NETWORK_POLICIES =
      namespaced("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "netpol");

  /** {@code networking.k8s.io/v1 IPAddress}. */
  public static final ResourceType IP_ADDRESSES =
      cluster("networking.k8s.io", "v1", "IPAddress", "ipaddresses", "ip");

  /** {@code networking.k8s.io/v1 ServiceCIDR}. */
  public static final ResourceType SERVICE_CIDRS =
      cluster("networking.k8s.io", "v1", "ServiceCIDR", "servicecidrs");

  /** {@code storage.k8s.io/v1 StorageClass}. */
  public static final ResourceType STORAGE_CLASSES =
      cluster("storage.k8s.io", "v1", "StorageClass", "storageclasses", "sc");

  /** {@code storage.k8s.io/v1 VolumeAttachment}. */
  public static final ResourceType VOLUME_ATTACHMENTS =
      cluster("storage.k8s.io", "v1", "VolumeAttachment", "volumeattachments");

  /** {@code storage.k8s.io/v1 CSIDriver}. */
  public static final ResourceType CSI_DRIVERS =
      cluster("storage.k8s.io", "v1", "CSIDriver", "csidrivers");

  /** {@code storage.k8s.io/v1 CSINode}. */
  public static final ResourceType CSI_NODES =
      cluster("storage.k8s.io", "v1", "CSINode", "csinodes");

  /** {@code storage.k8s.io/v1 CSIStorageCapacity}. */
  public static final ResourceType CSI_STORAGE_CAPACITIES =
      namespaced("storage.k8s.io", "v1", "CSIStorageCapacity", "csistoragecapacities");

  /** {@code storage.k8s.io/v1 VolumeAttributesClass}. */
  public static final ResourceType VOLUME_ATTRIBUTES_CLASSES =
      cluster("storage.k8s.io", "v1", "VolumeAttributesClass", "volumeattributesclasses", "vac");

  /** {@code scheduling.k8s.io/v1 PriorityClass}. */
  public static final ResourceType PRIORITY_CLASSES =
      cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", "pc");

  /** {@code node.k8s.io/v1 RuntimeClass}. */
  public static final ResourceType RUNTIME_CLASSES =
      cluster("node.k8s.io", "v1", "RuntimeClass", "runtimeclasses");

  /** {@code rbac.authorization.k8s.io/v1 Role}. */
  public static final ResourceType ROLES =
      namespaced("rbac.authorization.k8s.io", "v1", "Role", "roles");

  /** {@code rbac.authorization.k8s.io/v1 RoleBinding}. */
  public static final ResourceType ROLE_BINDINGS =
      namespaced("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings");

  /** {@code rbac.authorization.k8s.io/v1 ClusterRole}. */
  public static final ResourceType CLUSTER_ROLES =
      cluster("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles");

  /** {@code rbac.authorization.k8s.io/v1 ClusterRoleBinding}. */
  public static final ResourceType CLUSTER_ROLE_BINDINGS =
      cluster("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings");

  /** {@code admissionregistration.k8s.io/v1 MutatingWebhookConfiguration}. */
  public static final ResourceType MUTATING_WEBHOOK_CONFIGURATIONS =
      extension("MutatingWebhookConfiguration", "mutatingwebhookconfigurations");

  /** {@code admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration}. */
  public static final ResourceType VALIDATING_WEBHOOK_CONFIGURATIONS =
      extension("ValidatingWebhookConfiguration", "validatingwebhookconfigurations");

  /** {@code admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy}. */
  public static final ResourceType VALIDATING_ADMISSION_POLICIES =
      extension("ValidatingAdmissionPolicy", "validatingadmissionpolicies");

  /** {@code admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding}. */
  public static final ResourceType VALIDATING_ADMISSION_POLICY_BINDINGS =
      extension("ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings");

  /** {@code admissionregistration.k8s.io/v1 MutatingAdmissionPolicy}. */
  public static final ResourceType MUTATING_ADMISSION_POLICIES =
      extension("MutatingAdmissionPolicy", "mutatingadmissionpolicies");

  /** {@code admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding}. */
  public static final ResourceType MUTATING_ADMISSION_POLICY_BINDINGS =
      extension("MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings");

  /** {@code apiregistration.k8s.io/v1 APIService}. */
  public static final ResourceType API_SERVICES =
      of(
          "apiregistration.k8s.io",
          "v1",
          "APIService",
          "apiservices",
          false,
          List.of("api-extensions"));

  /** {@code certificates.k8s.io/v1 CertificateSigningRequest}. */
  public static final ResourceType CERTIFICATE_SIGNING_REQUESTS =
      cluster(
          "certificates.k8s.io",
          "v1",
          "CertificateSigningRequest",
          "certificatesigningrequests",
          "csr");

  /** {@code flowcontrol.apiserver.k8s.io/v1 FlowSchema}. */
  public static final ResourceType FLOW_SCHEMAS =
      cluster("flowcontrol.apiserver.k8s.io", "v1", "FlowSchema", "flowschemas");

  /** {@code flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration}. */
  public static final ResourceType PRIORITY_LEVEL_CONFIGURATIONS =
      cluster(
          "flowcontrol.apiserver.k8s.io",
          "v1",
          "PriorityLevelConfiguration",
          "prioritylevelconfigurations");

  /** {@code resource.k8s.io/v1 DeviceClass}. */
  public static final ResourceType DEVICE_CLASSES =
      cluster("resource.k8s.io", "v1", "DeviceClass", "deviceclasses");

  /** {@code resource.k8s.io/v1 ResourceClaim}. */
  public static final ResourceType RESOURCE_CLAIMS =
      namespaced("resource.k8s.io", "v1", "ResourceClaim", "resourceclaims");

  /** {@code resource.k8s.io/v1 ResourceClaimTemplate}. */
  public static final ResourceType RESOURCE_CLAIM_TEMPLATES =
      namespaced("resource.k8s.io", "v1", "ResourceClaimTemplate", "resourceclaimtemplates");

  /** {@code resource.k8s.io/v1 ResourceSlice}. */
  public static final ResourceType RESOURCE_SLICES =
      cluster("resource.k8s.io", "v1", "ResourceSlice", "resourceslices");

  /** {@code authentication.k8s.io/v1 TokenReview}: nothing is stored, posting one is a question. */
  public static final ResourceType TOKEN_REVIEWS =
      cluster("authentication.k8s.io", "v1", "TokenReview", "tokenreviews");

  /** {@code authentication.k8s.io/v1 SelfSubjectReview}: nothing is stored. */
  public static final ResourceType SELF_SUBJECT_REVIEWS =
      cluster("authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews");

  /** {@code authorization.k8s.io/v1 SubjectAccessReview}: nothing is stored. */
  public static final ResourceType SUBJECT_ACCESS_REVIEWS =
      cluster("authorization.k8s.io", "v1", "SubjectAccessReview", "subjectaccessreviews");

  /** {@code authorization.k8s.io/v1 LocalSubjectAccessReview}: nothing is stored. */
  public static final ResourceType LOCAL_SUBJECT_ACCESS_REVIEWS =
      namespaced(
          "authorization.k8s.io", "v1", "LocalSubjectAccessReview", "localsubjectaccessreviews");

  /** {@code authorization.k8s.io/v1 SelfSubjectAccessReview}: nothing is stored. */
  public static final ResourceType SELF_SUBJECT_ACCESS_REVIEWS =
      cluster("authorization.k8s.io", "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews");

  /** {@code authorization.k8s.io/v1 SelfSubjectRulesReview}: nothing is stored. */
  public static final ResourceType SELF_SUBJECT_RULES_REVIEWS =
      cluster("authorization.k8s.io", "v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews");

  /** {@code metrics.k8s.io/v1beta1 NodeMetrics}: nothing is stored, reading one measures. */
  public static final ResourceType NODE_METRICS =
      cluster("metrics.k8s.io", "v1beta1", "NodeMetrics", "nodes");

  /** {@code metrics.k8s.io/v1beta1 PodMetrics}: nothing is stored, reading one measures. */
  public static final ResourceType POD_METRICS =
      namespaced("metrics.k8s.io", "v1beta1", "PodMetrics", "pods");

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
          CUSTOM_RESOURCE_DEFINITIONS,
          INGRESSES,
          INGRESS_CLASSES,
          NETWORK_POLICIES,
          IP_ADDRESSES,
          SERVICE_CIDRS,
          STORAGE_CLASSES,
          VOLUME_ATTACHMENTS,
          CSI_DRIVERS,
          CSI_NODES,
          CSI_STORAGE_CAPACITIES,
          VOLUME_ATTRIBUTES_CLASSES,
          PRIORITY_CLASSES,
          RUNTIME_CLASSES,
          ROLES,
          ROLE_BINDINGS,
          CLUSTER_ROLES,
          CLUSTER_ROLE_BINDINGS,
          MUTATING_WEBHOOK_CONFIGURATIONS,
          VALIDATING_WEBHOOK_CONFIGURATIONS,
          VALIDATING_ADMISSION_POLICIES,
          VALIDATING_ADMISSION_POLICY_BINDINGS,
          MUTATING_ADMISSION_POLICIES,
          MUTATING_ADMISSION_POLICY_BINDINGS,
          API_SERVICES,
          CERTIFICATE_SIGNING_REQUESTS,
          FLOW_SCHEMAS,
          PRIORITY_LEVEL_CONFIGURATIONS,
          DEVICE_CLASSES,
          RESOURCE_CLAIMS,
          RESOURCE_CLAIM_TEMPLATES,
          RESOURCE_SLICES);

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

  private static ResourceType extension(String kind, String plural) {
    return of("admissionregistration.k8s.io", "v1", kind, plural, false, List.of("api-extensions"));
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
