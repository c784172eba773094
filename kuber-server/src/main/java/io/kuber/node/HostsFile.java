package io.kuber.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;

/** {@code /etc/hosts} of a pod (pkg/kubelet, ensureHostsFile). Pure. */
final class HostsFile {
  private static final String OWN =
      """
      # Kubernetes-managed hosts file.
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      fe00::0\tip6-mcastprefix
      fe00::1\tip6-allnodes
      fe00::2\tip6-allrouters
      """;

  private static final String OF_HOST = "# Kubernetes-managed hosts file (host network).\n";

  private HostsFile() {}

  /**
   * The file's text.
   *
   * @param clusterDomain the domain below which the pod may have a name
   * @param ofMachine the machine's own, for pods that use its network
   */
  static String of(KubeObject pod, String clusterDomain, String ip, String ofMachine) {
    StringBuilder hosts = new StringBuilder();
    if (pod.spec().isTrue("hostNetwork")) {
      hosts.append(OF_HOST).append(ofMachine);
    } else {
      PodNames names = PodNames.of(pod, clusterDomain);
      hosts.append(OWN).append(ip).append('\t');
      hosts.append(names.domain().isEmpty() ? "" : names.full() + "\t");
      hosts.append(names.host()).append('\n');
    }
    List<Tree> aliases = pod.spec().items("hostAliases").trees();
    if (!aliases.isEmpty()) {
      hosts.append("\n# Entries added by HostAliases.\n");
    }
    for (Tree alias : aliases) {
      String names = String.join("\t", alias.items("hostnames").texts());
      hosts.append(alias.text("ip")).append('\t').append(names).append('\n');
    }
    return hosts.toString();
  }
}
