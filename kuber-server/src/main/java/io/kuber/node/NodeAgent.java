package io.kuber.node;

import io.kuber.api.NodeGateway;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.loop.Loop;
import io.kuber.node.feed.ObjectFeed;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the node, keeps saying that it lives, and gives every pod that is bound to it a worker.
 *
 * <p>The node's loop owns all fields; public methods may be called from any thread.
 */
public final class NodeAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
  private static final String LEASE_NAMESPACE = "kube-node-lease";

  /** As the kubelet: a lease of 40 s, renewed four times in that time. */
  private static final long LEASE_SECONDS = 40;

  private static final Duration LEASE_RENEWAL = Duration.ofSeconds(10);
  private static final Duration STATUS_RENEWAL = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Threads that start and stop containers and ask probes; each waits most of its time. */
  private static final int WORKERS = 32;

  private static final int MAX_WAITING_ACTIONS = 10_000;
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  /** What containers have between SIGTERM and SIGKILL when the node itself ends. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final int SIGTERM = 15;

  private final PodMachinery machinery;
  private final Client client;
  private final PodEvents events;
  private final Loop loop;
  private final HostFacts host;
  private final ExecutorService workers;
  private final ObjectFeed feed;
  private final Map<String, PodWorker> pods = new LinkedHashMap<>();
  private boolean closed;

  private NodeAgent(
      PodMachinery machinery,
      Client client,
      PodEvents events,
      Loop loop,
      HostFacts host,
      ExecutorService workers) {
    this.machinery = machinery;
    this.client = client;
    this.events = events;
    this.loop = loop;
    this.host = host;
    this.workers = workers;
    this.feed = feed();
  }

  private static ExecutorService workers() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING_ACTIONS),
            task -> {
              Thread thread = new Thread(task, "node-worker");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Starts an agent; the node is registered and looks for its pods soon after.
   *
   * @param loop becomes the node's; nothing else may run on it that waits
   * @throws IOException when the machine does not say what it is
   */
  public static NodeAgent start(PodMachinery machinery, Client client, PodEvents events, Loop loop)
      throws IOException {
    return start(machinery, client, events, loop, workers());
  }

  /** Starts an agent that does what takes long on {@code workers}, which become its own. */
  static NodeAgent start(
      PodMachinery machinery, Client client, PodEvents events, Loop loop, ExecutorService workers)
      throws IOException {
    HostFacts host =
        HostFacts.read(
            machinery.runtime().capabilities().kernel(),
            System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64");
    NodeAgent agent = new NodeAgent(machinery, client, events, loop, host, workers);
    loop.execute(agent::register);
    return agent;
  }

  /** How logs, exec and port-forward reach the pods of this node. */
  public NodeGateway gateway() {
    return new LocalGateway(this);
  }

  private Instant now() {
    return machinery.clock().instant();
  }

  private void register() {
    if (closed) {
      return;
    }
    client
        .create(Resources.NODES, NodeStatus.node(machinery.config(), host, now()))
        .whenComplete(
            (node, failure) ->
                loop.execute(
                    () -> {
                      if (failure == null
                          || Refusals.isReason(failure, StatusReason.ALREADY_EXISTS)) {
                        registered();
                      } else {
                        LOG.warn("the node cannot be registered yet: {}", failure.toString());
                        loop.schedule(RETRY, this::register);
                      }
                    }));
  }

  private void registered() {
    renewStatus();
    renewLease();
    feed.start();
  }

  private void renewStatus() {
    if (closed) {
      return;
    }
    String name = machinery.config().name();
    client
        .get(Resources.NODES, "", name)
        .thenCompose(
            node -> {
              Items old = node.status().items("conditions");
              Tree status = NodeStatus.status(machinery.config(), host, old, now());
              return client.patch(
                  Resources.NODES, "", name, "status", PatchType.MERGE, Tree.of("status", status));
            })
        .whenComplete(
            (node, failure) -> {
              if (failure != null) {
                LOG.warn("the node's status cannot be written: {}", failure.toString());
              }
              loop.schedule(failure == null ? STATUS_RENEWAL : RETRY, this::renewStatus);
            });
  }

  private void renewLease() {
    if (closed) {
      return;
    }
    String name = machinery.config().name();
    String time = MicroTime.text(now());
    Tree spec =
        Tree.of("holderIdentity", name, "leaseDurationSeconds", LEASE_SECONDS, "renewTime", time);
    client
        .patch(Resources.LEASES, LEASE_NAMESPACE, name, "", PatchType.MERGE, Tree.of("spec", spec))
        .exceptionallyCompose(
            missing ->
                client.create(
                    Resources.LEASES,
                    Resources.LEASES.object(LEASE_NAMESPACE, name).with(spec, "spec")))
        .whenComplete(
            (lease, failure) -> {
              if (failure != null) {
                LOG.warn("the node's lease cannot be renewed: {}", failure.toString());
              }
              loop.schedule(failure == null ? LEASE_RENEWAL : RETRY, this::renewLease);
            });
  }

  private ObjectFeed feed() {
    ListOptions own = new ListOptions("", "spec.nodeName=" + machinery.config().name());
    return new ObjectFeed(client, Resources.PODS, own, loop, new PodListener());
  }

  private void podChanged(KubeObject pod) {
    if (closed) {
      return;
    }
    PodWorker worker = pods.get(pod.uid());
    if (worker == null) {
      worker =
          new PodWorker(
              machinery, client, events, loop, workers, pod, () -> pods.remove(pod.uid()));
      pods.put(pod.uid(), worker);
    }
    worker.changed(pod);
  }

  private void podRemoved(KubeObject pod) {
    PodWorker worker = pods.get(pod.uid());
    if (worker != null) {
      worker.removed();
    }
  }

  /** The worker of a pod, asked for on any thread. */
  @Nullable PodWorker worker(String uid) {
    return onLoop(() -> pods.get(uid));
  }

  /** Asks the loop and waits for its answer. */
  <T extends @Nullable Object> T onLoop(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(() -> answer.complete(question.get()));
    try {
      return answer.get(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the node's loop", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the node's loop does not answer", e);
    }
  }

  /**
   * Ends all pods' containers on this machine, without deleting the pod objects: asks them to end,
   * and kills after a short while those that have not.
   */
  @Override
  public void close() {
    feed.close();
    List<PodAssembly> assemblies = onLoop(this::abandonPods);
    assemblies.forEach(assembly -> assembly.signal(SIGTERM));
    Instant deadline = Instant.now().plus(FAREWELL);
    assemblies.forEach(assembly -> assembly.awaitEnd(Duration.between(Instant.now(), deadline)));
    for (PodAssembly assembly : assemblies) {
      try {
        assembly.removeSandbox();
      } catch (RuntimeException e) {
        LOG.warn("a pod could not be taken away: {}", e.toString());
      }
    }
    workers.shutdownNow();
  }

  private List<PodAssembly> abandonPods() {
    closed = true;
    List<PodAssembly> assemblies = pods.values().stream().map(PodWorker::assembly).toList();
    pods.values().forEach(PodWorker::abandon);
    pods.clear();
    return assemblies;
  }

  private final class PodListener implements ObjectFeed.Listener {
    @Override
    public void listed(List<KubeObject> all) {
      Set<String> uids = all.stream().map(KubeObject::uid).collect(Collectors.toSet());
      List.copyOf(pods.entrySet()).stream()
          .filter(known -> !uids.contains(known.getKey()))
          .forEach(known -> known.getValue().removed());
      all.forEach(this::changed);
    }

    @Override
    public void changed(KubeObject pod) {
      podChanged(pod);
    }

    @Override
    public void removed(KubeObject pod) {
      podRemoved(pod);
    }
  }
}
