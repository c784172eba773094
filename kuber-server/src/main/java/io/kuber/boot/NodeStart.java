package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.api.NodeGateway;
import io.kuber.api.NodeReading;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.client.Client;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerRuntime;
import io.kuber.dns.DnsServer;
import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.linux.Syscalls;
import io.kuber.node.ClusterObjects;
import io.kuber.node.EventRecorder;
import io.kuber.node.KeptVolumes;
import io.kuber.node.NodeAgent;
import io.kuber.node.NodeConfig;
import io.kuber.node.NodeReport;
import io.kuber.node.PodMachinery;
import io.kuber.node.endpoint.NodeEndpoint;
import io.kuber.node.endpoint.NodeView;
import io.kuber.node.eviction.Evictions;
import io.kuber.node.feed.NameSettingsFeed;
import io.kuber.node.feed.NodeFeed;
import io.kuber.node.feed.ServiceFeed;
import io.kuber.node.image.ImageLibrary;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.NodePaths;
import io.kuber.node.network.PodNetwork;
import io.kuber.node.proxy.HealthPorts;
import io.kuber.node.proxy.MachinePorts;
import io.kuber.node.proxy.ProxyConfig;
import io.kuber.node.proxy.ServiceProxies;
import io.kuber.node.proxy.ServiceProxy;
import io.kuber.node.stats.Sampler;
import io.kuber.node.stats.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps in which {@link LocalNode} starts, each taken back by the teardown. */
final class NodeStart {
  private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);
  private static final Path MACHINE_LOGS = Path.of("/var/log");

  private final NodePlace place;
  private final ImagePlaces imagePlaces;
  private final NodeFooting cluster;
  private final Progress progress;
  private final Teardown teardown;
  private final Syscalls kernel = Syscalls.linux();
  private final Path directory;
  private final NodeNames names;
  private final String address;

  NodeStart(
      NodePlace place,
      ImagePlaces imagePlaces,
      NodeFooting cluster,
      Progress progress,
      Teardown teardown) {
    this.place = place;
    this.imagePlaces = imagePlaces;
    this.cluster = cluster;
    this.progress = progress;
    this.teardown = teardown;
    this.directory = cluster.dataDir().resolve("node");
    this.names = new NodeNames(cluster.nodeName(), place.network(), cluster.domain());
    this.address = cluster.address(place.network());
  }

  /**
   * Starts the node.
   *
   * @param leads whether it makes its own ways to other nodes' pods; else whoever is between them
   *     knows the way
   */
  RunningNodes start(boolean leads) throws Exception {
    ContainerRuntime runtime = progress.step("taking hold of this machine", this::hold);
    PodNetwork network = progress.step("making the network of pods", this::network);
    ServiceProxy proxy = progress.step(proxyStep(runtime), this::proxy);
    DnsServer dns =
        progress.step("answering names of services", () -> teardown.add(names.listen()));
    ImageLibrary images =
        teardown.add(
            ImageLibrary.open(directory.resolve("images"), imagePlaces, cluster.loops().clock()));
    NodeAgent agent =
        progress.step(
            "starting the node " + cluster.nodeName(), () -> agent(runtime, network, images));
    Sampler sampler = teardown.add(sampler(agent));
    NodeEndpoint endpoint = teardown.add(endpoint(agent, sampler));
    OptionalInt port = listen(endpoint);
    agent.reports(new NodeReport(Set.of(), port));
    teardown.add(evictions(agent, sampler, port));
    serve(proxy, dns);
    if (leads) {
      progress.step("making the ways to other nodes", this::lead);
      openEngine(images);
    }
    return new Running(cluster.nodeName(), agent.gateway(), sampler, endpoint, teardown);
  }

  private ContainerRuntime hold() throws IOException {
    return Tenancy.of(place, cluster.dataDir()).begin(cluster.loops().clock(), teardown);
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

  /** Pods do not need it: where it cannot start, for whatever reason, the node goes on without. */
  private void openEngine(ImageLibrary images) {
    EnginePlace engine = EnginePlace.beside(place, cluster.dataDir());
    try {
      teardown.add(ContainerEngine.open(engine, images, cluster.loops().clock()));
    } catch (IOException | ContainerException e) {
      LOG.warn("there is no engine for kuber docker: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("there is no engine for kuber docker", e);
    }
  }

  private NodeAgent agent(ContainerRuntime runtime, PodNetwork network, ImageLibrary images)
      throws IOException {
    Client client = cluster.clients().of(User.node(cluster.nodeName()), "kubelet");
    NodeConfig config =
        new NodeConfig(
            cluster.nodeName(),
            address,
            directory,
            place.network().pods().toString(),
            Optional.of(names.serviceAddress()),
            cluster.domain().name(),
            NodeConfig.VERSION,
            NodeConfig.capacityOfMachine(directory),
            place.manifests().orElseGet(() -> NodeConfig.manifestsOf(directory)));
    ClusterObjects objects = new ClusterObjects(client);
    KeptVolumes volumes =
        teardown.add(KeptVolumes.start(objects, config, cluster.loops().loop("node-volumes")));
    PodMachinery machinery =
        new PodMachinery(
            runtime,
            images,
            new BridgedPods(network),
            objects,
            volumes,
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

  private NodeFeed lead() {
    NodePaths paths = teardown.add(NodePaths.open(kernel, place.network()));
    return teardown.add(
        NodeFeed.start(
            cluster.clients().of(User.known("system:kube-proxy"), "kube-proxy"),
            cluster.nodeName(),
            paths::lead,
            cluster.loops().loop("paths")));
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
            cluster.domain().name(),
            cluster.loops().clock().instant(),
            agent::live,
            sampler::summary,
            agent.gateway(),
            MACHINE_LOGS),
        cluster.loops().clock());
  }

  /** The port at which the node answers; none where nobody could be told from anybody. */
  private OptionalInt listen(NodeEndpoint endpoint) throws Exception {
    if (cluster.door().isEmpty()) {
      return OptionalInt.empty();
    }
    List<String> addresses =
        Stream.of("127.0.0.1", address, place.network().gateway().toString()).distinct().toList();
    HttpServer server = cluster.door().get().open(cluster.nodeName(), addresses, endpoint);
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

  private void serve(ServiceProxy proxy, DnsServer dns) {
    cluster.publishing().publish(names, dns);
    Client client = cluster.clients().of(User.known("system:kube-proxy"), "kube-proxy");
    teardown.add(NameSettingsFeed.start(client, dns::route, cluster.loops().loop("names")));
    teardown.add(
        ServiceFeed.start(
            client,
            cluster.nodeName(),
            cluster.domain().name(),
            new ServiceFeed.Outlets(
                proxy,
                dns::update,
                teardown.add(new HealthPorts()),
                new ProxyWarnings(client, cluster.loops().clock()),
                MachinePorts.OF_MACHINE),
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
    public boolean has(String node) {
      return node.equals(name);
    }

    @Override
    public void close() {
      teardown.close();
    }
  }
}
