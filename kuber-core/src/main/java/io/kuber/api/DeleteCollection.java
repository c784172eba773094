package io.kuber.api;

import io.kuber.api.ApiAnswer.Many;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.store.Stored;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Deletes all objects that match. */
final class DeleteCollection {
  private final ListObjects list;
  private final Delete delete;

  DeleteCollection(ListObjects list, Delete delete) {
    this.list = list;
    this.delete = delete;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Served served) {
    DeleteOptions options = DeleteBody.options(request);
    boolean dryRun = DeleteBody.isDryRun(request);
    return list.handle(request, served)
        .thenCompose(
            answer -> {
              Many found = (Many) answer;
              Run run =
                  new Run(
                      found.entries().iterator(),
                      entry -> one(request, served, entry, options, dryRun));
              run.go();
              return run.ended.thenApply(all -> answer);
            });
  }

  /** Deletions one after the other, so that a large collection does not crowd out other writes. */
  private static final class Run {
    private final Iterator<Stored> entries;
    private final Function<Stored, CompletableFuture<Void>> deletion;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Run(Iterator<Stored> entries, Function<Stored, CompletableFuture<Void>> deletion) {
      this.entries = entries;
      this.deletion = deletion;
    }

    /** Goes on while deletions end at once, and comes back when one ends later. */
    void go() {
      while (entries.hasNext()) {
        CompletableFuture<Void> next = deletion.apply(entries.next());
        if (next.isCompletedExceptionally() || !next.isDone()) {
          CompletionStage<Void> later = next;
          later.whenComplete((done, failure) -> afterwards(failure));
          return;
        }
      }
      ended.complete(null);
    }

    private void afterwards(@Nullable Throwable failure) {
      if (failure == null) {
        go();
      } else {
        ended.completeExceptionally(failure);
      }
    }
  }

  private CompletableFuture<Void> one(
      ApiRequest request, Served served, Stored entry, DeleteOptions options, boolean dryRun) {
    ApiRequest single =
        ApiRequest.of(
            Verb.DELETE,
            served.type(),
            entry.key().namespace(),
            entry.key().name(),
            request.user());
    CompletableFuture<Void> deleted = new CompletableFuture<>();
    delete
        .run(single, served, options, dryRun)
        .whenComplete(
            (done, failure) -> {
              if (failure == null || isGoneAlready(failure)) {
                deleted.complete(null);
              } else {
                deleted.completeExceptionally(failure);
              }
            });
    return deleted;
  }

  private static boolean isGoneAlready(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ApiException refused && refused.reason() == StatusReason.NOT_FOUND;
  }
}
