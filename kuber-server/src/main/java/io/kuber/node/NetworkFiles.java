package io.kuber.node;

import io.kuber.container.ContainerMount;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /etc/hosts}, {@code /etc/hostname} and {@code /etc/resolv.conf} of a pod. */
final class NetworkFiles {
  private static final Path HOST_RESOLVER = Path.of("/etc/resolv.conf");

  private final Path directory;
  private final Optional<String> clusterDns;

  NetworkFiles(Path directory, Optional<String> clusterDns) {
    this.directory = directory;
    this.clusterDns = clusterDns;
  }

  static String hostname(KubeObject pod) {
    String declared = pod.spec().text("hostname");
    return declared.isEmpty() ? pod.name() : declared;
  }

  void write(KubeObject pod, String ip) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("hosts"), hosts(pod, ip));
    Files.writeString(directory.resolve("hostname"), hostname(pod) + "\n");
    Files.writeString(directory.resolve("resolv.conf"), resolver(pod));
  }

  List<ContainerMount> mounts() {
    List<ContainerMount> mounts = new ArrayList<>();
    for (String name : List.of("hosts", "hostname", "resolv.conf")) {
      mounts.add(new ContainerMount.Bind(directory.resolve(name), "/etc/" + name, false));
    }
    return mounts;
  }

  private static String hosts(KubeObject pod, String ip) {
    StringBuilder hosts = new StringBuilder("127.0.0.1\tlocalhost\n::1\tlocalhost\n");
    String subdomain = pod.spec().text("subdomain");
    String name = hostname(pod);
    if (!subdomain.isEmpty()) {
      String domain = ".%s.%s.svc.%s";
      name =
          name
              + domain.formatted(subdomain, pod.namespace(), NodeConfig.CLUSTER_DOMAIN)
              + "\t"
              + name;
    }
    hosts.append(ip).append('\t').append(name).append('\n');
    for (Tree alias : pod.spec().items("hostAliases").trees()) {
      hosts
          .append(alias.text("ip"))
          .append('\t')
          .append(String.join("\t", alias.items("hostnames").texts()))
          .append('\n');
    }
    return hosts.toString();
  }

  private String resolver(KubeObject pod) throws IOException {
    String policy = pod.spec().text("dnsPolicy");
    boolean cluster =
        clusterDns.isPresent()
            && (policy.isEmpty()
                || policy.equals("ClusterFirstWithHostNet")
                || (policy.equals("ClusterFirst") && !pod.spec().isTrue("hostNetwork")));
    String base = policy.equals("None") ? "" : cluster ? clusterResolver(pod) : hostResolver();
    return base + declared(pod.spec().tree("dnsConfig"));
  }

  private String clusterResolver(KubeObject pod) {
    String domain = NodeConfig.CLUSTER_DOMAIN;
    return "nameserver %s\nsearch %s.svc.%s svc.%s %s\noptions ndots:5\n"
        .formatted(clusterDns.orElseThrow(), pod.namespace(), domain, domain, domain);
  }

  private static String hostResolver() throws IOException {
    return Files.isReadable(HOST_RESOLVER) ? Files.readString(HOST_RESOLVER) : "";
  }

  private static String declared(Tree config) {
    StringBuilder lines = new StringBuilder();
    config.items("nameservers").texts().forEach(ip -> lines.append("nameserver " + ip + "\n"));
    if (!config.items("searches").isEmpty()) {
      lines.append("search " + String.join(" ", config.items("searches").texts()) + "\n");
    }
    for (Tree option : config.items("options").trees()) {
      String value = option.text("value");
      lines.append("options " + option.text("name") + (value.isEmpty() ? "" : ":" + value) + "\n");
    }
    return lines.toString();
  }
}
