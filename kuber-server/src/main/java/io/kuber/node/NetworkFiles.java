package io.kuber.node;

import io.kuber.container.ContainerMount;
import io.kuber.object.KubeObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code /etc/hosts}, {@code /etc/hostname} and {@code /etc/resolv.conf} of a pod. */
final class NetworkFiles {
  private static final Path HOST_RESOLVER = Path.of("/etc/resolv.conf");
  private static final Path HOST_HOSTS = Path.of("/etc/hosts");

  private final Path directory;
  private final Optional<String> clusterDns;
  private final String clusterDomain;

  NetworkFiles(Path directory, NodeConfig config) {
    this.directory = directory;
    this.clusterDns = config.clusterDns();
    this.clusterDomain = config.clusterDomain();
  }

  void write(KubeObject pod, String ip) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("hosts"), HostsFile.of(pod, clusterDomain, ip, read(HOST_HOSTS)));
    Files.writeString(
        directory.resolve("hostname"), PodNames.of(pod, clusterDomain).kernelName() + "\n");
    Files.writeString(directory.resolve("resolv.conf"), resolver(pod).text());
  }

  List<ContainerMount> mounts() {
    return List.of("hosts", "hostname", "resolv.conf").stream()
        .<ContainerMount>map(
            name -> new ContainerMount.Bind(directory.resolve(name), "/etc/" + name, false))
        .toList();
  }

  private Resolver resolver(KubeObject pod) throws IOException {
    String policy = pod.spec().text("dnsPolicy");
    boolean cluster =
        policy.isEmpty()
            || policy.equals("ClusterFirstWithHostNet")
            || (policy.equals("ClusterFirst") && !pod.spec().isTrue("hostNetwork"));
    Resolver ofMachine =
        policy.equals("None") ? Resolver.EMPTY : Resolver.parse(read(HOST_RESOLVER));
    Resolver base =
        cluster && clusterDns.isPresent()
            ? ofMachine.ofCluster(clusterDns.get(), clusterDomain, pod.namespace())
            : ofMachine;
    return base.with(pod.spec().tree("dnsConfig"));
  }

  private static String read(Path file) throws IOException {
    return Files.isReadable(file) ? Files.readString(file) : "";
  }
}
