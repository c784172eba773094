package io.kuber.boot;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.kuber.access.User;
import io.kuber.api.NodeGateway;
import io.kuber.api.NodeReading;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.boot.NodeHalf.ServerHalf;
import io.kuber.client.Client;
import io.kuber.container.ContainerRuntime;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.dns.DnsServer;
import io.kuber.dns.DnsServerConfig;
import io.kuber.dns.DnsZone;
import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.linux.Syscalls;
import io.kuber.node.ClusterObjects;
import io.kuber.node.EventRecorder;
import io.kuber.node.NodeAgent;
import io.kuber.node.NodeConfig;
import io.kuber.node.NodeReport;
import io.kuber.node.PodMachinery;
import io.kuber.node.endpoint.NodeEndpoint;
import io.kuber.node.endpoint.NodeView;
import io.kuber.node.eviction.Evictions;
import io.kuber.node.feed.ServiceFeed;
import io.kuber.node.image.ImageStore;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.PodNetwork;
import io.kuber.node.proxy.ProxyConfig;
import io.kuber.node.proxy.ServiceProxies;
import io.kuber.node.proxy.ServiceProxy;
import io.kuber.node.stats.Sampler;
import io.kuber.node.stats.Summary;
import io.kuber.node.volume.Volumes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** The steps in which {@link LocalNode} starts, each taken back by the teardown. */
final class NodeStart {
  private static final int DNS_PORT = 53;
  private static final Path MACHINE_LOGS = Path.of("/var/log");
  private static final int IPV4_BYTES = 4;

  /** The tenth address of services, as every installer of Kubernetes does it. */
  private static final int DNS_ADDRESS = 10;

  private final NodePlace place;
  private final ImagePlaces imagePlaces;
  private final ServerHalf cluster;
  private final Progress progress;
  private final Teardown teardown;
  private final Syscalls kernel = Syscalls.linux();
  private final Path directory;

  NodeStart(
      NodePlace place,
      ImagePlaces imagePlaces,
      ServerHalf cluster,
      Progress progress,
      Teardown teardown) {
    this.place = place;
    this.imagePlaces = imagePlaces;
    this.cluster = cluster;
    this.progress = progress;
    this.teardown = teardown;
    this.directory = cluster.dataDir().resolve("node");
  }

  RunningNodes start() throws Exception {
    ContainerRuntime runtime = progress.step("taking hold of this machine", this::hold);
    PodNetwork network = progress.step("making the network of pods", this::network);
    ServiceProxy proxy = progress.step(proxyStep(runtime), this::proxy);
    DnsServer dns = progress.step("answering names of services", () -> dns(network));
    NodeAgent agent =
        progress.step("starting the node " + cluster.nodeName(), () -> agent(runtime, network));
    Sampler sampler = teardown.add(sampler(agent));
    NodeEndpoint endpoint = teardown.add(endpoint(agent, sampler));
    OptionalInt port = listen(endpoint);
    agent.reports(new NodeReport(Set.of(), port));
    teardown.add(evictions(agent, sampler, port));
    serve(proxy, dns);
    return new Running(cluster.nodeName(), agent.gateway(), sampler, endpoint, teardown);
  }

  private ContainerRuntime hold() throws IOException {
    Files.createDirectories(directory);
    ContainerRuntime runtime =
        LinuxContainers.open(place.state(), place.instance(), cluster.loops().clock());
    teardown.add(this::leavePlace);
    teardown.add(runtime);
    teardown.add(runtime::reclaim);
    // Pods of an agent that was killed, their links and files stay: the agent takes them over.
    ServiceProxies.reclaim(kernel, ProxyConfig.of(place.network()));
    teardown.add(() -> Volumes.reclaim(directory.resolve("pods")));
    return runtime;
  }

  /** The directory above is kuber's too, and goes unless another instance is in it. */
  private void leavePlace() throws IOException {
    delete(place.state());
    Path above = place.state().getParent();
    if (above != null && Files.isDirectory(above)) {
      try (Stream<Path> others = Files.list(above)) {
        if (others.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(above);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      MoreFiles.deleteRecursively(tree, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private PodNetwork network() {
    return teardown.add(PodNetwork.open(kernel, place.network()));
  }

  private static String proxyStep(ContainerRuntime runtime) {
    return runtime.capabilities().nfTables()
        ? "serving addresses of services"
        : "serving addresses of services in user space, without nf_tables";
  }

  private ServiceProxy proxy() {
    return teardown.add(ServiceProxies.open(kernel, ProxyConfig.of(place.network())));
  }

  /** Somebody who listens on port 53 of all addresses does not keep the cluster from its names. */
  private DnsServer dns(PodNetwork network) {
    DnsZone empty = new DnsZone(DnsZone.DEFAULT_DOMAIN, List.of(), List.of());
    String address = network.config().gateway().toString();
    try {
      return teardown.add(DnsServer.start(dnsAt(address, DNS_PORT), empty));
    } catch (IllegalStateException taken) {
      return teardown.add(DnsServer.start(dnsAt(address, 0), empty));
    }
  }

  private static DnsServerConfig dnsAt(String address, int port) {
    return DnsServerConfig.at(new InetSocketAddress(address, port));
  }

  private String dnsServiceAddress() {
    return place.network().services().base().plus(DNS_ADDRESS).toString();
  }

  private NodeAgent agent(ContainerRuntime runtime, PodNetwork network) throws IOException {
    Client client = cluster.clients().of(User.node(cluster.nodeName()), "kubelet");
    NodeConfig config =
        new NodeConfig(
            cluster.nodeName(),
            hostAddress(),
            directory,
            place.network().pods().toString(),
            Optional.of(dnsServiceAddress()),
            NodeConfig.VERSION,
            NodeConfig.capacityOfMachine(directory));
    PodMachinery machinery =
        new PodMachinery(
            runtime,
            teardown.add(
                ImageStore.open(directory.resolve("images"), imagePlaces, cluster.loops().clock())),
            new BridgedPods(network),
            new ClusterObjects(client),
            config,
            cluster.loops().clock());
    EventRecorder events =
        new EventRecorder(
            client,
            cluster.loops().loop("node-events"),
            cluster.loops().clock(),
            cluster.nodeName());
    return teardown.add(NodeAgent.start(machinery, client, events, cluster.loops().loop("node")));
  }

  private Sampler sampler(NodeAgent agent) {
    Sampler.Places places =
        new Sampler.Places(directory, directory.resolve("images"), place.state());
    return Sampler.start(cluster.nodeName(), places, agent::live, kernel, cluster.loops());
  }

  private NodeEndpoint endpoint(NodeAgent agent, Sampler sampler) {
    return new NodeEndpoint(
        new NodeView(
            cluster.nodeName(),
            cluster.loops().clock().instant(),
            agent::live,
            sampler::summary,
            agent.gateway(),
            MACHINE_LOGS),
        cluster.loops().clock());
  }

  /** The port at which the node answers; none where nobody could be told from anybody. */
  private OptionalInt listen(NodeEndpoint endpoint) throws IOException {
    if (cluster.entrance().isEmpty()) {
      return OptionalInt.empty();
    }
    List<String> addresses =
        Stream.of("127.0.0.1", hostAddress(), place.network().gateway().toString())
            .distinct()
            .toList();
    HttpServer server =
        NodeListener.listen(
            cluster.entrance().get(),
            cluster.nodeName(),
            addresses,
            endpoint,
            cluster.loops().clock().instant());
    teardown.add(server);
    return OptionalInt.of(server.port());
  }

  private Evictions evictions(NodeAgent agent, Sampler sampler, OptionalInt port) {
    return Evictions.start(
        sampler::summary,
        new Evictions.Acts(
            victim -> agent.evict(victim.pod().uid(), victim.message()),
            pressures -> agent.reports(new NodeReport(pressures, port))),
        cluster.loops().loop("node-evictions"),
        cluster.loops().clock());
  }

  /** The address with which this machine would leave to others; nothing is sent to find out. */
  private String hostAddress() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress("192.0.2.1", DNS_PORT));
      InetAddress local = socket.getLocalAddress();
      if (local.getAddress().length == IPV4_BYTES && !local.isAnyLocalAddress()) {
        return local.getHostAddress();
      }
    } catch (SocketException | UncheckedIOException noRoute) {
      // A machine without a network is known by its address towards its pods.
    }
    return place.network().gateway().toString();
  }

  private void serve(ServiceProxy proxy, DnsServer dns) {
    new ClusterDns(cluster.clients().of(User.system("system:kuber"), "kuber"))
        .publish(dnsServiceAddress(), dns.address(), cluster.nodeName());
    teardown.add(
        ServiceFeed.start(
            cluster.clients().of(User.known("system:kube-proxy"), "kube-proxy"),
            cluster.nodeName(),
            proxy,
            dns::update,
            cluster.loops().loop("services")));
  }

  /** A started node. */
  private record Running(
      String name, NodeGateway gateway, Sampler sampler, Handler handler, Teardown teardown)
      implements RunningNodes {
    @Override
    public Optional<Handler> endpoint(String node) {
      return node.equals(name) ? Optional.of(handler) : Optional.empty();
    }

    @Override
    public List<NodeReading> readings() {
      return sampler.summary().map(Summary::reading).stream().toList();
    }

    @Override
    public void close() {
      teardown.close();
    }
  }
}
