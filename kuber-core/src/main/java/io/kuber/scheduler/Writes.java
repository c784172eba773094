package io.kuber.scheduler;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.EventRecorder;
import io.kuber.reconcile.Note;
import io.kuber.resource.Resources;
import io.kuber.scheduler.plugin.VolumePlan;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.store.Key;
import io.kuber.view.Condition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what was decided, on a loop of its own: deciding goes on meanwhile. Methods may be
 * called from any thread; stages complete on any thread.
 */
final class Writes {
  private static final Logger LOG = LoggerFactory.getLogger(Writes.class);
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  private final Client client;
  private final InstantSource clock;
  private final Loop loop;
  private final Errands errands;
  private final EventRecorder events;

  Writes(Client client, Loops loops, Loop loop) {
    this.client = client;
    this.clock = loops.clock();
    this.loop = loop;
    this.errands = new Errands(loop);
    this.events = new EventRecorder(client, loops.clock());
  }

  /** Binds a pod; says so in an event. */
  CompletionStage<KubeObject> bind(PodEntry pod, String node) {
    Key key = pod.key();
    Tree body =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Binding",
            "metadata",
            Tree.of("name", key.name(), "namespace", key.namespace(), "uid", pod.object().uid()),
            "target",
            Tree.of("kind", "Node", "name", node));
    CompletionStage<KubeObject> bound =
        errands.send(
            () ->
                client.createSubresource(
                    Resources.PODS, key.namespace(), key.name(), "binding", KubeObject.of(body)));
    bound.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            String text =
                "Successfully assigned %s/%s to %s".formatted(key.namespace(), key.name(), node);
            say(pod, Note.normal(pod.object(), "Scheduled", text).during("Binding"));
          }
        });
    return bound;
  }

  private void say(PodEntry pod, Note note) {
    loop.execute(() -> events.record(pod.schedulerName(), note));
  }

  /**
   * Tells a pod why it waits, and which node is made free for it (empty for none). The same words
   * again are not written into its status again.
   */
  void report(PodEntry pod, Report report, String nominatedNode) {
    sayFailed(pod, report.note());
    report.patch(pod, nominatedNode, clock.instant()).ifPresent(patch -> patchStatus(pod, patch));
  }

  /** Tells that a pod gets no node any more, since it is being deleted. */
  void skip(PodEntry pod) {
    sayFailed(pod, "skip schedule deleting pod: " + pod.key().namespace() + "/" + pod.key().name());
  }

  private void sayFailed(PodEntry pod, String text) {
    say(pod, Note.warning(pod.object(), "FailedScheduling", text).during("Scheduling"));
  }

  /** The pod waits for no node any more. */
  void forgetNomination(PodEntry pod) {
    patchStatus(pod, Tree.EMPTY.withAt("", "status", "nominatedNodeName"));
  }

  private void patchStatus(PodEntry pod, Tree patch) {
    errands
        .send(() -> status(pod, patch))
        .whenComplete(
            (patched, failure) -> {
              if (failure != null) {
                LOG.debug("pod {} does not learn why it waits", pod.key(), failure);
              }
            });
  }

  private CompletionStage<KubeObject> status(PodEntry pod, Tree patch) {
    return client.patch(
        Resources.PODS,
        pod.key().namespace(),
        pod.key().name(),
        "status",
        PatchType.STRATEGIC,
        patch);
  }

  /** Makes victims leave, with the time that they have to end well; some may do so already. */
  CompletionStage<Void> evict(PodEntry preemptor, List<PodEntry> victims, String node) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (PodEntry victim : victims) {
      if (!victim.stopping()) {
        all.add(errands.send(() -> evict(preemptor, victim, node)).toCompletableFuture());
      }
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private CompletionStage<Void> evict(PodEntry preemptor, PodEntry victim, String node) {
    Condition target =
        Condition.of(
            "DisruptionTarget",
            "True",
            "PreemptionByScheduler",
            preemptor.schedulerName() + ": preempting to accommodate a higher priority pod",
            clock.instant());
    Tree patch =
        Tree.EMPTY.withAt(Items.of(Report.observed(victim, target)), "status", "conditions");
    String text = "Preempted by pod %s on node %s".formatted(preemptor.object().uid(), node);
    return unlessGone(
        status(victim, patch)
            .thenCompose(
                marked ->
                    client.delete(
                        Resources.PODS,
                        victim.key().namespace(),
                        victim.key().name(),
                        DeleteOptions.ofUid(victim.object().uid())))
            .thenRun(
                () ->
                    say(
                        preemptor,
                        Note.normal(victim.object(), "Preempted", text)
                            .during("Preempting")
                            .because(preemptor.object()))));
  }

  /** A victim that is gone already left as it was asked to. */
  private static CompletionStage<Void> unlessGone(CompletionStage<Void> eviction) {
    return eviction.exceptionally(
        failure -> {
          Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
          if (cause instanceof ApiException refused
              && (refused.reason() == StatusReason.NOT_FOUND
                  || refused.reason() == StatusReason.CONFLICT)) {
            return nothing();
          }
          throw failure instanceof CompletionException completion
              ? completion
              : new CompletionException(failure);
        });
  }

  @SuppressWarnings("NullAway") // the only value of Void
  private static Void nothing() {
    return null;
  }

  /** Gives claims their volumes, and asks for those that have to be made for the node. */
  CompletionStage<Void> prepareVolumes(VolumePlan plan, String node, ClaimReader claims) {
    List<CompletableFuture<KubeObject>> all = new ArrayList<>();
    plan.volumes()
        .forEach(
            (claim, volume) ->
                all.add(errands.send(() -> promise(claim, volume, claims)).toCompletableFuture()));
    Tree patch = Tree.EMPTY.withAt(node, "metadata", "annotations", SELECTED_NODE);
    for (Key claim : plan.provisions()) {
      all.add(
          errands
              .send(
                  () ->
                      client.patch(
                          Resources.PERSISTENT_VOLUME_CLAIMS,
                          claim.namespace(),
                          claim.name(),
                          "",
                          PatchType.MERGE,
                          patch))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private CompletionStage<KubeObject> promise(Key claim, String volume, ClaimReader claims) {
    Tree reference =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "PersistentVolumeClaim",
            "namespace",
            claim.namespace(),
            "name",
            claim.name(),
            "uid",
            claims.uidOf(claim));
    Tree patch =
        Tree.of(
            "metadata",
            Tree.of("annotations", Tree.of("pv.kubernetes.io/bound-by-controller", "yes")),
            "spec",
            Tree.of("claimRef", reference));
    return client.patch(Resources.PERSISTENT_VOLUMES, "", volume, "", PatchType.MERGE, patch);
  }

  /** Knows the uid of a claim. */
  @FunctionalInterface
  interface ClaimReader {
    /** The uid, or the empty string where the claim is gone. */
    String uidOf(Key claim);
  }

  /** Says in the log that a pod did not get what was decided for it. */
  static void failed(PodEntry pod, String node, Throwable failure) {
    LOG.warn("pod {} did not get {}", pod.key(), node, failure);
  }
}
