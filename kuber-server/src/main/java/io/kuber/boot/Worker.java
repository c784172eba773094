package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.boot.ServerPlace.Join;
import io.kuber.client.Client;
import io.kuber.client.remote.ApiServers;
import io.kuber.dns.DnsServer;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.node.join.Introduction;
import io.kuber.node.join.Introduction.Acquaintance;
import io.kuber.node.join.NodeMemory;
import io.kuber.node.network.Ipv4Block;
import io.kuber.server.join.JoinException;
import io.kuber.server.trust.NodeKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node on a machine of its own: joins a cluster, once, and runs what the cluster gives it, over
 * HTTPS and with the rights of a node ({@code docs/adr/0019-worker-nodes.md}).
 *
 * <p>{@link #start} comes to its end once the node is at work; {@link #close} ends its pods.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final WorkerOptions options;
  private final Progress progress;
  private final Teardown parts = new Teardown();
  private final Loops loops = parts.add(new ThreadLoops());
  private final CertificateCare care = new CertificateCare(loops);

  private final Optional<NodeMemory> kept;
  private final String name;

  private Worker(WorkerOptions options, Progress progress) throws IOException {
    this.options = options;
    this.progress = progress;
    this.kept = NodeMemory.read(options.dataDir());
    this.name = options.name().or(() -> kept.map(NodeMemory::name)).orElse(options.machine());
  }

  /**
   * Starts a node.
   *
   * @throws StartException when something is in the way that the owner of the machine can mend
   */
  public static Worker start(WorkerOptions options, Progress progress) throws Exception {
    new LocalNode(place(options), options.images()).check();
    Worker worker = new Worker(options, progress);
    try {
      worker.start();
      return worker;
    } catch (Exception | Error e) {
      worker.close();
      throw e;
    }
  }

  private static NodePlace place(WorkerOptions options) {
    return options.network().of(NodePlace.standard());
  }

  private void start() throws Exception {
    DataDirectory.make(options.dataDir());
    NodeKeys files = NodeKeys.at(options.dataDir().resolve("pki"));
    NodeMemory memory = joined(files);
    ApiServers servers = new ApiServers(memory.servers());
    WorkerTrust trust =
        progress.step(
            "asking for certificates", () -> WorkerTrust.of(files, servers, name, loops, care));
    String block =
        progress.step(
            "asking for addresses of pods",
            () -> new WorkerBlock(trust.client(), name, memory.pods()).find());
    NodeMemory known = memory.at(servers.all()).with(block);
    known.write(options.dataDir());
    care.begin();
    NodePlace place = place(options).ofMachine(name, Ipv4Block.parse(block));
    RunningNodes running =
        new LocalNode(place, options.images()).begin(footing(trust, servers), true, progress);
    parts.add(running);
    parts.add(
        ServersFeed.start(
            trust.client(User.known("system:kube-proxy"), "kube-proxy"),
            servers,
            now -> remember(known.at(now)),
            loops.loop("servers")));
  }

  private void remember(NodeMemory now) {
    try {
      now.write(options.dataDir());
      LOG.info("servers of the API: {}", now.servers());
    } catch (IOException e) {
      LOG.warn("where the servers of the API are is not kept: {}", e.getMessage());
    }
  }

  /** What is remembered of an earlier start, or of joining now. */
  private NodeMemory joined(NodeKeys files) throws Exception {
    if (kept.isPresent() && !kept.get().name().equals(name)) {
      throw new StartException(
          "--name: %s is the directory of node %s; leave the option out, or choose another directory with --data-dir"
              .formatted(options.dataDir(), kept.get().name()));
    }
    Instant now = loops.clock().instant();
    boolean isCertified = files.authority().isPresent() && files.identity("node", now).isPresent();
    if (kept.isPresent() && isCertified) {
      options.join().ifPresent(join -> LOG.info("this node has joined; --join is not looked at"));
      return kept.get();
    }
    Join join =
        options
            .join()
            .orElseThrow(
                () ->
                    new StartException(
                        "this machine has not joined a cluster yet, or its certificate is over:"
                            + " give --join and --token, as kuber token create --node prints"
                            + " them"));
    return progress.step(
        "asking " + join.server() + " to be let in",
        () -> join(files, join, kept.map(NodeMemory::pods).orElse("")));
  }

  private NodeMemory join(NodeKeys files, Join join, String pods)
      throws StartException, InterruptedException, IOException {
    try {
      Acquaintance made = Introduction.make(join.server(), join.token(), name, loops.loop("join"));
      files.keep(made.authority());
      files.keep("node", made.node());
      NodeMemory memory = new NodeMemory(name, List.of(join.server()), pods);
      memory.write(options.dataDir());
      return memory;
    } catch (JoinException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private NodeFooting footing(WorkerTrust trust, ApiServers servers) {
    String address =
        options
            .address()
            .or(() -> HostAddress.towards(servers.current().getHost()))
            .orElse("127.0.0.1");
    Client client = trust.client();
    Loop loop = loops.loop("name-slices");
    return new NodeFooting(
        trust::client,
        loops,
        options.dataDir(),
        name,
        options.network().domain(),
        Optional.of(address),
        Optional.of((node, addresses, endpoint) -> trust.open(address, endpoint)),
        (names, dns) -> publish(client, names, dns, loop));
  }

  /** The cluster learns it when it can be reached. */
  private static void publish(Client client, NodeNames names, DnsServer dns, Loop loop) {
    names
        .lead(client, dns)
        .whenComplete(
            (slice, failure) -> {
              if (failure != null) {
                LOG.warn("names are not answered for the cluster yet: {}", failure.toString());
                loop.schedule(RETRY, () -> publish(client, names, dns, loop));
              }
            });
  }

  /** The name of the node. */
  public String name() {
    return name;
  }

  /** Ends the pods of the node and gives back what it took of the machine. */
  @Override
  public synchronized void close() {
    parts.close();
  }
}
