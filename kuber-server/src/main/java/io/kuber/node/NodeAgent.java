package io.kuber.node;

import io.kuber.api.NodeGateway;
import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.loop.Loop;
import io.kuber.node.feed.ObjectFeed;
import io.kuber.node.stats.LivePod;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: its registration, and the pods that are bound to it.
 *
 * <p>The node's loop owns the state of both; public methods may be called from any thread.
 */
public final class NodeAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  /** What containers have between SIGTERM and SIGKILL when the node itself ends. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final int SIGTERM = 15;

  private final Loop loop;
  private final ExecutorService workers;
  private final NodeRegistration registration;
  private final OwnNode node;
  private final NodePods pods;
  private final StaticPods statics;
  private final NodeImages images;
  private final ObjectFeed feed;

  private NodeAgent(
      PodMachinery machinery,
      Client client,
      PodEvents events,
      Loop loop,
      HostFacts host,
      ExecutorService workers) {
    NodeConfig config = machinery.config();
    ListOptions own = new ListOptions("", "spec.nodeName=" + config.name());
    this.loop = loop;
    this.workers = workers;
    this.registration = new NodeRegistration(client, loop, config, host, machinery.clock());
    this.node = new OwnNode(client, loop, config.name());
    this.pods = new NodePods(machinery, client, events, loop, workers, node);
    Manifests manifests = new Manifests(config.manifests(), config.name(), machinery.clock());
    this.statics = new StaticPods(manifests, loop, workers, pods::declared);
    this.images = new NodeImages(machinery, client, loop, workers, pods::images);
    this.feed = new ObjectFeed(client, Resources.PODS, own, loop, pods);
  }

  /**
   * Starts an agent; the node is registered and looks for its pods soon after.
   *
   * @param loop becomes the node's; nothing else may run on it that waits
   * @throws IOException when the machine does not say what it is
   */
  public static NodeAgent start(PodMachinery machinery, Client client, PodEvents events, Loop loop)
      throws IOException {
    return start(machinery, client, events, loop, WorkerThreads.pool());
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
    loop.execute(() -> agent.registration.start(agent::registered));
    return agent;
  }

  private void registered() {
    images.start();
    node.start(() -> statics.start(feed::start));
  }

  /** How logs, exec and port-forward reach the pods of this node. */
  public NodeGateway gateway() {
    return new LocalGateway(this);
  }

  /** From now on the node's status tells this as well. */
  public void reports(NodeReport newest) {
    loop.execute(() -> registration.reports(newest));
  }

  /**
   * Ends a pod because the node is short of something, and leaves it to its owner to make another
   * one elsewhere; does nothing once it is gone.
   */
  public void evict(String uid, String message) {
    loop.execute(() -> pods.evict(uid, message));
  }

  /** What runs, for whoever measures it; waits for the loop. */
  public List<LivePod> live() {
    return onLoop(pods::live);
  }

  /** The worker of a pod, asked for on any thread. */
  @Nullable PodWorker worker(String uid) {
    return onLoop(() -> pods.worker(uid));
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
    node.close();
    List<PodAssembly> assemblies = onLoop(this::abandon);
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

  private List<PodAssembly> abandon() {
    registration.close();
    images.close();
    statics.close();
    return pods.abandon();
  }
}
