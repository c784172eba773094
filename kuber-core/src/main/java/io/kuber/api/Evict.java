package io.kuber.api;

import io.kuber.api.ApiAnswer.Success;
import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import io.kuber.view.Condition;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code pods/eviction}: deletes a pod as an administrator who drains a node does, as far as its
 * disruption budget allows (registry/core/pod/storage/eviction.go).
 *
 * <p>Three writes, each decided on what is stored then: the budget is spent, the pod is told why,
 * the pod is deleted. Whoever fails in between has spent a little that the budget's controller
 * gives back in time.
 */
final class Evict {
  /** Attempts at a pod that keeps changing. */
  private static final int MAX_ATTEMPTS = 20;

  private final InstantSource clock;
  private final Admission admission;
  private final Freshness freshness;
  private final Commit commit;
  private final Delete delete;

  Evict(
      InstantSource clock, Admission admission, Freshness freshness, Commit commit, Delete delete) {
    this.clock = clock;
    this.admission = admission;
    this.freshness = freshness;
    this.commit = commit;
    this.delete = delete;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Served served) {
    return freshness
        .image("")
        .thenApply(image -> wish(request, served, admitted(request, served, image)))
        .thenCompose(wish -> evict(wish, 1))
        .thenApply(done -> new Success(Successes.status(Tree.EMPTY), true));
  }

  /** The eviction that admission lets through, whose names are those of the path. */
  private KubeObject admitted(ApiRequest request, Served served, Image image) {
    Tree sent = request.body() instanceof Body.Whole body ? body.object() : Tree.EMPTY;
    String named = sent.text("metadata", "name");
    if (!named.isEmpty() && !named.equals(request.name())) {
      throw Failures.badRequest("name in URL does not match name in Eviction object");
    }
    boolean dryRun = isDryRun(request, sent.tree("deleteOptions"));
    return admission.admit(
        new Admission.Request(
            Verb.CREATE,
            served.kind(),
            request.subresource(),
            eviction(request, sent),
            null,
            request.user(),
            image,
            new Said(request, dryRun).part()));
  }

  private static boolean isDryRun(ApiRequest request, Tree options) {
    return !options.items("dryRun").isEmpty() || request.write().dryRun();
  }

  private static Wish wish(ApiRequest request, Served served, KubeObject eviction) {
    Tree inside = eviction.tree().tree("deleteOptions");
    DeleteOptions options = DeleteBody.options(inside.without("kind"), request.delete());
    return new Wish(request, served, options, isDryRun(request, inside));
  }

  private record Wish(ApiRequest request, Served served, DeleteOptions options, boolean dryRun) {}

  /** Deletes the pod as it was when its budget was asked, or asks anew. */
  private CompletionStage<Commit.Done> evict(Wish wish, int attempts) {
    return commit
        .run(wish.dryRun(), image -> spend(wish, image))
        .thenCompose(spent -> commit.run(wish.dryRun(), image -> mark(wish, image)))
        .thenCompose(marked -> delete(wish, marked, attempts));
  }

  private CompletionStage<Commit.Done> again(
      Wish wish, int attempts, Commit.@Nullable Done done, @Nullable Throwable failure) {
    if (done != null) {
      return CompletableFuture.completedStage(done);
    }
    ApiException refused = Failures.of(Objects.requireNonNull(failure));
    boolean changed =
        refused.reason() == StatusReason.CONFLICT && wish.options().resourceVersion().isEmpty();
    if (!changed) {
      return CompletableFuture.failedStage(refused);
    }
    return attempts < MAX_ATTEMPTS
        ? evict(wish, attempts + 1)
        : CompletableFuture.failedStage(Budget.busy());
  }

  private static Stored pod(Wish wish, Image image) {
    ApiRequest request = wish.request();
    Stored stored = image.get(Resources.PODS.key(request.namespace(), request.name()));
    if (stored == null) {
      throw Failures.notFound(Resources.PODS, request.name());
    }
    Preconditions.check(Resources.PODS, wish.options(), stored.object());
    return stored;
  }

  private Decision spend(Wish wish, Image image) {
    Stored pod = pod(wish, image);
    return Budget.of(pod.object(), image)
        .map(budget -> budget.spend(pod, clock.instant()))
        .orElseGet(() -> new Decision.Leave(pod));
  }

  /** What was sent, with the names that the path gives it. */
  private static KubeObject eviction(ApiRequest request, Tree sent) {
    return KubeObject.of(
        sent.withDefault("kind", "Eviction")
            .withDefault("apiVersion", "policy/v1")
            .withAt(request.name(), "metadata", "name")
            .withAt(request.namespace(), "metadata", "namespace"));
  }

  /** Says on the pod why it goes, unless it goes already or the client asked for this state. */
  private Decision mark(Wish wish, Image image) {
    Stored stored = pod(wish, image);
    KubeObject pod = stored.object();
    if (Budget.mayBeIgnored(pod) || !wish.options().resourceVersion().isEmpty()) {
      return new Decision.Leave(stored);
    }
    Condition why =
        Condition.of(
            "DisruptionTarget",
            "True",
            "EvictionByEvictionAPI",
            "Eviction API: evicting",
            clock.instant());
    return new Decision.Put(stored.key(), stored, pod.with(why.putInto(pod.status()), "status"));
  }

  private CompletionStage<Commit.Done> delete(Wish wish, Commit.Done marked, int attempts) {
    DeleteOptions asked = wish.options();
    DeleteOptions options =
        new DeleteOptions(
            asked.gracePeriodSeconds(),
            asked.propagationPolicy(),
            asked.uid(),
            Long.toString(marked.stored().revision()));
    return delete
        .run(wish.request(), wish.served(), options, wish.dryRun())
        .handle((done, failure) -> again(wish, attempts, done, failure))
        .thenCompose(stage -> stage);
  }
}
