package io.kuber.node;

import io.kuber.object.KubeObject;

/**
 * The names of a pod inside of it (pkg/kubelet, GeneratePodHostNameAndDomain). Pure.
 *
 * @param host the first part, such as {@code web-0}
 * @param domain what follows it in the cluster's names; empty for a pod without {@code subdomain}
 * @param asFullName whether the kernel's host name is the full name
 */
record PodNames(String host, String domain, boolean asFullName) {
  /** The kernel's limit of a host name. */
  private static final int LONGEST_HOST_NAME = 64;

  /** The limit of one part of a DNS name. */
  private static final int LONGEST_LABEL = 63;

  /**
   * The names of a pod.
   *
   * @param clusterDomain the domain below which names of the cluster are
   */
  static PodNames of(KubeObject pod, String clusterDomain) {
    String override = pod.spec().text("hostnameOverride");
    if (!override.isEmpty()) {
      return new PodNames(override, "", false);
    }
    String declared = pod.spec().text("hostname");
    String subdomain = pod.spec().text("subdomain");
    String domain =
        subdomain.isEmpty() ? "" : subdomain + "." + pod.namespace() + ".svc." + clusterDomain;
    return new PodNames(
        declared.isEmpty() ? cut(pod.name()) : declared,
        domain,
        pod.spec().isTrue("setHostnameAsFQDN"));
  }

  private static String cut(String name) {
    return name.length() <= LONGEST_LABEL
        ? name
        : name.substring(0, LONGEST_LABEL).replaceAll("[-.]+$", "");
  }

  /** Host and domain; the host alone where there is no domain. */
  String full() {
    return domain.isEmpty() ? host : host + "." + domain;
  }

  /**
   * What {@code hostname} says in the pod.
   *
   * @throws ContainerConfigException when the kernel does not take a name that long
   */
  String kernelName() {
    String name = asFullName ? full() : host;
    if (name.length() > LONGEST_HOST_NAME) {
      throw new ContainerConfigException(
          "failed to construct FQDN from pod hostname and cluster domain, FQDN %s is too long"
                  .formatted(name)
              + " (%d characters is the max, %d characters requested)"
                  .formatted(LONGEST_HOST_NAME, name.length()));
    }
    return name;
  }
}
